// fusemoe-explorer: the window. Wiring only.
#include <time.h>
#include <unistd.h>

#include <QApplication>
#include <QFile>
#include <QIcon>
#include <QTimer>
#include <cstdio>
#include <memory>

#include "api/engine.h"
#include "base/cpu.h"
#include "options.h"
#include "outputs.h"
#include "resource_files.h"
#include "state/activity_log.h"
#include "state/appearance.h"
#include "state/cohort_import.h"
#include "state/cohort_sweep.h"
#include "state/document.h"
#include "state/program_trust.h"
#include "state/selection.h"
#include "state/settings.h"
#include "state/tasks.h"
#include "state/training_session.h"
#include "toggle_bench.h"
#include "window/main_window.h"
#include "window/responsive_application.h"
#include "window/session_shell.h"
#include "window/style.h"
#include "window/theme_keeper.h"
#include "window/translations.h"
#include "window/trust_dialog.h"

using namespace fusemoe;
using namespace fusemoe::ui;

namespace {

constexpr int kPatienceMs = 60000;
constexpr QSize kFirstSize(1440, 900);

int fail(int code, const QString& line) {
  std::fprintf(stderr, "fusemoe-explorer: %s\n", qPrintable(line));
  return code;
}

/// Seconds since the process was started, from the kernel (10 ms steps).
double secondsSinceStart() {
  QFile file(QStringLiteral("/proc/self/stat"));
  if (!file.open(QIODevice::ReadOnly)) return 0;
  const QByteArray stat = file.readAll();
  const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  constexpr int kStartTime = 19;  // field 22 of stat, counted after the name
  return double(now.tv_sec) + double(now.tv_nsec) / 1e9 -
         fields.value(kStartTime).toDouble() / double(sysconf(_SC_CLK_TCK));
}

/// Where there is no display, pictures, summaries and --help still come, from Qt's offscreen platform. True if so.
bool goOffscreenWithoutDisplay() {
  for (const char* set : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
    if (!qEnvironmentVariableIsEmpty(set)) return false;
  return qputenv("QT_QPA_PLATFORM", "offscreen");
}

/// Ends the program with the code of the first call; later ones count for nothing.
void leave(int code) {
  static bool left = false;
  if (!left) QApplication::exit(code);
  left = true;
}

/// Notes when the window is first painted.
class FirstPaint : public QObject {
 public:
  double seconds = 0;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (seconds == 0 && event->type() == QEvent::Paint) seconds = secondsSinceStart();
    return QObject::eventFilter(watched, event);
  }
};

Openers openers(ProgramTrust& trust) {
  const auto openModel = [&trust](const std::string& path) -> Result<OpenedModel> {
    const Result<Engine*> engine = loadEngine();
    if (!engine) return failure(engine.error());
    const Result<OpenOptions> allowed = trust.optionsFor(path);
    if (!allowed) return failure(allowed.error());
    const Result<ModelPtr> model = (*engine)->open(path, *allowed);
    if (!model) return failure(model.error());
    return OpenedModel{path, *model, (*engine)->info()};
  };
  return {openModel, [](const std::string& path) { return CohortStore::open(path); }};
}

SessionState wantedState(const Options& options) {
  SessionState state;
  state.modelPath = (options.model.isEmpty() ? bundledModel() : options.model).toStdString();
  state.cohortPath = (options.cohort.isEmpty() ? bundledCohort() : options.cohort).toStdString();
  state.stayId = options.stay;
  for (const QString& name : options.mask) state.masked.insert(name.toStdString());
  state.routingView = routingViewOf(options.view);
  return state;
}

/// What the command line asked for and the files do not have; empty when all is there.
QString unmetWish(const Options& options, const Document& document) {
  if (document.model()) {
    std::vector<std::string> names;
    for (const QString& name : options.mask) names.push_back(name.toStdString());
    const Result<ModalityMask> mask = maskFromNames(document.model()->config(), names);
    if (!mask) return QString::fromStdString(mask.error().line());
  }
  if (options.stay != 0 && document.cohort() && document.state().stayId != options.stay) {
    return QStringLiteral("There is no stay %1 in %2.")
        .arg(options.stay)
        .arg(QString::fromStdString(document.state().cohortPath));
  }
  return {};
}

/// What the window begins with: what the command line names; else what was open last; else the demo.
void begin(const Options& options, Document& document, MainWindow& window) {
  SessionShell& sessions = window.sessions();
  if (!options.unattended()) sessions.autosaveIn(stateFolder() + QStringLiteral("/autosave"));
  if (!options.session.isEmpty()) {
    sessions.keeper().open(options.session, SessionKeeper::As::Start);
    return;
  }
  if (!options.unattended() && !options.namesState() && sessions.startWithLast()) return;
  SessionState wanted = wantedState(options);
  wanted.cohortPath = document.nameDatabase(wanted.cohortPath);
  document.start(wanted);
  if (!options.namesState()) window.greet();
}

}  // namespace

