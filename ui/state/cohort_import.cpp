#include "state/cohort_import.h"

#include <algorithm>
#include <exception>
#include <mutex>
#include <utility>

#include "state/format.h"
#include "state/tasks.h"

namespace fusemoe::ui {
namespace {

constexpr int kTellEveryMs = 100;

/// The worker's border: nothing foreign is thrown past it.
template <class T, class Work>
Result<T> guarded(const Work& work) {
  try {
    return work();
  } catch (const std::exception& error) {
    return failure("Something unexpected happened while importing.", "Please report it.", error.what());
  }
}

}  // namespace

/// One import: where the worker leaves how far it is. Any thread.
struct CohortImport::Run {
  void tell(const Progress& progress) {
    const std::lock_guard lock(mutex);
    news = progress;
  }
  std::optional<Progress> take() {
    const std::lock_guard lock(mutex);
    return std::exchange(news, std::nullopt);
  }

 private:
  std::mutex mutex;
  std::optional<Progress> news;
};

Importing engineImporting() {
  return {fusemoe::importers(), previewImport, runImport};
}

CohortImport::CohortImport(TaskList& tasks, Importing importing, QObject* parent)
    : QObject(parent), m_tasks(tasks), m_importing(std::move(importing)) {
  m_timer.setInterval(kTellEveryMs);
  connect(&m_timer, &QTimer::timeout, this, &CohortImport::collect);
}

CohortImport::~CohortImport() = default;

const ImporterInfo* CohortImport::importerNamed(const std::string& name) const {
  const auto found = std::ranges::find(m_importing.importers, name, &ImporterInfo::name);
  return found == m_importing.importers.end() ? nullptr : &*found;
}

void CohortImport::look(const ImportRequest& request) {
  const std::uint64_t ticket = ++m_look;
  m_looking = true;
  m_looker.submit([this, ticket, request, preview = m_importing.preview](const std::stop_token& stop) {
    const auto answer =
        std::make_shared<Result<ImportPreview>>(guarded<ImportPreview>([&] { return preview(request, stop); }));
    const auto deliver = [this, ticket, answer] {
      if (ticket != m_look) return;
      m_looking = false;
      if (*answer) {
        Q_EMIT looked(**answer);
      } else {
        Q_EMIT lookFailed(answer->error());
      }
    };
    QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
  });
}

void CohortImport::stopLooking() {
  ++m_look;
  m_looking = false;
  m_looker.cancel();
}

void CohortImport::start(const ImportRequest& request) {
  if (m_run) return;
  m_request = request;
  m_fraction = -1;
  m_detail.clear();
  m_secondsLeft.reset();
  m_run = std::make_shared<Run>();
  m_task = m_tasks.begin(tr("Importing %1").arg(fileName(request.output)), this);
  connect(m_task, &Task::stopAsked, this, &CohortImport::stop, Qt::QueuedConnection);
  m_timer.start();
  setState(State::Running);
  m_worker.submit([this, request, work = m_run, run = m_importing.run](const std::stop_token& stop) {
    const auto tell = [work](const Progress& progress) { work->tell(progress); };
    const auto answer =
        std::make_shared<Result<ImportReport>>(guarded<ImportReport>([&] { return run(request, tell, stop); }));
    const auto deliver = [this, work, answer] {
      if (work == m_run) finish(*answer);
    };
    QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
  });
}

void CohortImport::stop() {
  if (m_state != State::Running) return;
  m_worker.cancel();
  delete std::exchange(m_task, nullptr);
  setState(State::Stopping);
}

void CohortImport::collect() {
  const std::optional<Progress> news = m_run->take();
  if (!news) return;
  m_fraction = news->fraction;
  m_detail = QString::fromStdString(news->text);
  m_secondsLeft.reset();
  if (news->secondsLeft >= 0) m_secondsLeft = news->secondsLeft;
  if (m_task) m_task->setProgress(m_fraction, m_detail, m_secondsLeft);
  Q_EMIT progressed();
}

void CohortImport::finish(const Result<ImportReport>& answer) {
  const bool asked = m_state == State::Stopping;
  m_timer.stop();
  m_run.reset();
  delete std::exchange(m_task, nullptr);
  setState(State::Idle);
  if (answer) {
    Q_EMIT imported(*answer);
  } else if (asked) {
    Q_EMIT stopped();
  } else {
    Q_EMIT failed(answer.error());
  }
}

void CohortImport::setState(State state) {
  if (state == m_state) return;
  m_state = state;
  Q_EMIT stateChanged();
}

CohortInfo withVariablesMoved(const CohortInfo& proposed, const std::map<std::string, std::string>& modalityOf) {
  CohortInfo info = proposed;
  std::vector<std::pair<std::string, std::pair<CohortVariable, ModalityKind>>> moved;
  for (CohortModality& modality : info.modalities) {
    std::erase_if(modality.variables, [&](const CohortVariable& variable) {
      const auto wanted = modalityOf.find(variable.name);
      if (wanted == modalityOf.end() || wanted->second == modality.name) return false;
      if (!wanted->second.empty()) moved.push_back({wanted->second, {variable, modality.kind}});
      return true;
    });
  }
  for (const auto& [name, what] : moved) {
    auto target = std::ranges::find(info.modalities, name, &CohortModality::name);
    if (target == info.modalities.end())
      target = info.modalities.insert(info.modalities.end(), CohortModality{name, name, what.second, 0, {}});
    target->variables.push_back(what.first);
  }
  std::erase_if(info.modalities, [](const CohortModality& modality) {
    return modality.kind != ModalityKind::Vectors && modality.variables.empty();
  });
  return info;
}

}  // namespace fusemoe::ui
