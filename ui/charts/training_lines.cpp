#include "charts/training_lines.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "charts/plot_style.h"
#include "charts/qcp.h"
#include "state/appearance.h"
#include "state/format.h"
#include "state/training_session.h"

namespace fusemoe::ui {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr int kTicks = 4;

QCPItemStraightLine* boundLine(QCustomPlot& plot) {
  auto* line = new QCPItemStraightLine(&plot);
  line->setVisible(false);
  return line;
}

}  // namespace

TrainingLines::TrainingLines(const ViewContext& context, TrainingLine kind, QWidget* parent)
    : Chart(context, parent, Source::Other), m_kind(kind), m_legend(new QCPLegend), m_bestLine(boundLine(plot())) {
  setAccessibleName(title());
  setAccessibleDescription(tr("Lines over the epochs of the training run"));
  // The legend in one row over the lines, where it covers none of them.
  plot().plotLayout()->insertRow(0);
  plot().plotLayout()->addElement(0, 0, m_legend);
  plot().plotLayout()->setRowStretchFactor(0, 0.001);
  plot().plotLayout()->setRowSpacing(2);
  m_legend->setFillOrder(QCPLayoutGrid::foColumnsFirst);
  m_legend->setLayer(QStringLiteral("legend"));
  m_legend->setBorderPen(Qt::NoPen);
  m_legend->setBrush(Qt::NoBrush);
  m_legend->setIconSize(14, 8);
  m_legend->setMargins({0, 0, 0, 0});
  m_legend->setColumnSpacing(10);
  for (int i = 0; i < 3; ++i) m_bounds.append(boundLine(plot()));
  plot().setAutoAddPlottableToLegend(false);
  switch (kind) {
    case TrainingLine::Loss:
      for (const QString& name : {QString(), tr("training"), tr("validation")}) addLine(name);
      break;
    case TrainingLine::Metrics:
      for (const QString& name : {tr("AUROC"), tr("AUPRC")}) addLine(name);
      break;
    case TrainingLine::Entropy:
      for (const QString& name : {tr("mean of H"), tr("H of mean"), tr("E")}) addLine(name);
      break;
  }
  plot().xAxis->setLabel(tr("epochs"));
  plot().xAxis->grid()->setVisible(false);
  plot().yAxis->ticker()->setTickCount(kTicks);
  plot().axisRect()->setMinimumMargins({0, 2, 8, 0});
  TrainingSession& training = context.training;
  if (kind != TrainingLine::Metrics) connect(&training, &TrainingSession::stepped, this, &TrainingLines::follow);
  connect(&training, &TrainingSession::epochEnded, this, &TrainingLines::follow);
  connect(&training, &TrainingSession::stateChanged, this, &TrainingLines::follow);
}

QString TrainingLines::title() const {
  switch (m_kind) {
    case TrainingLine::Loss:
      return tr("Loss");
    case TrainingLine::Metrics:
      return tr("Validation");
    case TrainingLine::Entropy:
      return tr("Entropy, nats");
  }
  return {};
}

void TrainingLines::setLayer(int layer) {
  if (layer == m_layer) return;
  m_layer = layer;
  follow();
}

void TrainingLines::addLine(const QString& name) {
  QCPGraph* graph = plot().addGraph();
  graph->setName(name);
  if (!name.isEmpty()) graph->addToLegend(m_legend);
  m_graphs.append(graph);
}

int TrainingLines::points(int line) const {
  return m_graphs.at(line)->data()->size();
}

double TrainingLines::value(int line, int point) const {
  return m_graphs.at(line)->data()->at(point)->value;
}

bool TrainingLines::ready() const {
  const TrainingSession& training = context().training;
  switch (m_kind) {
    case TrainingLine::Loss:
      return !training.curve().empty() || !training.epochs().empty();
    case TrainingLine::Metrics:
      return !training.epochs().empty();
    case TrainingLine::Entropy:
      return (!training.curve().empty() && !training.curve().points().front().layers.empty()) ||
             (!training.epochs().empty() && !training.epochs().front().entropy.empty());
  }
  return false;
}

QString TrainingLines::emptyText() const {
  if (!context().training.active()) return tr("No run yet.");
  return m_kind == TrainingLine::Metrics ? tr("After the first epoch …") : tr("After the first step …");
}

