#pragma once

#include <memory>

#include "analysis/mask_lattice.h"
#include "panels/analysis/analysis_panel.h"

class QComboBox;

namespace fusemoe::ui {

class LatticeChart;
class SegmentedSwitch;

/// The mask lattice of the stay: what the model says under every mask, and what each modality brings. Runs by itself.
class LatticePanel : public AnalysisPanel {
  Q_OBJECT

 public:
  explicit LatticePanel(const ViewContext& context, QWidget* parent = nullptr);
  /// Null before the panel was first shown.
  LatticeChart* chart() const { return m_chart; }

 protected:
  QWidget* makeContent(QHBoxLayout& controls) override;
  QString inputs() const override;
  Work work() const override;
  void follow(Changes changes) override;
  QString note() const override;
  void drawAnswer(QPainter& painter, const QRect& area) const override;
  Table answerTable(bool identifiers) const override;

 private:
  ValueSpace space() const;
  int output() const;

  LatticeChart* m_chart = nullptr;
  SegmentedSwitch* m_content = nullptr;
  SegmentedSwitch* m_space = nullptr;
  QComboBox* m_output = nullptr;
};

}  // namespace fusemoe::ui
