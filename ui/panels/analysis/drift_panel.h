#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "analysis/routing_drift.h"
#include "panels/analysis/analysis_panel.h"

class QComboBox;

namespace fusemoe::ui {

class AnswerTable;
class DistributionChart;
class MatrixChart;
class SegmentedSwitch;

/// How far routing moves when modalities are hidden: of the stay shown, layer by router, against what everything is
/// compared with; and of the stays of the cohort, ranked.
class DriftPanel : public AnalysisPanel {
  Q_OBJECT

 public:
  explicit DriftPanel(const ViewContext& context, QWidget* parent = nullptr);

  /// One stay of the ranking under one mask.
  struct Moved {
    std::int64_t stayId = 0;
    ModalityMask mask = 0;
    Drift drift;                   ///< mean over layers and routers
    double before = 0, after = 0;  ///< probability of the first label
  };
  const std::vector<Moved>& moved() const { return *m_moved; }
  MatrixChart& matrix() const { return *m_matrix; }
  DistributionChart& histogram() const { return *m_histogram; }
  AnswerTable& ranking() const { return *m_table; }
  QComboBox& masks() const { return *m_masks; }

  bool drawsIdentifiers() const override { return true; }

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
  RoutingSpace space() const;
  double measured(const Drift& drift) const;
  QString measureName() const;
  ModalityMask askedMask() const;
  QString maskText(ModalityMask mask) const;
  void fillMasks();
  void showStay();
  void showRanking();
  void brush();

  std::shared_ptr<const std::vector<Moved>> m_moved = std::make_shared<const std::vector<Moved>>();
  QString m_ranked;  // the slice
  SegmentedSwitch* m_measure = nullptr;
  SegmentedSwitch* m_space = nullptr;
  SegmentedSwitch* m_scope = nullptr;
  QComboBox* m_masks = nullptr;
  MatrixChart* m_matrix = nullptr;
  DistributionChart* m_histogram = nullptr;
  AnswerTable* m_table = nullptr;
};

}  // namespace fusemoe::ui