void TrainingLines::refresh() {
  m_low = std::numeric_limits<double>::max();
  m_high = std::numeric_limits<double>::lowest();
  switch (m_kind) {
    case TrainingLine::Loss:
      fillLoss();
      break;
    case TrainingLine::Metrics:
      fillMetrics();
      break;
    case TrainingLine::Entropy:
      fillEntropy();
      break;
  }
  const EpochReport* best = context().training.best();
  m_best = best ? best->epoch : 0;
  m_bestLine->setVisible(best && m_kind != TrainingLine::Entropy);
  m_bestLine->point1->setCoords(m_best, 0);
  m_bestLine->point2->setCoords(m_best, 1);
  fitAxes();
}

void TrainingLines::fillLoss() {
  const TrainingSession& training = context().training;
  const std::vector<double> smoothed = training.curve().smoothedLoss();
  QVector<double> steps, epochs, raw, mean, ends, validation;
  for (std::size_t i = 0; i < smoothed.size(); ++i) {
    steps << training.curve().points()[i].epochs;
    raw << training.curve().points()[i].loss;
    mean << smoothed[i];
    if (std::isfinite(smoothed[i])) m_low = std::min(m_low, smoothed[i]), m_high = std::max(m_high, smoothed[i]);
  }
  for (const EpochReport& epoch : training.epochs()) {
    ends << epoch.epoch;
    validation << (epoch.validationLoss > 0 ? epoch.validationLoss : kNaN);
    if (epoch.validationLoss > 0)
      m_low = std::min(m_low, epoch.validationLoss), m_high = std::max(m_high, epoch.validationLoss);
    if (!smoothed.empty()) continue;  // a resumed run tells only the means of what was before
    epochs << epoch.epoch;
    mean << epoch.loss;
    m_low = std::min(m_low, epoch.loss);
    m_high = std::max(m_high, epoch.loss);
  }
  m_graphs[0]->setData(steps, raw, true);
  m_graphs[1]->setData(smoothed.empty() ? epochs : steps, mean, true);
  m_graphs[2]->setData(ends, validation, true);
}

void TrainingLines::fillMetrics() {
  QVector<double> epochs, auroc, auprc;
  for (const EpochReport& epoch : context().training.epochs()) {
    epochs << epoch.epoch;
    auroc << epoch.validationAuroc;
    auprc << (epoch.validationAuprc > 0 ? epoch.validationAuprc : kNaN);
    for (const double value : {auroc.back(), auprc.back()})
      if (std::isfinite(value)) m_low = std::min(m_low, value), m_high = std::max(m_high, value);
  }
  m_graphs[0]->setData(epochs, auroc, true);
  m_graphs[1]->setData(epochs, auprc, true);
}

void TrainingLines::fillEntropy() {
  const TrainingSession& training = context().training;
  QVector<double> places, mean, mixture, regularizer;
  double lower = 0;
  for (const TrainingPoint& point : training.curve().points()) {
    if (static_cast<std::size_t>(m_layer) >= point.layers.size()) continue;
    const LayerPoint& layer = point.layers[size_t(m_layer)];
    places << point.epochs;
    mean << layer.mean;
    mixture << layer.mixture;
    regularizer << layer.regularizer;
    lower = layer.lowerBound;
  }
  if (places.isEmpty()) {
    for (const EpochReport& epoch : training.epochs()) {
      if (static_cast<std::size_t>(m_layer) >= epoch.entropy.size()) continue;
      const EntropyTerms& terms = epoch.entropy[size_t(m_layer)];
      places << epoch.epoch;
      mean << terms.mean;
      mixture << terms.mixture;
      regularizer << terms.regularizer;
      lower = terms.lowerBound;
    }
  }
  m_graphs[0]->setData(places, mean, true);
  m_graphs[1]->setData(places, mixture, true);
  m_graphs[2]->setData(places, regularizer, true);
  const double most = std::log(std::max(2, training.plan().experiment.model.experts));
  mark(*m_bounds[0], lower);
  mark(*m_bounds[1], 0);
  mark(*m_bounds[2], most);
  m_low = lower;
  m_high = most;
}

