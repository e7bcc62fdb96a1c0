#pragma once

#include <functional>

#include "analysis/collapse.h"
#include "panels/analysis/analysis_panel.h"

class QStackedWidget;

namespace fusemoe::ui {

class CompositionChart;
class FactStrip;
class FindingList;
class IntervalBars;
class MatrixChart;
class SegmentedSwitch;
class SplitChoice;

/// Does one modality decide alone, and do all experts work? With what to try next.
class CollapsePanel : public AnalysisPanel {
  Q_OBJECT

 public:
  enum Page { Modalities, Experts, Gates };
  struct Found {
    ModelConfig config;
    CollapseOptions options;
    CollapseReport report;
  };

  explicit CollapsePanel(const ViewContext& context, QWidget* parent = nullptr);

  /// Shows what a run found.
  void setFound(const Found& found);
  void showPage(Page page);
  FactStrip& facts() const { return *m_facts; }
  IntervalBars& attribution() const { return *m_attribution; }
  FindingList& findings() const { return *m_findings; }
  CompositionChart& composition() const { return *m_composition; }
  MatrixChart& gates() const { return *m_gates; }

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
  int layer() const;
  void fillLayer();

  std::function<void(const Found&)> m_take = [this](const Found& found) { setFound(found); };
  SplitChoice* m_splits = nullptr;
  SegmentedSwitch* m_pages = nullptr;
  SegmentedSwitch* m_layers = nullptr;
  SegmentedSwitch* m_routers = nullptr;
  QStackedWidget* m_stack = nullptr;
  FactStrip* m_facts = nullptr;
  IntervalBars* m_attribution = nullptr;
  FindingList* m_findings = nullptr;
  CompositionChart* m_composition = nullptr;
  MatrixChart* m_gates = nullptr;
  Found m_found;
};

}  // namespace fusemoe::ui
