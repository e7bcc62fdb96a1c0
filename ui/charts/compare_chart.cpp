#include "charts/compare_chart.h"

#include <algorithm>
#include <cmath>
#include <optional>

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

constexpr int kBlockGap = 1;  // experts' widths between two blocks
constexpr int kTitleHeight = 18;
constexpr double kHalfPair = 0.42;

void placeTitle(QCPItemText& item, QCPAxisRect& rect) {
  item.position->setAxisRect(&rect);
  item.position->setType(QCPItemPosition::ptAxisRectRatio);
  item.position->setCoords(0, 0);
  item.setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
  item.setClipToAxisRect(false);
  item.setPadding(QMargins(0, 0, 0, 3));
}

std::vector<std::vector<double>> numbersOf(const LayerResult& layer, Distribution distribution) {
  std::vector<std::vector<double>> numbers;
  for (const RouterResult& router : layer.routers) {
    const std::vector<float>& means = meansOf(router, distribution);
    numbers.emplace_back(means.begin(), means.end());
  }
  return numbers;
}

const LayerResult& layerOf(const RoutingResult& result, int layer) {
  return result.layers.at(std::min(static_cast<std::size_t>(layer), result.layers.size() - 1));
}

}  // namespace

CompareChart::CompareChart(const ViewContext& context, QWidget* parent)
    : Chart(context, parent),
      m_lower(new QCPAxisRect(&plot())),
      m_upperBars(new BarLayer(plot().xAxis, plot().yAxis)),
      m_upperTitle(new QCPItemText(&plot())),
      m_lowerTitle(new QCPItemText(&plot())) {
  setAccessibleName(tr("Router probabilities compared"));
  setAccessibleDescription(tr("Bars of the reference and of the state, a block a router, and their differences"));
  plot().plotLayout()->addElement(1, 0, m_lower);
  plot().plotLayout()->setRowSpacing(0);
  m_lowerBars = new BarLayer(m_lower->axis(QCPAxis::atBottom), m_lower->axis(QCPAxis::atLeft));
  for (QCPAxisRect* rect : {plot().axisRect(), m_lower}) {
    rect->axis(QCPAxis::atBottom)->grid()->setVisible(false);
    rect->setMinimumMargins(QMargins(44, kTitleHeight + 4, 4, 0));
  }
  placeTitle(*m_upperTitle, *plot().axisRect());
  placeTitle(*m_lowerTitle, *m_lower);
}

double CompareChart::difference(int router, int expert) const {
  return m_lowerBars->bar(router * int(m_now.front().size()) + expert).valueTo;
}

std::vector<CompareChart::Block> CompareChart::blocksOf(const LayerResult& layer, const ModelConfig& config,
                                                        const RoutingResult& result) const {
  std::vector<Block> blocks;
  for (const RouterResult& router : layer.routers) {
    const bool missing = router.modality >= 0 && result.states[size_t(router.modality)] != ModalityState::Present;
    blocks.push_back({routerTitle(config, router.modality), router.modality, missing});
  }
  return blocks;
}

void CompareChart::readNumbers() {
  const Document& document = context().document;
  const RoutingResult& now = *stateResult(document);
  const RoutingResult& before = *document.reference();
  const Distribution distribution = document.state().distribution;
  const LayerResult& layer = layerOf(now, document.layer());
  const LayerResult& layerBefore = layerOf(before, document.layer());
  m_now = numbersOf(layer, distribution);
  m_before = numbersOf(layerBefore, distribution);
  m_blocks = blocksOf(layer, document.model()->config(), now);
  m_blocksBefore = blocksOf(layerBefore, document.referenceModel()->config(), before);
  m_paired = document.comparable();
  m_whyNot =
      m_paired ? QString() : tr("The models differ in modalities, experts or layers: nothing can be subtracted.");
}

void CompareChart::setTitle(QCPItemText& item, const QString& text) {
  item.setText(QFontMetrics(item.font()).elidedText(text, Qt::ElideRight, plot().axisRect()->width()));
}

void CompareChart::refresh() {
  if (!context().document.referenceKnown()) return;
  readNumbers();
  fillAxis(*plot().axisRect(), m_paired ? m_blocks : m_blocksBefore, m_before.front().size());
  fillAxis(*m_lower, m_blocks, m_now.front().size());
  const Document& document = context().document;
  const bool dense = document.state().distribution == Distribution::Dense;
  const QString what = dense ? tr("dense probability") : tr("gate weight, top-K");
  const QString layer = tr("layer %1").arg(document.layer() + 1);
  const QString name = referenceName(document);
  if (m_paired) {
    fillPairs();
    setTitle(*m_upperTitle, tr("%1 grey, now coloured: %2, %3").arg(name, what, layer));
    setTitle(*m_lowerTitle, tr("difference, now − %1").arg(name));
  } else {
    fillApart();
    setTitle(*m_upperTitle, QStringLiteral("%1: %2, %3").arg(name, what, layer));
    setTitle(*m_lowerTitle, tr("now"));
  }
}