void TrainingLines::mark(QCPItemStraightLine& line, double value) {
  line.point1->setCoords(0, value);
  line.point2->setCoords(1, value);
  line.setVisible(true);
}

void TrainingLines::fitAxes() {
  const TrainingSession& training = context().training;
  double last = training.epochs().empty() ? 0 : training.epochs().back().epoch;
  if (!training.curve().empty()) last = std::max(last, training.curve().points().back().epochs);
  const bool byEpoch = m_kind == TrainingLine::Metrics;
  plot().xAxis->setRange(byEpoch ? 0.5 : 0, std::max(byEpoch ? 1.5 : 1.0, byEpoch ? last + 0.5 : last));
  setEpochTicks(*plot().xAxis);
  if (m_low > m_high) m_low = 0, m_high = 1;
  const double room = std::max(0.08 * (m_high - m_low), 0.01);
  plot().yAxis->setRange(m_low - room, m_high + room);
}

void TrainingLines::restyle() {
  const QColor second = theme().modality(1);
  m_legend->setFont(themeFont(kCaptionPixels));
  m_legend->setTextColor(theme().secondary);
  const auto line = [this](int index, const QColor& colour, double width, Qt::PenStyle style, QCPScatterStyle dot) {
    m_graphs[index]->setPen(QPen(colour, width, style));
    m_graphs[index]->setScatterStyle(dot);
    m_graphs[index]->setAntialiased(true);
    m_graphs[index]->setAntialiasedScatters(true);
  };
  const QCPScatterStyle none;
  const auto disc = [](const QColor& colour) { return QCPScatterStyle(QCPScatterStyle::ssDisc, colour, colour, 5); };
  const QCPScatterStyle diamond(QCPScatterStyle::ssDiamond, second, second, 6);
  QColor faint = theme().accent;
  faint.setAlphaF(0.28F);
  switch (m_kind) {
    case TrainingLine::Loss:
      line(0, faint, 1, Qt::SolidLine, none);
      line(1, theme().accent, 1.6, Qt::SolidLine, none);
      line(2, second, 1.6, Qt::SolidLine, diamond);
      break;
    case TrainingLine::Metrics:
      line(0, theme().accent, 1.6, Qt::SolidLine, disc(theme().accent));
      line(1, second, 1.6, Qt::SolidLine, diamond);
      break;
    case TrainingLine::Entropy:
      line(0, theme().secondary, 1.4, Qt::DotLine, none);
      line(1, theme().text, 1.4, Qt::SolidLine, none);
      line(2, theme().accent, 1.6, Qt::SolidLine, none);
      break;
  }
  m_bestLine->setPen(QPen(theme().secondary, 1, Qt::DashLine));
  for (QCPItemStraightLine* bound : m_bounds) bound->setPen(QPen(theme().border, 1, Qt::DashLine));
  plot().yAxis->setBasePen(Qt::NoPen);
}

QString TrainingLines::pointAt(const QPoint& position) {
  if (!plot().axisRect()->rect().contains(position)) return {};
  const double place = plot().xAxis->pixelToCoord(position.x());
  QStringList lines;
  double at = -1;
  for (int i = 0; i < m_graphs.size(); ++i) {
    const auto& drawn = *m_graphs[i]->data();
    if (m_graphs[i]->name().isEmpty() || drawn.isEmpty()) continue;
    auto nearest = drawn.findBegin(place, false);
    if (nearest == drawn.constEnd()) --nearest;
    if (!std::isfinite(nearest->value)) continue;
    at = at < 0 ? nearest->key : at;
    lines << QStringLiteral("%1: <b>%2</b>").arg(m_graphs[i]->name(), number(nearest->value, 3));
  }
  if (lines.isEmpty()) return {};
  const bool whole = std::abs(at - std::round(at)) < 1e-6;
  lines.prepend(tr("epoch %1").arg(whole ? QString::number(std::lround(at)) : number(at, 2)));
  if (m_kind == TrainingLine::Entropy) lines << tr("E = mean of H − H of mean; dashed: bounds of E, and log S");
  if (m_kind != TrainingLine::Entropy && m_best > 0) lines << tr("dashed: best epoch, %1").arg(m_best);
  return lines.join(QStringLiteral("<br>"));
}

}  // namespace fusemoe::ui
