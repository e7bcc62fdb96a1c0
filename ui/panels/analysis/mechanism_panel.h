#pragma once

#include <optional>
#include <vector>

#include "api/intervention.h"
#include "panels/analysis/analysis_panel.h"

namespace fusemoe::ui {

class AnswerTable;
class IntervalBars;
class SegmentedSwitch;

/// What stands for a missing modality: the four ways side by side for the stay and mask shown, and a switch that
/// changes the model live. Runs by itself.
class MechanismPanel : public AnalysisPanel {
  Q_OBJECT

 public:
  explicit MechanismPanel(const ViewContext& context, QWidget* parent = nullptr);

  /// One way and what it gives; no probability where the model cannot do it, with why.
  struct Way {
    MissingSubstitute substitute = MissingSubstitute::AsTrained;
    std::optional<double> probability;
    double drift = 0;  ///< Jensen–Shannon, nats, dense, mean over layers and routers, from as trained
    QString reason;
  };
  const std::vector<Way>& ways() const { return m_ways; }
  SegmentedSwitch* choice() const { return m_choice; }

 protected:
  QWidget* makeContent(QHBoxLayout& controls) override;
  QString missing() const override;
  QString inputs() const override;
  Work work() const override;
  void follow(Changes changes) override;
  QString note() const override;
  void drawAnswer(QPainter& painter, const QRect& area) const override;
  Table answerTable(bool identifiers) const override;

 private:
  void choose(MissingSubstitute substitute);
  void show(std::vector<Way> ways);

  std::vector<Way> m_ways;
  SegmentedSwitch* m_choice = nullptr;
  IntervalBars* m_bars = nullptr;
  AnswerTable* m_table = nullptr;
};

}  // namespace fusemoe::ui
