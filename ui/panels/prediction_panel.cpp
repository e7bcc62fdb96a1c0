#include "panels/prediction_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <algorithm>

#include "charts/routing_numbers.h"
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
  const QString name = ghostName(document);
  m_view->setValues(value, before, name,
                    tr("%1\n%2 %3").arg(signedNumber(value - before, 2), number(before, 2), name));
}

void PredictionPanel::draw(QPainter& painter, const QRect& area) const {
  if (!m_context.document.result()) return;
  constexpr int kTitle = 22;
  const QSize usual(260, kTitle + m_view->sizeHint().height());
  const double scale = std::min(double(area.width()) / usual.width(), double(area.height()) / usual.height());
  const Theme& theme = m_context.appearance.theme();
  const auto width = static_cast<int>(area.width() / scale);
  painter.save();
  painter.translate(area.topLeft());
  painter.scale(scale, scale);
  painter.fillRect(QRectF(0, 0, area.width() / scale, area.height() / scale), theme.surface);
  painter.setFont(themeFont(kBodyPixels, QFont::DemiBold));
  painter.setPen(theme.text);
  painter.drawText(QRect(8, 4, width - 16, kTitle), Qt::AlignLeft | Qt::AlignVCenter, windowTitle());
  m_view->paint(painter, QRect(8, kTitle, width - 16, usual.height() - kTitle));
  painter.restore();
}

Table PredictionPanel::table(bool /*identifiers*/) const {
  const Document& document = m_context.document;
  Table table;
  if (!document.result()) return table;
  const ResultPtr& other = document.flipped() ? document.ghost() : document.reference();
  const auto& labels = document.model()->config().task.labels;
  const auto& values = document.result()->probability;
  const bool compared = other && other->probability.size() == values.size();
  table.columns = {tr("task"), tr("label"), tr("probability")};
  if (compared) table.columns << tr("probability, reference") << tr("difference");
  for (std::size_t i = 0; i < values.size(); ++i) {
    QStringList row{taskTitle(document), i < labels.size() ? QString::fromStdString(labels[i]) : QString(),
                    exact(values[i])};
    if (compared) row << exact(other->probability[i]) << exact(double(values[i]) - double(other->probability[i]));
    table.rows.push_back(row);
  }
  return table;
}

}  // namespace fusemoe::ui
