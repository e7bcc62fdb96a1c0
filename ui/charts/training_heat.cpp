#include "charts/training_heat.h"

#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "charts/colour_bar.h"
#include "charts/colour_map.h"
#include "charts/heat_layer.h"
#include "charts/plot_style.h"
#include "charts/qcp.h"
#include "state/appearance.h"
#include "state/format.h"
#include "state/training_session.h"

namespace fusemoe::ui {
namespace {

constexpr int kLoadTitle = 92;
constexpr int kWatchedTitle = 146;

}  // namespace

TrainingHeat::TrainingHeat(const ViewContext& context, TrainingHeatContent content, QWidget* parent)
    : Chart(context, parent, Source::Other),
      m_content(content),
      m_heat(new HeatLayer(plot().xAxis, plot().yAxis)),
      m_bar(new ColourBar(context, this)) {
  setAccessibleName(title());
  setAccessibleDescription(tr("Experts from top to bottom, the epochs of the training run from left to right"));
  const int width = content == TrainingHeatContent::Load ? kLoadTitle : kWatchedTitle;
  m_heat->setTitleWidth(width);
  plot().xAxis->grid()->setVisible(false);
  plot().xAxis->setLabel(tr("epochs"));
  plot().yAxis->setVisible(false);
  plot().axisRect()->setAutoMargins(QCP::msBottom);
  plot().axisRect()->setMargins(QMargins(width, 4, 8, 0));
  column().addWidget(m_bar);
  TrainingSession& training = context.training;
  if (content == TrainingHeatContent::Load) connect(&training, &TrainingSession::stepped, this, &TrainingHeat::follow);
  connect(&training, &TrainingSession::epochEnded, this, &TrainingHeat::follow);
  connect(&training, &TrainingSession::stateChanged, this, &TrainingHeat::follow);
}

QString TrainingHeat::title() const {
  return m_content == TrainingHeatContent::Load ? tr("Expert load") : tr("Routing of the watched stay");
}

void TrainingHeat::setLayer(int layer) {
  if (layer == m_layer || m_content == TrainingHeatContent::Load) return;
  m_layer = layer;
  follow();
}

int TrainingHeat::columns() const {
  return static_cast<int>(m_epochs.size());
}

double TrainingHeat::value(int band, int column, int expert) const {
  return m_cells.at(size_t(band)).at(size_t(column)).at(size_t(expert));
}

bool TrainingHeat::ready() const {
  const TrainingSession& training = context().training;
  if (m_content == TrainingHeatContent::Watched)
    return std::ranges::any_of(training.epochs(), [](const EpochReport& epoch) { return epoch.watched != nullptr; });
  const auto& points = training.curve().points();
  return (!points.empty() && !points.front().layers.empty() && !points.front().layers.front().share.empty()) ||
         (!training.epochs().empty() && !training.epochs().front().expertLoad.empty());
}

QString TrainingHeat::emptyText() const {
  const TrainingSession& training = context().training;
  if (!training.active() && training.epochs().empty()) return tr("No run yet.");
  if (m_content == TrainingHeatContent::Load) return tr("After the first step …");
  return training.plan().watched ? tr("After the first epoch …") : tr("No stay was open when the run began.");
}

void TrainingHeat::refresh() {
  m_cells.clear();
  m_modalities.clear();
  m_epochs.clear();
  if (m_content == TrainingHeatContent::Load) {
    fillLoad();
  } else {
    fillWatched();
  }
  double highest = 0;
  for (const Cells& band : m_cells)
    for (const auto& column : band)
      for (const float cell : column) highest = std::max(highest, double(cell));
  m_limit = niceCeiling(highest);
  fillBands();
  const double first = m_content == TrainingHeatContent::Load ? 0 : m_epochs.front() - 0.5;
  const double last = m_content == TrainingHeatContent::Load ? m_epochs.back() : m_epochs.back() + 0.5;
  plot().xAxis->setRange(first, std::max(last, first + 1e-6));
  setEpochTicks(*plot().xAxis);
  const int decimals = m_limit < 0.1 ? 3 : 2;
  m_bar->setScale({m_content == TrainingHeatContent::Load ? tr("share of kept weight") : tr("probability, dense"),
                   QStringLiteral("0"),
                   number(m_limit, decimals),
                   {},
                   ColourMap::cividis()});
}

void TrainingHeat::fillLoad() {
  const TrainingSession& training = context().training;
  const auto add = [this](double epoch, std::size_t layers, const auto& shareOf) {
    m_epochs.push_back(epoch);
    m_cells.resize(std::max(m_cells.size(), layers));
    for (std::size_t l = 0; l < layers; ++l) m_cells[l].push_back(shareOf(l));
  };
  for (const TrainingPoint& point : training.curve().points())
    if (!point.layers.empty() && !point.layers.front().share.empty())
      add(point.epochs, point.layers.size(), [&](std::size_t l) { return point.layers[l].share; });
  if (m_epochs.empty())
    for (const EpochReport& epoch : training.epochs())
      add(epoch.epoch, epoch.expertLoad.size(),
          [&](std::size_t l) { return std::vector<float>(epoch.expertLoad[l].begin(), epoch.expertLoad[l].end()); });
  m_modalities.assign(m_cells.size(), -1);
}

void TrainingHeat::fillWatched() {
  for (const EpochReport& epoch : context().training.epochs()) {
    if (!epoch.watched || epoch.watched->layers.empty()) continue;
    const auto layer = std::min(static_cast<std::size_t>(m_layer), epoch.watched->layers.size() - 1);
    const auto& routers = epoch.watched->layers[layer].routers;
    m_epochs.push_back(epoch.epoch);
    m_cells.resize(routers.size());
    m_modalities.resize(routers.size(), -1);
    for (std::size_t r = 0; r < routers.size(); ++r) {
      m_cells[r].push_back(routers[r].meanDense);
      m_modalities[r] = routers[r].modality;
    }
  }
}

QString TrainingHeat::bandTitle(int band) const {
  if (m_content == TrainingHeatContent::Load) return tr("Layer %1").arg(band + 1);
  return routerTitle(context().training.plan().experiment.model, m_modalities[size_t(band)]);
}

void TrainingHeat::fillBands() {
  std::vector<HeatBand> bands;
  for (std::size_t b = 0; b < m_cells.size(); ++b) {
    const Cells& cells = m_cells[b];
    HeatBand band;
    band.title = bandTitle(static_cast<int>(b));
    band.colour = m_content == TrainingHeatContent::Load ? theme().border : theme().modality(m_modalities[b]);
    band.modality = m_modalities[b];
    band.cells = QImage(static_cast<int>(cells.size()), static_cast<int>(cells.front().size()), QImage::Format_RGB32);
    for (int column = 0; column < band.cells.width(); ++column)
      for (int row = 0; row < band.cells.height(); ++row)
        band.cells.setPixel(column, row, ColourMap::cividis().at(double(cells[size_t(column)][size_t(row)]) / m_limit));
    bands.push_back(std::move(band));
  }
  m_heat->setBands(std::move(bands));
}

void TrainingHeat::restyle() {
  m_heat->setTheme(theme());
}

void TrainingHeat::drawStrip(QPainter& painter, const QRect& area) const {
  m_bar->paint(painter, area);
}

int TrainingHeat::stripHeight() const {
  return m_bar->sizeHint().height();
}

QString TrainingHeat::pointAt(const QPoint& position) {
  const HeatLayer::Cell cell = m_heat->cellAt(position);
  if (cell.band < 0 || cell.column < 0) return {};
  const double epoch = m_epochs[size_t(cell.column)];
  const QString what = m_content == TrainingHeatContent::Load ? tr("share of kept weight") : tr("probability, dense");
  const bool whole = m_content == TrainingHeatContent::Watched;
  return tr("<b>%1</b>, %2, epoch %3<br>%4: <b>%5</b>")
      .arg(bandTitle(cell.band).toHtmlEscaped(), expertName(cell.row), number(epoch, whole ? 0 : 2), what,
           number(value(cell.band, cell.column, cell.row), 3));
}

}  // namespace fusemoe::ui
