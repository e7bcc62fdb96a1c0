#pragma once

#include <QList>
#include <QStringList>

#include "panels/panel_frame.h"
#include "state/view_context.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace fusemoe::ui {

class Chart;
class ExperimentForm;
class SegmentedSwitch;
class TrainingHeat;
class TrainingLines;

/// Trains a model on the open cohort: an experiment to choose and edit, then the run as it goes on. The run itself is
/// the session's and lives on when the panel is closed.
class TrainingPanel : public PanelFrame {
  Q_OBJECT

 public:
  enum Page { Setup, Progress };

  explicit TrainingPanel(const ViewContext& context, QWidget* parent = nullptr);

  /// Files of experiments to offer with what is suggested.
  void setExperiments(const QStringList& files);
  void showPage(Page page);
  Page page() const;

  ExperimentForm& form() const { return *m_form; }
  QLineEdit& output() const { return *m_output; }
  QPushButton& startButton() const { return *m_start; }
  QPushButton& resumeButton() const { return *m_resume; }
  QPushButton& pauseButton() const { return *m_pause; }
  QPushButton& stopButton() const { return *m_stop; }
  QPushButton& openButton() const { return *m_open; }
  /// What keeps the run from beginning, and what next; empty when it can.
  QString problem() const;
  /// How far the run is, in words.
  QString status() const { return m_statusText; }
  TrainingLines& lines(int index) const { return *m_lines.at(index); }
  TrainingHeat& load() const { return *m_load; }
  TrainingHeat& watched() const { return *m_watched; }

  /// All charts, without the number of the stay that is watched.
  void draw(QPainter& painter, const QRect& area) const override;
  /// A quantity a row, of points and epochs; the watched stay's number only with identifiers.
  Table table(bool identifiers) const override;

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* makeSetup();
  QWidget* makeProgress();
  QWidget* makeButtons();
  QList<Chart*> charts() const;
  void followCohort();
  void followRun();
  void followStatus();
  void check();
  void suggestOutput();
  void chooseOutput();
  void chooseExperiment();
  void start(bool resume);
  std::string outputPath() const;

  ViewContext m_context;
  QStringList m_files;
  ExperimentForm* m_form;
  SegmentedSwitch* m_pages;
  SegmentedSwitch* m_layers;
  QStackedWidget* m_stack;
  QList<TrainingLines*> m_lines;
  TrainingHeat* m_load;
  TrainingHeat* m_watched;
  QLabel* m_watchedTitle = nullptr;
  QLineEdit* m_output = nullptr;
  QLabel* m_remark;
  QPushButton* m_start;
  QPushButton* m_resume;
  QPushButton* m_pause;
  QPushButton* m_stop;
  QPushButton* m_open;
  QString m_problem, m_explanation, m_statusText;
  std::string m_cohortPath;  // the form is for
  bool m_outputTyped = false;
};

}  // namespace fusemoe::ui
