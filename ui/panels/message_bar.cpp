#include "panels/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace fusemoe::ui {

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent), m_text(new QLabel), m_detail(new QLabel), m_unfold(new QPushButton(tr("Details"))) {
  setObjectName(QStringLiteral("messageBar"));
  setAccessibleName(tr("Message"));
  auto* close = new QPushButton(tr("Dismiss"));
  m_unfold->setCheckable(true);
  m_text->setWordWrap(true);
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_detail->setWordWrap(true);
  m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_detail->setObjectName(QStringLiteral("messageDetail"));
  auto* row = new QHBoxLayout;
  row->addWidget(m_text, 1);
  row->addWidget(m_unfold);
  row->addWidget(close);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(12, 6, 8, 6);
  column->addLayout(row);
  column->addWidget(m_detail);
  connect(m_unfold, &QPushButton::toggled, m_detail, &QWidget::setVisible);
  connect(close, &QPushButton::clicked, this, &QWidget::hide);
  m_detail->hide();
  hide();
}

void MessageBar::showError(const Error& error) {
  m_text->setText(QString::fromStdString(error.line()));
  m_detail->setText(QString::fromStdString(error.detail));
  m_unfold->setChecked(false);
  m_unfold->setVisible(!error.detail.empty());
  setVisible(true);
}

QString MessageBar::text() const {
  return m_text->text();
}

QString MessageBar::detail() const {
  return m_detail->text();
}

}  // namespace fusemoe::ui
