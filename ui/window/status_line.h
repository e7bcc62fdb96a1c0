#pragma once

#include <QStatusBar>

#include "state/view_context.h"

class QLabel;
class QToolButton;

namespace fusemoe::ui {

class TaskStrip;

/// What is open, where it runs, what is being computed, what went wrong last, and long work under way.
class StatusLine : public QStatusBar {
  Q_OBJECT

 public:
  explicit StatusLine(const ViewContext& context, QWidget* parent = nullptr);

  /// A word on the session ("Session saved"), until the next.
  void say(const QString& text, const QString& tip);
  TaskStrip& tasks() const { return *m_tasks; }
  /// Shown once something went wrong; its text is the last error.
  QToolButton& lastError() const { return *m_error; }

 Q_SIGNALS:
  /// The last error was clicked.
  void logAsked();

 private:
  void refresh();
  void noteErrors();

  ViewContext m_context;
  QLabel* m_model;
  QLabel* m_cohort;
  QLabel* m_device;
  QLabel* m_work;
  QToolButton* m_error;
  QLabel* m_note;
  TaskStrip* m_tasks;
};

}  // namespace fusemoe::ui