int main(int argc, char** argv) {
  restartWithNumericEnvironment(argv);
  const bool withoutDisplay = goOffscreenWithoutDisplay();
  ResponsiveApplication application(argc, argv);
  QApplication::setApplicationName(QStringLiteral("FuseMoE Explorer"));
  QApplication::setApplicationVersion(QStringLiteral(FUSEMOE_VERSION));
  const Result<Options> options = parseOptions(QApplication::arguments());
  if (!options) return fail(2, QString::fromStdString(options.error().line()));
  if (!options->text.isEmpty()) {
    std::fputs(qPrintable(options->text), stdout);
    return 0;
  }
  if (withoutDisplay && !options->unattended())
    return fail(1, QStringLiteral("There is no display to open a window on. Use --screenshot FILE, or xvfb-run."));
  QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/fusemoe-explorer.svg")));
  // Runs without a person neither read nor write what people set.
  Settings settings(options->unattended() ? QString() : stateFolder() + QStringLiteral("/settings.ini"));
  useLanguage(options->language.isEmpty() ? settings.language() : options->language);
  Appearance appearance(Theme::light());
  ThemeKeeper themes(application, appearance, settings, options->dark,
                     [&application] { return systemPrefersDark(application); });
  ProgramTrust trust(options->trust          ? ProgramTrust::Policy::Always
                     : options->unattended() ? ProgramTrust::Policy::Never
                                             : ProgramTrust::Policy::Ask);
  // Before the document goes, which waits for its workers.
  QObject::connect(&application, &QApplication::aboutToQuit, &trust, &ProgramTrust::withdraw);
  Document document(openers(trust));
  ui::Selection selection;
  TaskList tasks;
  ActivityLog log;
  CohortSweep sweep(document, tasks);
  const auto followRisk = [&] { sweep.setEnabled(!options->benchToggle && settings.backgroundRisk()); };
  QObject::connect(&settings, &Settings::changed, &sweep, followRisk);
  followRisk();
  std::unique_ptr<ToggleBench> bench;
  if (options->benchToggle) bench = std::make_unique<ToggleBench>(document);
  CohortImport imports(tasks, engineImporting());
  TrainingSession training(document, tasks, [] { return loadEngine(); });
  const ViewContext context{document, selection, appearance, tasks, sweep, settings, log, imports, training};
  MainWindow window(context);
  askAboutPrograms(trust, window);
  if (const Result<void> known = checkView(*options, window); !known)
    return fail(2, QString::fromStdString(known.error().line()));
  Outputs outputs(*options, context, window);
  FirstPaint firstPaint;
  window.installEventFilter(&firstPaint);
  themes.listenAt(window);
  window.setDemo(wantedState({}));
  window.setExperiments(bundledExperiments());
  if (options->size || !window.restoreGeometry(settings.windowGeometry()))
    window.resize(options->size.value_or(kFirstSize));
  window.show();

  QObject::connect(&document, &Document::changed, &window, [&](Changes changes) {
    if (!(changes & (Change::Model | Change::Cohort)) || document.undoStack().count() > 0) return;
    if (const QString wish = unmetWish(*options, document); !wish.isEmpty()) leave(fail(1, wish));
  });
  // From the first state on: the first show and the first pictures fill every cache there is.
  if (const std::optional<double> budget = ResponsiveApplication::wantedBudget()) {
    const auto measure = [&application, budget] {
      application.begin(*budget, [](const SlowEvent& event) { qWarning("%s", qPrintable(describe(event))); });
    };
    QObject::connect(&document, &Document::becameSettled, &window, measure,
                     Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
  }
  if (options->unattended()) {
    const auto giveUp = [](const Error& error) { leave(fail(1, QString::fromStdString(error.line()))); };
    QObject::connect(&document, &Document::errorRaised, &window, giveUp);
    QObject::connect(&document, &Document::openingFailed, &window,
                     [giveUp](FileRole, const QString&, const Error& error) { giveUp(error); });
    QObject::connect(&window.sessions().keeper(), &SessionKeeper::failed, &window, giveUp);
    const auto finish = [&] {
      outputs.write(firstPaint.seconds, [&](Result<void> done) {
        if (done && bench) {
          const Result<QString> report = bench->run(window);
          if (report) std::printf("%sfirst window %.2f s after start\n", qPrintable(*report), firstPaint.seconds);
          if (!report) done = failure(report.error());
        }
        leave(done ? 0 : fail(1, QString::fromStdString(done.error().line())));
      });
    };
    // Queued, so that layouts follow the new content before a picture is taken.
    QObject::connect(&document, &Document::becameSettled, &window, finish,
                     Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
    QTimer::singleShot(kPatienceMs, &window,
                       [] { leave(fail(1, QStringLiteral("The state asked for did not come in a minute."))); });
  }
  QTimer::singleShot(0, &window, [&] { begin(*options, document, window); });
  return QApplication::exec();
}
