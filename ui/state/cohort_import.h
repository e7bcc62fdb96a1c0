#pragma once

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/latest_worker.h"
#include "cohort/import/importer.h"

namespace fusemoe::ui {

class Task;
class TaskList;

/// What imports: the engine's importers, or those of a test.
struct Importing {
  std::span<const ImporterInfo> importers;
  std::function<Result<ImportPreview>(const ImportRequest&, const std::stop_token&)> preview;
  std::function<Result<ImportReport>(const ImportRequest&, const ProgressSink&, const std::stop_token&)> run;
};
Importing engineImporting();

/// Looks into sources and imports them, each on a thread of its own; one import at a time, which goes on whatever is
/// shown. GUI thread.
class CohortImport : public QObject {
  Q_OBJECT

 public:
  enum class State { Idle, Running, Stopping };

  CohortImport(TaskList& tasks, Importing importing, QObject* parent = nullptr);
  /// Stops the import: its target stays as it was.
  ~CohortImport() override;

  std::span<const ImporterInfo> importers() const { return m_importing.importers; }
  const ImporterInfo* importerNamed(const std::string& name) const;

  /// Looks into a source; a newer look replaces an older one, whose answer is dropped.
  void look(const ImportRequest& request);
  void stopLooking();
  bool looking() const { return m_looking; }

  /// Begins an import; does nothing while one is under way.
  void start(const ImportRequest& request);
  void stop();
  State state() const { return m_state; }
  const ImportRequest& request() const { return m_request; }
  /// 0 … 1, below 0 = not known; what is being done; seconds to go.
  double fraction() const { return m_fraction; }
  const QString& detail() const { return m_detail; }
  std::optional<double> secondsLeft() const { return m_secondsLeft; }

 Q_SIGNALS:
  void looked(const fusemoe::ImportPreview& preview);
  void lookFailed(const fusemoe::Error& error);
  void stateChanged();
  void progressed();
  void imported(const fusemoe::ImportReport& report);
  /// Not after a stop: then `stopped`.
  void failed(const fusemoe::Error& error);
  void stopped();

 private:
  struct Run;

  void setState(State state);
  void collect();
  void finish(const Result<ImportReport>& answer);

  TaskList& m_tasks;
  Importing m_importing;
  ImportRequest m_request;
  std::uint64_t m_look = 0;  // ticket of the look that is wanted
  bool m_looking = false;
  std::shared_ptr<Run> m_run;  // the import under way, else null
  Task* m_task = nullptr;
  QTimer m_timer;
  State m_state = State::Idle;
  double m_fraction = -1;
  QString m_detail;
  std::optional<double> m_secondsLeft;
  LatestWorker m_looker, m_worker;  // last: they join before the rest goes
};

/// What files or a folder that the user dropped are likely to be: an importer and the options they answer. Empty
/// importer = nothing known. Looks at names only.
ImportRequest guessSource(const QStringList& paths, std::span<const ImporterInfo> importers);

/// The modalities with variables moved as the request says; those left without variables are gone.
CohortInfo withVariablesMoved(const CohortInfo& proposed, const std::map<std::string, std::string>& modalityOf);

}  // namespace fusemoe::ui
