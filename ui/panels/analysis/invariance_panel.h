#pragma once

#include <memory>

#include "analysis/invariance.h"
#include "panels/analysis/analysis_panel.h"

class QColor;
class QLabel;

namespace fusemoe::ui {

class AnswerTable;

/// Whether the numbers of the stay depend on how they are computed: alone, in batches, with other threads.
class InvariancePanel : public AnalysisPanel {
  Q_OBJECT

 public:
  explicit InvariancePanel(const ViewContext& context, QWidget* parent = nullptr);

  /// "The same in 8 ways …", or by how much it differs.
  QString verdict() const;
  AnswerTable& rows() const { return *m_table; }

 protected:
  QWidget* makeContent(QHBoxLayout& controls) override;
  QString inputs() const override { return stayInputs(); }
  Work work() const override;
  QString note() const override;
  void drawAnswer(QPainter& painter, const QRect& area) const override;
  Table answerTable(bool identifiers) const override;

 private:
  void show(std::shared_ptr<const InvarianceReport> report);
  void ink();
  QColor verdictColour() const;

  std::shared_ptr<const InvarianceReport> m_report;
  QLabel* m_verdict = nullptr;
  AnswerTable* m_table = nullptr;
};

}  // namespace fusemoe::ui
