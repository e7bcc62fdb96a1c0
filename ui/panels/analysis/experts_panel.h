#pragma once

#include <memory>

#include "analysis/expert_effect.h"
#include "panels/analysis/analysis_panel.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace fusemoe::ui {

class IntervalBars;
class SegmentedSwitch;

/// Changes experts of the model, alone and live, and ranks them by what the predictions of many stays lose without
/// each.
class ExpertsPanel : public AnalysisPanel {
  Q_OBJECT

 public:
  explicit ExpertsPanel(const ViewContext& context, QWidget* parent = nullptr);

  SegmentedSwitch& kind() const { return *m_kind; }
  QComboBox& layer() const { return *m_layer; }
  QComboBox& expert() const { return *m_expert; }
  QComboBox& other() const { return *m_other; }
  QSpinBox& topK() const { return *m_topK; }
  QPushButton& applyButton() const { return *m_apply; }
  QPushButton& removeButton() const { return *m_remove; }
  /// What the changes make of the prediction of the stay shown.
  QString effect() const;
  IntervalBars& bars() const { return *m_bars; }

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
  void makeSwitches(QHBoxLayout& controls);
  void fillChoices();
  void apply();
  void knockOut(const ExpertEffect& effect);
  void showEffect();
  void showRanking();

  std::shared_ptr<const ExpertRanking> m_ranking;
  ModalityMask m_rankedMask = 0;
  QString m_rankedSlice;
  SegmentedSwitch* m_kind = nullptr;
  SegmentedSwitch* m_scope = nullptr;
  SegmentedSwitch* m_measure = nullptr;
  QComboBox* m_layer = nullptr;
  QComboBox* m_expert = nullptr;
  QComboBox* m_other = nullptr;
  QSpinBox* m_topK = nullptr;
  QPushButton* m_apply = nullptr;
  QPushButton* m_remove = nullptr;
  QLabel* m_effect = nullptr;
  IntervalBars* m_bars = nullptr;
};

}  // namespace fusemoe::ui