void CompareChart::fillAxis(QCPAxisRect& rect, const std::vector<Block>& blocks, std::size_t experts) {
  const double stride = double(experts) + kBlockGap;
  QCPAxis& axis = *rect.axis(QCPAxis::atBottom);
  const QFontMetrics metrics(themeFont(kCaptionPixels));
  const int room = static_cast<int>(rect.width() / std::max<std::size_t>(1, blocks.size())) - 4;
  QMap<double, QString> names;
  for (std::size_t r = 0; r < blocks.size(); ++r)
    names.insert(double(r) * stride + double(experts - 1) / 2,
                 metrics.elidedText(blocks[r].title, Qt::ElideRight, room));
  const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
  ticker->setTicks(names);
  axis.setTicker(ticker);
  axis.setRange(-0.5 - kBlockGap / 2.0, double(blocks.size()) * stride - 0.5 - kBlockGap / 2.0);
  std::vector<BarBand> bands;
  for (const BarBand& band : expertBands(context().selection))
    for (std::size_t r = 0; r < blocks.size() && band.key < double(experts); ++r)
      bands.push_back({double(r) * stride + band.key, band.framed});
  (&rect == m_lower ? m_lowerBars : m_upperBars)->setBands(std::move(bands));
}

void CompareChart::fillPairs() {
  std::vector<Bar> pairs;
  std::vector<Bar> differences;
  double highest = 0;
  double widest = 0;
  const std::size_t experts = m_now.front().size();
  for (std::size_t r = 0; r < m_now.size(); ++r) {
    const Block& block = m_blocks[r];
    const QColor colour = theme().modality(block.modality);
    const double opacity = emphasis(block.modality);
    for (std::size_t e = 0; e < experts; ++e) {
      const double key = double(r * (experts + kBlockGap) + e);
      const double before = m_before[r][e];
      const double now = m_now[r][e];
      pairs.push_back({key - kHalfPair, key, 0, before, theme().faint, false, false, 0.7 * opacity, {}});
      pairs.push_back({key, key + kHalfPair, 0, now, colour, block.hatched, false, opacity, {}});
      differences.push_back(
          {key - kHalfPair, key + kHalfPair, 0, now - before, colour, block.hatched, false, opacity, {}});
      highest = std::max({highest, before, now});
      widest = std::max(widest, std::abs(now - before));
    }
  }
  m_upperBars->setBars(std::move(pairs));
  m_lowerBars->setBars(std::move(differences));
  plot().yAxis->setRange(0, niceCeiling(highest));
  const double limit = widest > 0 ? niceCeiling(widest) : niceCeiling(highest);
  m_lower->axis(QCPAxis::atLeft)->setRange(-limit, limit);
}

void CompareChart::fillApart() {
  const auto fill = [&](BarLayer& layer, QCPAxis& axis, const Numbers& numbers, const std::vector<Block>& blocks,
                        const std::optional<QColor>& colour) {
    std::vector<Bar> bars;
    double highest = 0;
    const std::size_t experts = numbers.front().size();
    for (std::size_t r = 0; r < numbers.size(); ++r) {
      for (std::size_t e = 0; e < experts; ++e) {
        const double key = double(r * (experts + kBlockGap) + e);
        bars.push_back({key - kHalfPair,
                        key + kHalfPair,
                        0,
                        numbers[r][e],
                        colour.value_or(theme().modality(blocks[r].modality)),
                        blocks[r].hatched,
                        false,
                        1.0,
                        {}});
        highest = std::max(highest, numbers[r][e]);
      }
    }
    layer.setBars(std::move(bars));
    axis.setRange(0, niceCeiling(highest));
  };
  // The reference's modalities are another model's: their colours would say that they were the same.
  fill(*m_upperBars, *plot().yAxis, m_before, m_blocksBefore, theme().faint);
  fill(*m_lowerBars, *m_lower->axis(QCPAxis::atLeft), m_now, m_blocks, std::nullopt);
}

void CompareChart::restyle() {
  for (BarLayer* bars : {m_upperBars, m_lowerBars}) bars->setInk(theme(), themeFont(kCaptionPixels));
  for (QCPItemText* title : {m_upperTitle, m_lowerTitle}) {
    title->setFont(themeFont(kCaptionPixels));
    title->setColor(theme().secondary);
  }
  for (QCPAxis* axis : {plot().yAxis, m_lower->axis(QCPAxis::atLeft)}) axis->ticker()->setTickCount(3);
  m_lower->axis(QCPAxis::atLeft)->grid()->setZeroLinePen(QPen(theme().faint, 1));
}

QString CompareChart::pointAt(const QPoint& position) {
  const bool lower = m_lower->rect().contains(position);
  if ((!lower && !plot().axisRect()->rect().contains(position)) || m_now.empty()) return {};
  const Numbers& numbers = lower || m_paired ? m_now : m_before;
  const std::vector<Block>& blocks = lower || m_paired ? m_blocks : m_blocksBefore;
  const auto experts = static_cast<int>(numbers.front().size());
  QCPAxis& axis = *(lower ? m_lower : plot().axisRect())->axis(QCPAxis::atBottom);
  const auto key = static_cast<int>(std::lround(axis.pixelToCoord(position.x())));
  const int router = key / (experts + kBlockGap);
  const int expert = key - router * (experts + kBlockGap);
  if (key < 0 || router >= int(numbers.size()) || expert >= experts) return {};
  const bool own = lower || m_paired;
  context().selection.hover(own ? Target{expert, blocks[size_t(router)].modality, -1} : Target{});
  const QString name = referenceName(context().document).toHtmlEscaped();
  const QString head =
      QStringLiteral("<b>%1 · %2</b>").arg(expertName(expert), blocks[size_t(router)].title.toHtmlEscaped());
  const double shown = numbers[size_t(router)][size_t(expert)];
  if (!m_paired) return tr("%1<br>%2: <b>%3</b>").arg(head, own ? tr("now") : name, number(shown, 3));
  const double before = referenceValue(router, expert);
  return tr("%1<br>%2 %3, now <b>%4</b>, difference %5")
      .arg(head, name, number(before, 3), number(shown, 3), signedNumber(shown - before, 3));
}

}  // namespace fusemoe::ui
