#include "panels/prediction_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <algorithm>

#include "panels/probability_view.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/document_text.h"
#include "state/format.h"

namespace fusemoe::ui {

PredictionPanel::PredictionPanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("prediction"), tr("Prediction"), parent),
      m_context(context),
      m_hint(new QLabel(tr("No prediction yet."))),
      m_view(new ProbabilityView(context)) {
  m_hint->setObjectName(QStringLiteral("secondary"));
  auto* content = new QWidget;
  auto* row = new QHBoxLayout(content);
  row->setContentsMargins(3, 0, 3, 0);
  row->addWidget(m_hint);
  row->addWidget(m_view);
  addContent(content);
  addStretch();
  Document& document = context.document;
  connect(&document, &Document::resultChanged, this, &PredictionPanel::refresh);
  connect(&document, &Document::changed, this, [this](Changes changes) {
    if (changes.testFlag(Change::Model)) refresh();
  });
  connect(&document, &Document::busyChanged, m_view, &ProbabilityView::setFaded);
  connect(&context.appearance, &Appearance::changed, m_view, QOverload<>::of(&QWidget::update));
  refresh();
}

void PredictionPanel::refresh() {
  const Document& document = m_context.document;
  const ResultPtr& result = document.result();
  m_hint->setVisible(!result);
  m_view->setVisible(result != nullptr);
  setTitle(document.model() ? taskTitle(document) : tr("Prediction"));
  if (!result) return;
  const auto& values = result->probability;
  const auto top = static_cast<std::size_t>(std::ranges::max_element(values) - values.begin());
  const auto& labels = document.model()->config().task.labels;
  setSubtitle(values.size() > 1 ? tr("%1, highest of %2").arg(QString::fromStdString(labels.at(top))).arg(values.size())
                                : tr("probability"));
  const double value = values[top];
  const ResultPtr& other = document.flipped() ? document.ghost() : document.reference();
  if (!other || other == result || other->probability.size() != values.size()) {
    m_view->setValues(value, value, QString(), other == result ? tr("as recorded") : QString());
    return;
  }
  const double before = other->probability[top];
  const QString name = referenceName(document);
  m_view->setValues(value, before, name,
                    tr("%1 vs %2 %3").arg(signedNumber(value - before, 2), number(before, 2), name));
}

}  // namespace fusemoe::ui
