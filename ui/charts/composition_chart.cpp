#include "charts/composition_chart.h"

#include <algorithm>
#include <cmath>

#include "charts/bar_layer.h"
#include "charts/plot_style.h"
#include "charts/qcp.h"
#include "charts/routing_numbers.h"
#include "state/appearance.h"
#include "state/format.h"
#include "state/selection.h"

namespace fusemoe::ui {
namespace {

constexpr double kBarWidth = 0.7;

}  // namespace

CompositionChart::CompositionChart(const ViewContext& context, QWidget* parent)
    : Chart(context, parent, Source::Other), m_bars(new BarLayer(plot().xAxis, plot().yAxis)) {
  setAccessibleName(tr("Expert composition"));
  setAccessibleDescription(tr("Stacked bars of how much of each expert's weight comes from each modality"));
  plot().xAxis->grid()->setVisible(false);
  plot().axisRect()->setMinimumMargins(QMargins(0, 8, 8, 0));
  plot().yAxis->ticker()->setTickCount(4);
  plot().yAxis->setLabel(tr("share of kept weight, %"));
}

void CompositionChart::setContent(Content content) {
  m_content = std::move(content);
  follow();
}

double CompositionChart::segment(int modality, int expert) const {
  const double whole = 100 * m_content.importance.at(size_t(expert));
  return joint() ? whole
                 : whole * m_content.composition.at(size_t(expert) * m_content.modalities.size() + size_t(modality));
}

void CompositionChart::refresh() {
  setExpertTicks(*plot().xAxis, experts(), plot().axisRect()->width());
  std::vector<Bar> bars;
  double highest = 0;
  const int parts = joint() ? 1 : static_cast<int>(m_content.modalities.size());
  for (int expert = 0; expert < experts(); ++expert) {
    double top = 0;
    for (int part = 0; part < parts; ++part) {
      const int modality = joint() ? -1 : part;
      const double from = top;
      top += segment(part, expert);
      bars.push_back({expert - kBarWidth / 2,
                      expert + kBarWidth / 2,
                      from,
                      top,
                      theme().modality(modality),
                      false,
                      false,
                      emphasis(modality),
                      {}});
    }
    highest = std::max(highest, top);
  }
  for (const int expert : m_content.dead)
    bars.push_back({expert - kBarWidth / 2,
                    expert + kBarWidth / 2,
                    0,
                    0.02 * std::max(1.0, highest),
                    theme().warningText,
                    true,
                    false,
                    1.0,
                    {}});
  m_bars->setBars(std::move(bars));
  m_bars->setBands(expertBands(context().selection));
  plot().yAxis->setRange(0, niceCeiling(std::max(1.0, 1.04 * highest)));
}

void CompositionChart::restyle() {
  m_bars->setInk(theme(), themeFont(kCaptionPixels));
}

QString CompositionChart::pointAt(const QPoint& position) {
  if (!plot().axisRect()->rect().contains(position)) return {};
  const int expert = int(std::lround(plot().xAxis->pixelToCoord(position.x())));
  if (expert < 0 || expert >= experts()) return {};
  const double height = plot().yAxis->pixelToCoord(position.y());
  int modality = -1;
  double top = 0;
  QStringList lines{tr("<b>%1</b>: %2 % of the layer's kept weight")
                        .arg(expertName(expert), number(100 * m_content.importance[size_t(expert)], 2))};
  for (int m = 0; !joint() && m < int(m_content.modalities.size()); ++m) {
    if (height >= top && height < top + segment(m, expert)) modality = m;
    top += segment(m, expert);
    lines << QStringLiteral("%1: %2 %")
                 .arg(m_content.modalities[size_t(m)].toHtmlEscaped(),
                      number(100 * m_content.composition[size_t(expert) * m_content.modalities.size() + size_t(m)], 1));
  }
  if (std::ranges::find(m_content.dead, expert) != m_content.dead.end()) lines << tr("No token kept it.");
  context().selection.hover(expert, modality);
  return lines.join(QStringLiteral("<br>"));
}

Table CompositionChart::table() const {
  Table table;
  if (!ready()) return table;
  table.columns = {tr("expert"), tr("modality"), tr("share of kept weight")};
  const int parts = joint() ? 1 : static_cast<int>(m_content.modalities.size());
  for (int expert = 0; expert < experts(); ++expert)
    for (int part = 0; part < parts; ++part)
      table.rows.push_back({expertName(expert), joint() ? tr("all modalities") : m_content.modalities[size_t(part)],
                            exact(segment(part, expert) / 100)});
  return table;
}

}  // namespace fusemoe::ui
