#include "panels/panel_frame.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace fusemoe::ui {
namespace {

constexpr int kHeaderHeight = 36;

}  // namespace

PanelFrame::PanelFrame(const QString& key, const QString& title, QWidget* parent)
    : QDockWidget(parent), m_title(new QLabel), m_subtitle(new QLabel) {
  setObjectName(key);
  setFeatures(DockWidgetMovable | DockWidgetFloatable | DockWidgetClosable);
  auto* header = new QWidget(this);
  header->setObjectName(QStringLiteral("panelHeader"));
  header->setAttribute(Qt::WA_StyledBackground);
  m_title->setObjectName(QStringLiteral("panelTitle"));
  m_subtitle->setObjectName(QStringLiteral("panelSubtitle"));
  m_subtitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_subtitle->installEventFilter(this);
  m_header = new QHBoxLayout(header);
  m_header->setContentsMargins(12, 4, 8, 0);
  m_header->setSpacing(8);
  m_header->addStrut(kHeaderHeight - 4);  // a dock asks its title row for its hint, not for a fixed height
  m_header->addWidget(m_title);
  m_header->addWidget(m_subtitle, 1);
  setTitleBarWidget(header);
  auto* body = new QWidget(this);
  body->setObjectName(QStringLiteral("panelBody"));
  body->setAttribute(Qt::WA_StyledBackground);
  m_body = new QVBoxLayout(body);
  m_body->setContentsMargins(9, 0, 9, 6);
  m_body->setSpacing(6);
  setWidget(body);
  setTitle(title);
}

void PanelFrame::setTitle(const QString& title) {
  if (title == windowTitle()) return;
  setWindowTitle(title);
  setAccessibleName(title);
  m_title->setText(title);
}

void PanelFrame::setSubtitle(const QString& subtitle) {
  if (subtitle == m_subtitleText) return;
  m_subtitleText = subtitle;
  elideSubtitle();
}

void PanelFrame::elideSubtitle() {
  const QString shown = m_subtitle->fontMetrics().elidedText(m_subtitleText, Qt::ElideRight, m_subtitle->width());
  m_subtitle->setText(shown);
  m_subtitle->setToolTip(shown == m_subtitleText ? QString() : m_subtitleText);
}

void PanelFrame::draw(QPainter& painter, const QRect& area) const {
  if (body().size().isEmpty()) return;
  painter.save();
  painter.translate(area.topLeft());
  const double scale = std::min(double(area.width()) / body().width(), double(area.height()) / body().height());
  painter.scale(scale, scale);
  // The children one by one: the body itself would draw the card's border.
  for (QWidget* child : body().findChildren<QWidget*>(Qt::FindDirectChildrenOnly))
    if (child->isVisibleTo(&body())) child->render(&painter, child->pos(), {}, QWidget::DrawChildren);
  painter.restore();
}

Table PanelFrame::table(bool /*identifiers*/) const {
  return {};
}

bool PanelFrame::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_subtitle && event->type() == QEvent::Resize) elideSubtitle();
  return QDockWidget::eventFilter(watched, event);
}

void PanelFrame::addSwitch(QWidget* control) {
  m_header->addWidget(control, 0, Qt::AlignVCenter);
}

void PanelFrame::addContent(QWidget* content, int stretch) {
  m_body->addWidget(content, stretch);
}

void PanelFrame::addStretch() {
  m_body->addStretch(1);
}

}  // namespace fusemoe::ui
