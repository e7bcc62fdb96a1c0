#pragma once

#include <functional>
#include <stop_token>

#include "base/progress.h"
#include "base/result.h"
#include "panels/panel_frame.h"
#include "state/background_analysis.h"
#include "state/change.h"
#include "state/view_context.h"

class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace fusemoe::ui {

/// Base of the analyses' docks: a row of controls, what was found, and one line of n, interval and space below it. It
/// is filled when first shown, so that a dock nobody opens costs nothing. It says what to do while nothing is open,
/// offers to run what takes long, dims the picture while a newer one is computed, and says when the inputs have changed
/// since. What is quick runs by itself while it is to be seen.
class AnalysisPanel : public PanelFrame {
  Q_OBJECT

 public:
  enum class State {
    Nothing,   ///< something must be opened or chosen first
    NotRun,    ///< waits for the Run button
    Running,   ///< what was found before stays, dimmed
    Failed,    ///< says why
    Shown,     ///< of the inputs as they are
    Outdated,  ///< of inputs that have changed since
  };
  /// What tells one analysis from another.
  struct About {
    QString key;            ///< names it in layouts and on the command line
    QString title;          ///< of the panel and of its menu entry
    QString offer;          ///< what Run will do, and how long that may take: said before it was run
    bool byItself = false;  ///< takes well under a second: runs without being asked and is not listed as a task
    bool always = false;    ///< its content also shows something before the run
  };

  AnalysisPanel(const ViewContext& context, About about, QWidget* parent = nullptr);
  ~AnalysisPanel() override;

  const About& about() const { return m_about; }
  State state() const { return m_state; }
  bool busy() const override { return m_state == State::Running; }
  /// What is said in place of the content, or under it.
  QString said() const;
  QPushButton& runButton() const { return *m_run; }
  /// Begins the analysis of what is open now; a run under way is replaced. Does nothing while something is missing.
  void run();
  /// Runs unless what is shown is the answer, or on its way.
  void compute() override {
    if (m_state != State::Shown && m_state != State::Running) run();
  }
  /// Fills the panel, as its first showing does.
  void fill();

  /// What was found with its note; nothing before.
  void draw(QPainter& painter, const QRect& area) const final;
  Table table(bool identifiers) const final;

 protected:
  /// Takes over what was found; called on the GUI thread.
  using Take = std::function<void()>;
  /// The work itself, on a worker thread: it reads nothing but what it was given by value.
  using Work = BackgroundAnalysis<Take>::Work;

  /// Makes the content, once; controls go into their row, from the left.
  virtual QWidget* makeContent(QHBoxLayout& controls) = 0;
  /// What must be opened or chosen first, with the next step; empty = it can run. By default a model and a stay.
  virtual QString missing() const;
  /// Names everything the answer depends on: the same text, the same answer.
  virtual QString inputs() const = 0;
  /// The work for the inputs as they are now.
  virtual Work work() const = 0;
  /// Something else of the document changed: controls that follow it are set here. Only called once filled.
  virtual void follow(Changes /*changes*/) {}
  /// The line under what was found: n, interval, space.
  virtual QString note() const = 0;
  /// Draws what was found, in lines and text.
  virtual void drawAnswer(QPainter& painter, const QRect& area) const = 0;
  virtual Table answerTable(bool identifiers) const = 0;

  const ViewContext& context() const { return m_context; }
  /// A control changed what is asked for: runs anew, or says that what is shown is out of date.
  void inputsChanged();
  /// What is put up is the answer to the inputs as they are, wherever it was found.
  void adopt();
  /// What is shown of the answer changed, its note with it.
  void refreshNote();
  /// Model, stay with its edits, and intervention, by their digests; for inputs().
  QString stayInputs() const;
  /// Model as trained, and cohort.
  QString cohortInputs() const;
  /// For missing(): a model and a cohort.
  QString missingCohort() const;

 private:
  class Veil;

  void begin();
  void end(const Result<Take>& answer);
  void setState(State state);
  void refresh();
  QString statusLine() const;
  QString hintText() const;

  ViewContext m_context;
  About m_about;
  State m_state = State::Nothing;
  bool m_filled = false;
  bool m_seen = false;
  bool m_answered = false;   // something was found and is drawn
  bool m_failed = false;     // the last run
  QString m_askedInputs;     // of the run under way, or the last
  QString m_answeredInputs;  // of what is drawn
  Error m_error;
  QWidget* m_controls = nullptr;
  QStackedWidget* m_pages = nullptr;
  QLabel* m_hint = nullptr;
  QLabel* m_note = nullptr;
  QPushButton* m_run;
  QPushButton* m_again = nullptr;
  Veil* m_veil = nullptr;
  BackgroundAnalysis<Take> m_analysis;  // last: joins before the rest goes
};

}  // namespace fusemoe::ui
