#include "charts/entropy_chart.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "charts/bar_layer.h"
#include "charts/plot_style.h"
#include "charts/qcp.h"
#include "charts/routing_numbers.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/document_text.h"
#include "state/format.h"
#include "state/selection.h"

namespace fusemoe::ui {
namespace {

constexpr double kHalfBar = 0.31;
constexpr int kValueMargin = 40;  // room for the values past the bars
constexpr int kCaptionHeight = 26;
constexpr int kCaptionGap = 10;
constexpr int kCaptionLeft = 4;
constexpr int kNarrow = 420;  // pixels: less, and the trace goes below the bars
constexpr int kTall = 200;    // where there is room for it
constexpr int kBarsStretch = 16;
constexpr int kTraceStretch = 10;

QCPItemStraightLine* boundLine(QCustomPlot& plot, QCPAxisRect& rect) {
  auto* line = new QCPItemStraightLine(&plot);
  for (QCPItemPosition* point : {line->point1, line->point2}) {
    point->setAxisRect(&rect);
    point->setAxes(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
  }
  line->setClipAxisRect(&rect);
  line->setClipToAxisRect(true);
  return line;
}

/// A line of text below an axis rectangle, at a share of its width.
void placeCaption(QCPItemText& item, QCPAxisRect& rect, double place, Qt::Alignment alignment) {
  item.position->setAxisRect(&rect);
  item.position->setType(QCPItemPosition::ptAxisRectRatio);
  item.position->setCoords(place, 1.0);
  item.setPositionAlignment(alignment | Qt::AlignTop);
  item.setClipToAxisRect(false);
  item.setPadding(QMargins(0, 6, 0, 0));
}

}  // namespace

EntropyChart::EntropyChart(const ViewContext& context, QWidget* parent)
    : Chart(context, parent),
      m_bars(new BarLayer(plot().yAxis, plot().xAxis)),
      m_traceRect(new QCPAxisRect(&plot())),
      m_sum(new QCPItemText(&plot())),
      m_bounds(new QCPItemText(&plot())),
      m_traceTitle(new QCPItemText(&plot())),
      m_leftMargins(new QCPMarginGroup(&plot())) {
  setAccessibleName(tr("Entropy"));
  setAccessibleDescription(
      tr("Bars of each router's entropy in nats, and the entropy regulariser over the last edits"));
  arrange(Arrangement::Beside);
  plot().yAxis->setRangeReversed(true);
  plot().yAxis->grid()->setVisible(false);
  plot().xAxis->setVisible(false);
  QCPAxis* edits = m_traceRect->axis(QCPAxis::atBottom);
  QCPAxis* value = m_traceRect->axis(QCPAxis::atLeft);
  edits->setVisible(false);
  edits->grid()->setVisible(false);
  value->grid()->setVisible(false);
  m_trace = plot().addGraph(edits, value);
  m_last = plot().addGraph(edits, value);
  m_lower = boundLine(plot(), *m_traceRect);
  m_upper = boundLine(plot(), *m_traceRect);
  m_before = boundLine(plot(), *m_traceRect);
  placeCaption(*m_bounds, *plot().axisRect(), 0.0, Qt::AlignLeft);
  placeCaption(*m_traceTitle, *m_traceRect, 1.0, Qt::AlignRight);
  m_bounds->position->setType(QCPItemPosition::ptAbsolute);
  m_bounds->position->setParentAnchor(m_sum->right);
  m_bounds->position->setCoords(8, 0);
  m_bounds->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void EntropyChart::arrange(Arrangement arrangement) {
  m_arrangement = arrangement;
  const bool below = arrangement == Arrangement::Below;
  QCPLayoutGrid& grid = *plot().plotLayout();
  if (m_traceRect->layout()) grid.take(m_traceRect);
  grid.simplify();
  grid.addElement(below ? 1 : 0, below ? 0 : 1, m_traceRect);
  if (below) {
    grid.setRowStretchFactors({kBarsStretch, kTraceStretch * 0.6});
    grid.setRowSpacing(0);
  } else {
    grid.setColumnStretchFactors({kBarsStretch, kTraceStretch});
  }
  plot().axisRect()->setMinimumMargins(QMargins(0, 4, kValueMargin, below ? 0 : kCaptionHeight));
  m_traceRect->setMinimumMargins(QMargins(0, below ? 8 : 12, below ? kValueMargin : 8, kCaptionHeight));
  for (QCPAxisRect* rect : {plot().axisRect(), m_traceRect})
    rect->setMarginGroup(QCP::msLeft, below ? m_leftMargins : nullptr);
  // Captions stand below the lower of both, from the left edge on.
  placeCaption(*m_sum, below ? *m_traceRect : *plot().axisRect(), 0.0, Qt::AlignLeft);
  m_sum->position->setTypeX(QCPItemPosition::ptAbsolute);
  m_sum->position->setCoords(kCaptionLeft, 1.0);
}

double EntropyChart::row(int index) const {
  return m_bars->bar(2 * index + 1).valueTo;
}

int EntropyChart::traceLength() const {
  return m_trace->dataCount();
}

double EntropyChart::traceValue(int index) const {
  return m_trace->data()->at(index)->value;
}

double EntropyChart::referenceRow(int index) const {
  return m_bars->hasTicks() ? m_bars->tick(index).value : std::numeric_limits<double>::quiet_NaN();
}

Table EntropyChart::table() const {
  const Document& document = context().document;
  Table table;
  if (!document.result()) return table;
  table.columns = {tr("layer"), tr("term"), tr("nats")};
  if (document.ghost()) table.columns << tr("nats, reference");
  const auto add = [&](std::size_t layer, const QString& term, double value, double before) {
    QStringList row{QString::number(layer + 1), term, exact(value)};
    if (document.ghost()) row << exact(before);
    table.rows.push_back(row);
  };
  for (std::size_t l = 0; l < document.result()->layers.size(); ++l) {
    const LayerResult& layer = document.result()->layers[l];
    const EntropyTerms& terms = layer.entropy;
    const EntropyTerms& before = document.ghost() ? document.ghost()->layers[l].entropy : terms;
    for (std::size_t r = 0; r < terms.perModality.size(); ++r) {
      const QString title = routerTitle(document.model()->config(), layer.routers[r].modality);
      add(l, tr("H of %1").arg(title), terms.perModality[r], before.perModality[r]);
    }
    add(l, tr("mean of H"), terms.mean, before.mean);
    add(l, tr("H of mean"), terms.mixture, before.mixture);
    add(l, tr("E"), terms.regularizer, before.regularizer);
    add(l, tr("lower bound of E"), terms.lowerBound, before.lowerBound);
  }
  const auto& points = document.trace().points();
  for (std::size_t i = 0; i < points.size(); ++i)
    for (std::size_t l = 0; l < points[i].regularizer.size(); ++l)
      add(l, tr("E, edit %1 of %2").arg(i).arg(points.size() - 1), points[i].regularizer[l],
          std::numeric_limits<double>::quiet_NaN());
  return table;
}

void EntropyChart::refresh() {
  const QRect room = plot().viewport();
  const Arrangement best = room.width() < kNarrow && room.height() >= kTall ? Arrangement::Below : Arrangement::Beside;
  if (best != m_arrangement) arrange(best);
  fillBars();
  fillTrace();
  const EntropyTerms& terms = context().document.shownLayer()->entropy;
  m_sum->setText(tr("E = %1").arg(number(terms.regularizer, 2)));
  m_bounds->setText(tr("bounds %1 … 0").arg(number(terms.lowerBound, 2)));
  const int edits = traceLength() - 1;
  m_traceTitle->setText(edits < 1 ? tr("E, no edits yet")
                                  : counted(edits, tr("E over the last edit"), tr("E over the last %1 edits")));
  // The trace's own axis shows the bounds too.
  int captions = 0;
  for (const QCPItemText* caption : {m_sum, m_bounds, m_traceTitle})
    captions += QFontMetrics(caption->font()).horizontalAdvance(caption->text()) + kCaptionGap;
  m_bounds->setVisible(captions <= plot().width());
}

void EntropyChart::fillBars() {
  const Document& document = context().document;
  const LayerResult& layer = *document.shownLayer();
  const ModelConfig& config = document.model()->config();
  const double most = std::log(config.experts);
  m_rows = 0;
  std::vector<Bar> bars;
  QMap<double, QString> names;
  const auto add = [&](const QString& name, double value, const QColor& colour, bool hatched, double opacity) {
    names.insert(m_rows, name);
    bars.push_back({m_rows - kHalfBar, m_rows + kHalfBar, 0, most, theme().grid, false, false, 1.0, {}});
    bars.push_back({m_rows - kHalfBar, m_rows + kHalfBar, 0, value, colour, hatched, false, opacity, {}});
    // The label stands past the track, at the same place in every row.
    bars[bars.size() - 2].label = number(value, 2);
    ++m_rows;
  };
  for (std::size_t r = 0; r < layer.entropy.perModality.size(); ++r) {
    const int modality = layer.routers[r].modality;
    const bool missing = modality >= 0 && document.result()->states[size_t(modality)] != ModalityState::Present;
    add(routerTitle(config, modality), layer.entropy.perModality[r], theme().modality(modality), missing,
        emphasis(modality));
  }
  add(tr("mean of H"), layer.entropy.mean, theme().faint, false, 1.0);
  add(tr("H of mean"), layer.entropy.mixture, theme().text, false, 1.0);
  m_bars->setBars(std::move(bars));
  std::vector<Tick> ticks;
  if (hasGhost()) {
    const EntropyTerms& before = document.ghostLayer()->entropy;
    std::vector<double> values = before.perModality;
    values.insert(values.end(), {before.mean, before.mixture});
    for (std::size_t i = 0; i < values.size(); ++i)
      ticks.push_back({double(i) - kHalfBar, double(i) + kHalfBar, values[i]});
  }
  m_bars->setTicks(std::move(ticks));
  const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
  ticker->setTicks(names);
  plot().yAxis->setTicker(ticker);
  plot().yAxis->setRange(-0.5, m_rows - 0.5);
  plot().xAxis->setRange(0, most);
}

void EntropyChart::fillTrace() {
  const Document& document = context().document;
  const auto& points = document.trace().points();
  const auto layer = static_cast<std::size_t>(document.layer());
  QVector<double> places;
  QVector<double> values;
  for (const TracePoint& point : points) {
    places << static_cast<double>(places.size());
    values << point.regularizer.at(layer);
  }
  m_trace->setData(places, values, true);
  m_last->setData(places.mid(places.size() - 1), values.mid(values.size() - 1), true);
  const double lower = std::min(document.shownLayer()->entropy.lowerBound, -1e-3);
  QMap<double, QString> ends;
  ends.insert(lower, number(lower, 2));
  ends.insert(0.0, QStringLiteral("0"));
  const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
  ticker->setTicks(ends);
  m_traceRect->axis(QCPAxis::atLeft)->setTicker(ticker);
  m_traceRect->axis(QCPAxis::atLeft)->setRange(lower * 1.06, -lower * 0.06);
  m_traceRect->axis(QCPAxis::atBottom)->setRange(-0.5, std::max(9.5, double(points.size()) - 0.5));
  m_lower->point1->setCoords(0, lower);
  m_lower->point2->setCoords(1, lower);
  m_upper->point1->setCoords(0, 0);
  m_upper->point2->setCoords(1, 0);
  m_before->setVisible(hasGhost());
  if (!hasGhost()) return;
  const double before = document.ghostLayer()->entropy.regularizer;
  m_before->point1->setCoords(0, before);
  m_before->point2->setCoords(1, before);
}

void EntropyChart::restyle() {
  m_bars->setInk(theme(), themeFont(kCaptionPixels));
  m_trace->setPen(QPen(theme().accent, 1));
  m_trace->setScatterStyle({QCPScatterStyle::ssDisc, theme().accent, theme().accent, 4});
  m_last->setPen(Qt::NoPen);
  m_last->setScatterStyle({QCPScatterStyle::ssCircle, QPen(theme().accent, 2), QBrush(theme().surface), 8});
  for (QCPItemStraightLine* line : {m_lower, m_upper}) line->setPen(QPen(theme().border, 1, Qt::DashLine));
  m_before->setPen(QPen(theme().faint, 2));
  m_traceRect->axis(QCPAxis::atLeft)->setBasePen(Qt::NoPen);
  for (QCPItemText* caption : {m_sum, m_bounds, m_traceTitle}) {
    caption->setFont(themeFont(kCaptionPixels, caption == m_sum ? QFont::DemiBold : QFont::Normal));
    caption->setColor(caption == m_sum ? theme().text : theme().secondary);
  }
}

QString EntropyChart::pointAt(const QPoint& position) {
  if (m_traceRect->rect().contains(position)) {
    context().selection.clear();
    const double place = m_traceRect->axis(QCPAxis::atBottom)->pixelToCoord(position.x());
    return traceTip(std::clamp(static_cast<int>(std::lround(place)), 0, std::max(0, traceLength() - 1)));
  }
  const QRect bars = plot().axisRect()->rect();
  if (position.y() < bars.top() || position.y() > bars.bottom() || position.x() > bars.right() + kValueMargin)
    return {};
  const int index = std::clamp(static_cast<int>(std::lround(plot().yAxis->pixelToCoord(position.y()))), 0, m_rows - 1);
  const auto& routers = context().document.shownLayer()->routers;
  context().selection.hover(-1, index < m_rows - 2 ? routers[size_t(index)].modality : -1);
  return rowTip(index);
}

QString EntropyChart::rowTip(int index) const {
  const Document& document = context().document;
  const EntropyTerms& terms = document.shownLayer()->entropy;
  const int experts = document.model()->config().experts;
  QStringList lines;
  if (index == m_rows - 2) {
    lines << tr("mean of H: (1/M) Σ H(p̂) = <b>%1</b> nats").arg(number(terms.mean, 3));
  } else if (index == m_rows - 1) {
    lines << tr("H of mean: H((1/M) Σ p̂) = <b>%1</b> nats").arg(number(terms.mixture, 3));
  } else {
    const int modality = document.shownLayer()->routers[size_t(index)].modality;
    lines << QStringLiteral("<b>%1</b>").arg(routerTitle(document.model()->config(), modality).toHtmlEscaped());
    lines << tr("H(p̂) = −Σ p̂ ln p̂ = <b>%1</b> nats").arg(number(terms.perModality[size_t(index)], 3));
    lines << tr("low = specialised, high = spread");
  }
  lines << tr("at most log %1 = %2 nats").arg(experts).arg(number(std::log(experts), 3));
  if (m_bars->hasTicks())
    lines << tr("grey tick, %1: %2, change %3")
                 .arg(ghostName(document).toHtmlEscaped(), number(referenceRow(index), 3),
                      signedNumber(row(index) - referenceRow(index), 3));
  return lines.join(QStringLiteral("<br>"));
}

QString EntropyChart::traceTip(int index) const {
  const Document& document = context().document;
  const TracePoint& point = document.trace().points().at(size_t(index));
  QStringList masked;
  for (int i = 0; i < document.model()->config().modalityCount(); ++i) {
    if ((point.mask >> i) & 1U) masked << modalityTitle(document.model()->config(), i).toHtmlEscaped();
  }
  const QString state =
      masked.isEmpty() ? tr("nothing masked") : tr("masked: %1").arg(masked.join(QStringLiteral(", ")));
  return tr("E = mean of H − H of mean = <b>%1</b> nats<br>%2<br>0: all routers equal, lower bound: no overlap")
      .arg(number(point.regularizer.at(size_t(document.layer())), 3), state);
}

}  // namespace fusemoe::ui
