#pragma once

#include <QString>
#include <functional>
#include <map>
#include <memory>

#include "analysis/support.h"
#include "panels/analysis/analysis_panel.h"

namespace fusemoe::ui {

class DistributionChart;
class FactStrip;
class IntervalBars;

/// Is this patient, under this mask, routed as training stays are? After the first run it follows patient and mask;
/// the training stays' routing is kept for each mask and pattern.
class SupportPanel : public AnalysisPanel {
  Q_OBJECT

 public:
  struct Found {
    ModelConfig config;
    SupportOptions options;
    SupportReport report;
  };

  explicit SupportPanel(const ViewContext& context, QWidget* parent = nullptr);

  /// Shows what a run found.
  void setFound(const Found& found);
  DistributionChart& chart() const { return *m_chart; }
  IntervalBars& misrouted() const { return *m_misrouted; }
  FactStrip& facts() const { return *m_facts; }

 protected:
  QWidget* makeContent(QHBoxLayout& controls) override;
  QString missing() const override;
  QString inputs() const override;
  Work work() const override;
  QString note() const override;
  void drawAnswer(QPainter& painter, const QRect& area) const override;
  Table answerTable(bool identifiers) const override;

 private:
  using Reference = std::shared_ptr<const SupportReference>;

  static QString misroutedTitle();
  SupportOptions options() const;
  /// What the training stays' routing depends on.
  QString referenceKey() const;
  void runIfFollowing();

  struct Answer {
    Found found;
    Reference reference;
    QString key, cohort;
  };
  void take(const Answer& answer);

  std::function<void(const Answer&)> m_take = [this](const Answer& answer) { take(answer); };
  std::map<QString, Reference> m_references;
  QString m_followed;  // model and cohort it was run for
  DistributionChart* m_chart = nullptr;
  IntervalBars* m_misrouted = nullptr;
  QWidget* m_misroutedBox = nullptr;
  FactStrip* m_facts = nullptr;
  Found m_found;
};

}  // namespace fusemoe::ui
