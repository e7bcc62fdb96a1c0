#include "window/intervention_banner.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "state/document.h"
#include "state/document_text.h"

namespace fusemoe::ui {

InterventionBanner::InterventionBanner(const ViewContext& context, QWidget* parent)
    : QFrame(parent), m_context(context), m_text(new QLabel), m_remove(new QPushButton(tr("Remove"))) {
  setObjectName(QStringLiteral("interventionBanner"));
  setAccessibleName(tr("Changed model"));
  m_text->setTextFormat(Qt::PlainText);
  m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_remove->setToolTip(tr("Back to the model as it was trained"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 4, 6, 4);
  row->setSpacing(8);
  row->addWidget(m_text, 1);
  row->addWidget(m_remove);
  Document& document = context.document;
  connect(m_remove, &QPushButton::clicked, this, [this] { m_context.document.setIntervention({}); });
  connect(&document, &Document::changed, this, [this](Changes changes) {
    if (changes & (Change::Intervention | Change::Model)) refresh();
  });
  connect(&document, &Document::loadingChanged, this, &InterventionBanner::refresh);
  refresh();
}

QString InterventionBanner::text() const {
  return m_text->text();
}

void InterventionBanner::refresh() {
  const Document& document = m_context.document;
  const Intervention& intervention = document.state().intervention;
  setVisible(document.model() && !intervention.empty());
  const QString text = interventionText(intervention);
  m_text->setText(document.loadingMeans() ? tr("%1 (reading the training stays …)").arg(text) : text);
  m_text->setToolTip(m_text->text());
}

}  // namespace fusemoe::ui
