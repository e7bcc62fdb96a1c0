#pragma once

#include <vector>

#include "charts/chart.h"

class QCPAxisRect;
class QCPItemText;

namespace fusemoe {
struct LayerResult;
struct ModelConfig;
struct RoutingResult;
}  // namespace fusemoe

namespace fusemoe::ui {

class BarLayer;

/// Router probabilities of the reference and of the state side by side, a block of bars a router. Where both have the
/// same routers and experts: pairs above (the reference in grey), their differences below. Where not: the reference
/// above and the state below, each on axes of its own, because nothing can be subtracted.
class CompareChart : public Chart {
  Q_OBJECT

 public:
  explicit CompareChart(const ViewContext& context, QWidget* parent = nullptr);

  /// True when pairs and differences are drawn.
  bool paired() const { return m_paired; }
  /// Why not; empty when paired.
  QString whyNot() const { return m_whyNot; }
  /// As drawn: of the reference and of the state, [router][expert]; and their difference, only when paired.
  double referenceValue(int router, int expert) const { return m_before.at(size_t(router)).at(size_t(expert)); }
  double value(int router, int expert) const { return m_now.at(size_t(router)).at(size_t(expert)); }
  double difference(int router, int expert) const;

 protected:
  void refresh() override;
  void restyle() override;
  QString pointAt(const QPoint& position) override;

 private:
  using Numbers = std::vector<std::vector<double>>;
  struct Block {
    QString title;
    int modality = -1;
    bool hatched = false;
  };

  void readNumbers();
  void fillPairs();
  void fillApart();
  void fillAxis(QCPAxisRect& rect, const std::vector<Block>& blocks, std::size_t experts);
  /// As much of the text as the chart's width holds.
  void setTitle(QCPItemText& item, const QString& text);
  std::vector<Block> blocksOf(const LayerResult& layer, const ModelConfig& config, const RoutingResult& result) const;

  QCPAxisRect* m_lower;
  BarLayer* m_upperBars;
  BarLayer* m_lowerBars;
  QCPItemText* m_upperTitle;
  QCPItemText* m_lowerTitle;
  Numbers m_before, m_now;
  std::vector<Block> m_blocks;        // of the state
  std::vector<Block> m_blocksBefore;  // of the reference
  bool m_paired = false;
  QString m_whyNot;
};

}  // namespace fusemoe::ui
