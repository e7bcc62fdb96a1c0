#include "state/loading_task.h"

#include <QStringList>

#include "state/document.h"
#include "state/format.h"
#include "state/tasks.h"

namespace fusemoe::ui {

LoadingTask::LoadingTask(Document& document, TaskList& tasks, QObject* parent)
    : QObject(parent), m_document(document), m_tasks(tasks) {
  m_delay.setSingleShot(true);
  m_delay.setInterval(kDelayMs);
  connect(&m_delay, &QTimer::timeout, this, &LoadingTask::begin);
  connect(&document, &Document::loadingChanged, this, &LoadingTask::follow);
}

void LoadingTask::follow() {
  const bool opening = !m_document.opening().empty();
  if (opening && m_task) begin();  // perhaps another file
  if (opening && !m_task && !m_delay.isActive()) m_delay.start();
  if (opening) return;
  m_delay.stop();
  delete m_task;
}

void LoadingTask::begin() {
  QStringList names;
  for (const std::string& path : m_document.opening()) names << fileName(path);
  const QString title = tr("Opening %1").arg(names.join(QStringLiteral(", ")));
  if (m_task && m_task->title() == title) return;
  delete m_task;
  m_task = m_tasks.begin(title, this);
  connect(
      m_task, &Task::stopAsked, this, [this] { m_document.cancelLoading(); }, Qt::QueuedConnection);
}

}  // namespace fusemoe::ui
