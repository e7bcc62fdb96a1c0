#pragma once

#include "charts/chart.h"
#include "charts/flow_layout.h"

namespace fusemoe::ui {

class FlowLayer;

/// Where the tokens of the shown layer go: from each modality over the experts to the prediction, ribbons as wide as
/// the weight they carry. The weight says whom a router asked and how much it listened; it is no share of the
/// prediction.
class FlowChart : public Chart {
  Q_OBJECT

 public:
  explicit FlowChart(const ViewContext& context, QWidget* parent = nullptr);

  const FlowLayout& layout() const;
  bool hatched(int router) const;
  bool hasOutlines() const;
  /// Places on the canvas.
  QPoint ribbonPlace(int router, int expert) const;
  QPoint routerPlace(int router) const;

  Table table() const override;

 protected:
  void refresh() override;
  void restyle() override;
  void highlight() override;
  QString pointAt(const QPoint& position) override;

 private:
  QString routerTip(int router) const;
  QString expertTip(int expert) const;
  QString ribbonTip(int router, int expert) const;
  double weight(int router, int expert) const;
  double total() const;

  FlowLayer* m_layer;
};

}  // namespace fusemoe::ui
