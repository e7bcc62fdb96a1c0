#pragma once

#include <functional>
#include <memory>

#include "analysis/evaluation.h"
#include "panels/analysis/analysis_panel.h"

namespace fusemoe::ui {

class MatrixChart;
class SplitChoice;

/// How well the model does on each missing pattern: a row a pattern, a column a metric. A click on a row filters the
/// stay list to those stays.
class PatternsPanel : public AnalysisPanel {
  Q_OBJECT

 public:
  struct Found {
    ModelConfig config;
    std::string split;
    EvaluationReport report;
    int resamples = 0;
  };

  explicit PatternsPanel(const ViewContext& context, QWidget* parent = nullptr);

  /// Shows what a run found.
  void setFound(const Found& found);
  MatrixChart& chart() const { return *m_chart; }
  SplitChoice& splits() const { return *m_splits; }

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
  void filter(int row);

  std::function<void(const Found&)> m_take = [this](const Found& found) { setFound(found); };
  MatrixChart* m_chart = nullptr;
  SplitChoice* m_splits = nullptr;
  Found m_found;
};

}  // namespace fusemoe::ui
