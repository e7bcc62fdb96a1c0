#pragma once

#include <functional>

#include "analysis/donors.h"
#include "panels/analysis/analysis_panel.h"

class QComboBox;

namespace fusemoe::ui {

class DistributionChart;
class FactStrip;
class MatrixChart;

/// What the model would have said of this patient, had a missing modality been there: like stays lend theirs.
class DonorsPanel : public AnalysisPanel {
  Q_OBJECT

 public:
  struct Found {
    ModelConfig config;
    DonorOptions options;
    DonorReport report;
  };

  explicit DonorsPanel(const ViewContext& context, QWidget* parent = nullptr);

  /// Shows what a run found.
  void setFound(const Found& found);
  DistributionChart& chart() const { return *m_chart; }
  MatrixChart& donors() const { return *m_donors; }
  QComboBox& modality() const { return *m_modality; }

  /// The donors' ids.
  bool drawsIdentifiers() const override { return true; }

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
  int chosen() const;

  std::function<void(const Found&)> m_take = [this](const Found& found) { setFound(found); };
  QComboBox* m_modality = nullptr;
  FactStrip* m_facts = nullptr;
  DistributionChart* m_chart = nullptr;
  MatrixChart* m_donors = nullptr;
  Found m_found;
};

}  // namespace fusemoe::ui
