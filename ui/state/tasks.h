#pragma once

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QString>
#include <optional>

namespace fusemoe::ui {

/// One piece of long work as the user sees it: name, how far, how long still, and a way to stop it. GUI thread; owned
/// by whoever works, gone from the list when destroyed.
class Task : public QObject {
  Q_OBJECT

 public:
  const QString& title() const { return m_title; }
  /// 0 … 1; below 0 = not known.
  double fraction() const { return m_fraction; }
  /// What the numbers are ("6,112 of 10,000"); may be empty.
  const QString& detail() const { return m_detail; }
  /// Seconds still to go, as the work itself says or at the pace so far; nothing while that cannot be said.
  std::optional<double> secondsLeft() const;

  /// `secondsLeft` where the work knows better than its pace tells.
  void setProgress(double fraction, const QString& detail = {}, std::optional<double> secondsLeft = std::nullopt);
  /// For the user's cancel button; the owner answers within 200 ms by destroying the task.
  void askToStop() { Q_EMIT stopAsked(); }

 Q_SIGNALS:
  void progressed();
  void stopAsked();

 private:
  friend class TaskList;
  Task(const QString& title, QObject* parent) : QObject(parent), m_title(title) { m_clock.start(); }

  QString m_title;
  QString m_detail;
  double m_fraction = -1;
  std::optional<double> m_secondsLeft;
  QElapsedTimer m_clock;
};

/// All long work under way, oldest first. GUI thread.
class TaskList : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  /// Begins a task; its owner destroys it (or `owner` does) when the work is over.
  Task* begin(const QString& title, QObject* owner);
  const QList<Task*>& running() const { return m_running; }

 Q_SIGNALS:
  /// A task began, went on or ended.
  void changed();

 private:
  QList<Task*> m_running;
};

}  // namespace fusemoe::ui
