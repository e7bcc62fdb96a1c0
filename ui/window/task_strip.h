#pragma once

#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <optional>

#include "state/tasks.h"

class QFrame;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace fusemoe::ui {

class ProgressLine;

/// One piece of long work in a row of fixed size: name, how far, time left, cancel. Nothing of it asks for a layout.
class TaskRow : public QWidget {
  Q_OBJECT

 public:
  explicit TaskRow(QWidget* parent = nullptr);

  void setTask(Task* task);
  const Task* task() const { return m_task; }
  /// Takes over the task's numbers.
  void refresh();
  QString text() const;
  QToolButton& cancelButton() const { return *m_cancel; }

 private:
  QPointer<Task> m_task;
  QLabel* m_title;
  ProgressLine* m_progress;
  QLabel* m_left;
  QToolButton* m_cancel;
};

/// Long work under way: the oldest task, and the others in a list that opens. Takes over progress four times a second,
/// however often it is told. Invisible when nothing is under way.
class TaskStrip : public QWidget {
  Q_OBJECT

 public:
  /// `tasks` outlives the strip.
  explicit TaskStrip(TaskList& tasks, QWidget* parent = nullptr);

  TaskRow& row() const { return *m_row; }
  QToolButton& moreButton() const { return *m_more; }
  QFrame& list() const { return *m_list; }

 private:
  void follow();
  void refresh();
  void openList();
  void fillList();

  TaskList& m_tasks;
  TaskRow* m_row;
  QToolButton* m_more;
  QFrame* m_list;
  QVBoxLayout* m_listColumn;
  QList<TaskRow*> m_listed;
  QTimer m_pace;
};

/// "0:14 left", "1:02:10 left"; empty while that cannot be said.
QString timeLeft(std::optional<double> seconds);

}  // namespace fusemoe::ui
