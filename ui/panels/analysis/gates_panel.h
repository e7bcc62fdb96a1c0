#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "api/model_config.h"
#include "panels/analysis/analysis_panel.h"

class QPushButton;

namespace fusemoe::ui {

class AnswerTable;
class IntervalBars;
class SegmentedSwitch;

/// Gate and router laboratory: the stay under each gate on the same tokens, and under other checkpoints, side by side;
/// a switch puts another gate in place live. Runs by itself.
class GatesPanel : public AnalysisPanel {
  Q_OBJECT

 public:
  explicit GatesPanel(const ViewContext& context, QWidget* parent = nullptr);

  /// One model and gate, and what they give for the stay and mask shown.
  struct Row {
    QString model;
    std::optional<Gate> gate;  ///< another than it was trained with
    Gate trained = Gate::Laplace;
    Router router = Router::PerModality;
    std::optional<double> probability;
    QString experts;  ///< the most used of each router in the layer shown
    QString problem;
  };
  const std::vector<Row>& rows() const { return m_rows; }
  /// Adds checkpoints to compare with, by path; those there already stay.
  void addModels(const QStringList& paths);
  SegmentedSwitch* choice() const { return m_choice; }

 protected:
  QWidget* makeContent(QHBoxLayout& controls) override;
  QString inputs() const override;
  Work work() const override;
  void follow(Changes changes) override;
  QString note() const override;
  void drawAnswer(QPainter& painter, const QRect& area) const override;
  Table answerTable(bool identifiers) const override;

 private:
  struct Opened;

  void choose(std::optional<Gate> gate);
  void askForModels();
  void showFlow();
  void show(std::vector<Row> rows);

  std::vector<Row> m_rows;
  QStringList m_paths;
  std::shared_ptr<Opened> m_opened;  // checkpoints read so far; worker threads
  SegmentedSwitch* m_choice = nullptr;
  QPushButton* m_clear = nullptr;
  IntervalBars* m_bars = nullptr;
  AnswerTable* m_table = nullptr;
};

}  // namespace fusemoe::ui
