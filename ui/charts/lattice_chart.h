#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "analysis/mask_lattice.h"
#include "charts/painted_chart.h"

namespace fusemoe::ui {

class ColourBar;

/// Every mask of a stay as a Hasse diagram: a row for each number of masked modalities, a line where one more is
/// masked, a node coloured by what the model then says. Beside it what each modality brings (Shapley values) and how
/// modalities depend on each other (interactions), of the prediction or of the experts of the layer shown.
class LatticeChart : public PaintedChart {
  Q_OBJECT

 public:
  enum class Content { Prediction, Experts };

  explicit LatticeChart(const ViewContext& context, QWidget* parent = nullptr);

  /// `lattice` is of the model that is open.
  void setLattice(std::shared_ptr<const MaskLattice> lattice);
  const MaskLattice* lattice() const { return m_lattice.get(); }
  void setContent(Content content);
  Content content() const { return m_content; }
  /// The expert whose weights the nodes and interactions show, in Content::Experts.
  void setExpert(int expert);
  int expert() const { return m_expert; }

  /// Where the node of a mask is drawn in a picture of the chart's own size; empty where there is none.
  QRectF node(ModalityMask mask) const;
  Table table() const override;

 Q_SIGNALS:
  void maskChosen(fusemoe::ModalityMask mask);
  void expertChosen(int expert);

 protected:
  void paint(QPainter& painter, const QSize& size) const override;
  Spot spotAt(const QPoint& at) const override;
  void take(const QPoint& at) override;
  bool step(int right, int down) override;
  void takeStepped() override;

 private:
  struct Layout;
  struct Node {
    int point = 0, row = 0;
    QRectF rect;
  };

  Layout layout(const QSize& size) const;
  std::vector<Node> nodes(const QRectF& area) const;
  double nodeValue(int point) const;
  QString nodeText(double value) const;
  QString maskNames(ModalityMask mask) const;
  int current() const;
  int pointOf(ModalityMask mask) const;
  int pointAt(const QPoint& at) const;
  int expertAt(const QPoint& at) const;
  double brought(int modality) const;
  double expertBrought(int modality, int expert) const;
  double interaction(int first, int second) const;
  void paintDiagram(QPainter& painter, const Layout& layout) const;
  void paintEdges(QPainter& painter, const std::vector<Node>& nodes) const;
  void paintNodes(QPainter& painter, const std::vector<Node>& nodes) const;
  void paintBars(QPainter& painter, const QRectF& area) const;
  void paintExperts(QPainter& painter, const Layout& layout) const;
  void paintInteractions(QPainter& painter, const QRectF& area) const;
  QString tipOfNode(int point) const;

  std::shared_ptr<const MaskLattice> m_lattice;
  Content m_content = Content::Prediction;
  int m_expert = 0;
  int m_stepped = -1;  // the point the arrow keys are on
  ColourBar* m_bar;
};

}  // namespace fusemoe::ui
