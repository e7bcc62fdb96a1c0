#pragma once

#include <vector>

#include "charts/chart.h"

namespace fusemoe::ui {

class BarLayer;

/// How much of an expert's kept weight comes from each modality: a stacked bar an expert, as high as its share of the
/// layer's weight (paper's figure 12c).
class CompositionChart : public Chart {
  Q_OBJECT

 public:
  struct Content {
    std::vector<QString> modalities;
    std::vector<double> importance;   ///< [S] share of the layer's kept weight
    std::vector<double> composition;  ///< [S, M]; empty for a joint router
    std::vector<int> dead;            ///< experts no token kept
    QString empty;
  };

  explicit CompositionChart(const ViewContext& context, QWidget* parent = nullptr);

  void setContent(Content content);
  /// A modality's part of an expert's bar, percent of the layer's weight; the whole for a joint router.
  double segment(int modality, int expert) const;

  Table table() const override;

 protected:
  bool ready() const override { return !m_content.importance.empty(); }
  QString emptyText() const override { return m_content.empty; }
  void refresh() override;
  void restyle() override;
  QString pointAt(const QPoint& position) override;

 private:
  int experts() const { return static_cast<int>(m_content.importance.size()); }
  bool joint() const { return m_content.composition.empty(); }

  Content m_content;
  BarLayer* m_bars;
};

}  // namespace fusemoe::ui
