#include "panels/prediction_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <algorithm>

#include "panels/probability_bar.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/document_text.h"
#include "state/format.h"

namespace fusemoe::ui {

PredictionPanel::PredictionPanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("prediction"), tr("Prediction"), parent),
      m_context(context),
      m_figure(new QLabel),
      m_change(new QLabel),
      m_hint(new QLabel),
      m_bar(new ProbabilityBar(context)) {
  m_figure->setAccessibleName(tr("Probability"));
  m_change->setAccessibleName(tr("Change against the unmasked state"));
  m_change->setObjectName(QStringLiteral("secondary"));
  m_change->setContentsMargins(0, 0, 0, 5);  // on the figure's baseline
  m_hint->setObjectName(QStringLiteral("secondary"));
  m_hint->setWordWrap(true);
  m_hint->setContentsMargins(3, 0, 3, 0);
  auto* line = new QWidget;
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(3, 0, 3, 0);
  row->setSpacing(8);
  row->addWidget(m_figure, 0, Qt::AlignBottom);
  row->addWidget(m_change, 1, Qt::AlignBottom);
  auto* bar = new QWidget;
  auto* barRow = new QHBoxLayout(bar);
  barRow->setContentsMargins(3, 0, 3, 0);
  barRow->addWidget(m_bar);
  addContent(line);
  addContent(bar);
  addContent(m_hint);
  addStretch();
  connect(&context.document, &Document::resultChanged, this, &PredictionPanel::refresh);
  connect(&context.document, &Document::loadingChanged, this, &PredictionPanel::refresh);
  connect(&context.document, &Document::changed, this, [this](Changes changes) {
    if (changes.testFlag(Change::Model)) refresh();
  });
  connect(&context.document, &Document::busyChanged, this, &PredictionPanel::restyle);
  connect(&context.appearance, &Appearance::changed, this, &PredictionPanel::restyle);
  restyle();
  refresh();
}

QString PredictionPanel::figure() const { return m_figure->text(); }

QString PredictionPanel::change() const { return m_change->text(); }

void PredictionPanel::refresh() {
  const Document& document = m_context.document;
  const bool any = document.result() != nullptr;
  m_figure->parentWidget()->setVisible(any);
  m_bar->parentWidget()->setVisible(any);
  m_hint->setVisible(!any);
  m_hint->setText(any ? QString() : tr("No prediction yet."));
  setTitle(document.model() ? taskTitle(document) : tr("Prediction"));
  if (!any) return;
  const auto& values = document.result()->probability;
  const auto top = std::size_t(std::ranges::max_element(values) - values.begin());
  const double value = values[top];
  const double unmasked = document.unmasked()->probability[top];
  const auto& labels = document.model()->config().task.labels;
  if (values.size() > 1) {
    setSubtitle(tr("%1, highest of %2").arg(QString::fromStdString(labels.at(top))).arg(values.size()));
  } else {
    setSubtitle(tr("probability"));
  }
  m_figure->setText(number(value, 2));
  m_figure->setToolTip(tr("P = %1, as the model gives it; not calibrated to any clinic").arg(number(value, 4)));
  const bool same = document.result() == document.unmasked();
  m_change->setText(same ? tr("nothing masked")
                         : tr("%1 against %2 unmasked").arg(signedNumber(value - unmasked, 2), number(unmasked, 2)));
  m_change->setToolTip(same ? QString() : tr("change %1").arg(signedNumber(value - unmasked, 4)));
  m_bar->setValues(value, unmasked);
}

void PredictionPanel::restyle() {
  const bool busy = m_context.document.runner().busy();
  const Theme& theme = m_context.appearance.theme();
  m_figure->setFont(themeFont(kFigurePixels, QFont::DemiBold));
  m_figure->setStyleSheet(QStringLiteral("color:%1").arg((busy ? theme.faint : theme.text).name()));
}

}  // namespace fusemoe::ui
