#pragma once

#include <functional>
#include <string>

#include "analysis/expert_matching.h"
#include "panels/analysis/analysis_panel.h"

class QPushButton;

namespace fusemoe::ui {

class FactStrip;
class MatrixChart;
class SegmentedSwitch;
class SplitChoice;

/// Does "expert 3" mean the same in another model? Both run over the same stays, and experts are matched by their use.
class MatchingPanel : public AnalysisPanel {
  Q_OBJECT

 public:
  struct Found {
    ModelConfig config;
    std::string other;  ///< file of model B
    MatchingOptions options;
    MatchingReport report;
  };

  explicit MatchingPanel(const ViewContext& context, QWidget* parent = nullptr);

  /// The model to compare with.
  void setOther(const std::string& path);
  /// Shows what a run found.
  void setFound(const Found& found);
  MatrixChart& chart() const { return *m_chart; }
  FactStrip& facts() const { return *m_facts; }

 protected:
  QWidget* makeContent(QHBoxLayout& controls) override;
  QString missing() const override { return missingCohort(); }
  QString inputs() const override;
  Work work() const override;
  void follow(Changes changes) override;
  QString note() const override;
  void drawAnswer(QPainter& painter, const QRect& area) const override;
  Table answerTable(bool identifiers) const override;

 private:
  void choose();
  void fillLayer();

  std::function<void(const Found&)> m_take = [this](const Found& found) { setFound(found); };
  std::string m_other;
  QPushButton* m_choose = nullptr;
  SplitChoice* m_splits = nullptr;
  SegmentedSwitch* m_layers = nullptr;
  FactStrip* m_facts = nullptr;
  MatrixChart* m_chart = nullptr;
  Found m_found;
};

}  // namespace fusemoe::ui
