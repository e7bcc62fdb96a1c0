#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace fusemoe::ui {

class Document;
class Task;
class TaskList;

/// Lists the opening of files as a task that can be cancelled, when it takes long enough to say so. GUI thread.
class LoadingTask : public QObject {
  Q_OBJECT

 public:
  static constexpr int kDelayMs = 250;

  /// Both outlive it.
  LoadingTask(Document& document, TaskList& tasks, QObject* parent = nullptr);

 private:
  void follow();
  void begin();

  Document& m_document;
  TaskList& m_tasks;
  QTimer m_delay;
  QPointer<Task> m_task;
};

}  // namespace fusemoe::ui
