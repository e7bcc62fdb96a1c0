#pragma once

#include <vector>

#include "charts/chart.h"

namespace fusemoe::ui {

class ColourBar;
class HeatLayer;

/// What a heat map of a training run shows over its epochs, an expert a row.
enum class TrainingHeatContent {
  Load,     ///< the experts' shares of the kept weights, a band a layer
  Watched,  ///< dense probabilities (means over the tokens) of the watched stay in one layer, a band a router
};

/// Experts against time while a model is trained. It never writes which stay is watched.
class TrainingHeat : public Chart {
  Q_OBJECT

 public:
  TrainingHeat(const ViewContext& context, TrainingHeatContent content, QWidget* parent = nullptr);

  /// What the chart shows, in a few words.
  QString title() const;
  /// Of the watched stay, from 0.
  void setLayer(int layer);
  int bands() const { return static_cast<int>(m_cells.size()); }
  int columns() const;
  double value(int band, int column, int expert) const;
  /// End of the colour scale.
  double limit() const { return m_limit; }

 protected:
  bool ready() const override;
  QString emptyText() const override;
  void refresh() override;
  void restyle() override;
  void highlight() override {}
  QString pointAt(const QPoint& position) override;
  void drawStrip(QPainter& painter, const QRect& area) const override;
  int stripHeight() const override;

 private:
  /// A band's numbers: [columns][S].
  using Cells = std::vector<std::vector<float>>;

  void fillLoad();
  void fillWatched();
  void fillBands();
  QString bandTitle(int band) const;

  TrainingHeatContent m_content;
  int m_layer = 0;
  HeatLayer* m_heat;
  ColourBar* m_bar;
  std::vector<Cells> m_cells;
  std::vector<int> m_modalities;  // of the bands; -1 = all
  std::vector<double> m_epochs;   // [columns]
  double m_limit = 1;
};

}  // namespace fusemoe::ui
