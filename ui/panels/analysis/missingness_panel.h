#pragma once

#include <functional>

#include "analysis/missingness.h"
#include "panels/analysis/analysis_panel.h"

class QComboBox;

namespace fusemoe::ui {

class FactStrip;
class IntervalBars;
class SplitChoice;

/// Stays that truly lack a modality against like stays that have it masked: what the absence itself says.
class MissingnessPanel : public AnalysisPanel {
  Q_OBJECT

 public:
  struct Found {
    ModelConfig config;
    MissingnessOptions options;
    MissingnessReport report;
  };

  explicit MissingnessPanel(const ViewContext& context, QWidget* parent = nullptr);

  /// Shows what a run found.
  void setFound(const Found& found);
  IntervalBars& differences() const { return *m_differences; }
  IntervalBars& routing() const { return *m_routing; }
  IntervalBars& balance() const { return *m_balance; }
  QComboBox& modality() const { return *m_modality; }

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
  std::function<void(const Found&)> m_take = [this](const Found& found) { setFound(found); };
  QComboBox* m_modality = nullptr;
  SplitChoice* m_splits = nullptr;
  FactStrip* m_facts = nullptr;
  IntervalBars* m_differences = nullptr;
  IntervalBars* m_routing = nullptr;
  IntervalBars* m_balance = nullptr;
  Found m_found;
};

}  // namespace fusemoe::ui
