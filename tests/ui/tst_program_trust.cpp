#include <archive.h>
#include <archive_entry.h>

#include <QDir>
#include <QFile>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <atomic>

#include "panels/message_bar.h"
#include "state/program_trust.h"
#include "support/workbench.h"
#include "window/main_window.h"
#include "window/style.h"
#include "window/trust_dialog.h"

using namespace fusemoe;
using namespace fusemoe::test;
using namespace fusemoe::ui;

namespace {

/// A zip archive with TorchScript's parts, which no test here runs.
void writeProgram(const QString& path, const QByteArray& source) {
  archive* out = archive_write_new();
  archive_write_set_format_zip(out);
  if (archive_write_open_filename(out, QFile::encodeName(path)) != ARCHIVE_OK) qFatal("cannot write the test's file");
  for (const auto& [name, bytes] :
       {std::pair("p/constants.pkl", QByteArray("x")), std::pair("p/code/__torch__.py", source)}) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, bytes.size());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(out, entry);
    archive_write_data(out, bytes.constData(), std::size_t(bytes.size()));
    archive_entry_free(entry);
  }
  archive_write_close(out);
  archive_write_free(out);
}

/// A window whose models are opened as the program does it: by leave of ProgramTrust. Counts what it let run.
struct TrustBench {
  explicit TrustBench(ProgramTrust::Policy policy) : trust(policy) { sweep.setEnabled(false); }

  ProgramTrust trust;
  std::atomic<int> runs = 0;
  std::shared_ptr<FakeCohort> cohort = std::make_shared<FakeCohort>();
  Document document{Openers{[this](const std::string& path) -> Result<OpenedModel> {
                              const auto allowed = trust.optionsFor(path);
                              if (!allowed) return failure(allowed.error());
                              if (path.ends_with(".pt") && !allowed->runProgram)
                                return failure(path + " is a TorchScript program.", "--trust");
                              runs += path.ends_with(".pt");
                              return OpenedModel{path, std::make_shared<FakeModel>(fakeConfig(), path), {"", "cpu", 2}};
                            },
                            [this](const std::string&) -> Result<CohortPtr> { return CohortPtr(cohort); }}};
  ui::Selection selection;
  Appearance appearance{Theme::light()};
  TaskList tasks;
  CohortSweep sweep{document, tasks};
  Settings settings;
  ActivityLog log;
  FakeEngine engine;
  FakeImporting importing;
  CohortImport imports{tasks, importing.functions()};
  TrainingSession training{document, tasks, [this]() -> Result<Engine*> { return &engine; }};
  ViewContext context{document, selection, appearance, tasks, sweep, settings, log, imports, training};
  std::unique_ptr<MainWindow> window;

  bool open() {
    applyStyle(*qApp, appearance.theme());
    window = std::make_unique<MainWindow>(context);
    askAboutPrograms(trust, *window);
    window->resize(1280, 720);
    window->show();
    return QTest::qWaitForWindowActive(window.get());
  }
  TrustDialog* question() {
    const bool asked = QTest::qWaitFor([this] { return window->findChild<TrustDialog*>() != nullptr; }, 3000);
    return asked ? window->findChild<TrustDialog*>() : nullptr;
  }
  bool settle() {
    return QTest::qWaitFor([this] { return document.settled(); });
  }
};

}  // namespace

/// The question before a TorchScript file is run, answered by real clicks and keys.
class TestProgramTrust : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

 private Q_SLOTS:
  void init() {
    failOnQtWarnings();
    writeProgram(path("model.pt"), "def forward(self): pass");
  }

  void yesRunsIt() {
    TrustBench bench(ProgramTrust::Policy::Ask);
    QVERIFY(bench.open());
    bench.window->openFile(path("model.pt"));
    TrustDialog* question = bench.question();
    QVERIFY(question);
    QCOMPARE(bench.runs, 0);
    QVERIFY(bench.document.loadingModel());
    QTest::mouseClick(&question->runButton(), Qt::LeftButton);
    QVERIFY(bench.settle());
    QCOMPARE(bench.runs, 1);
    QCOMPARE(bench.document.state().modelPath, path("model.pt").toStdString());
  }

  void noLeavesItAlone_data() {
    QTest::addColumn<int>("key");
    QTest::newRow("button") << 0;
    QTest::newRow("Return: the default") << int(Qt::Key_Return);
    QTest::newRow("Escape") << int(Qt::Key_Escape);
  }
  void noLeavesItAlone() {
    QFETCH(int, key);
    TrustBench bench(ProgramTrust::Policy::Ask);
    QVERIFY(bench.open());
    bench.window->openFile(path("model.pt"));
    TrustDialog* question = bench.question();
    QVERIFY(question && QTest::qWaitForWindowActive(question));
    if (key) {
      QTest::keyClick(question, Qt::Key(key));
    } else {
      QTest::mouseClick(&question->refuseButton(), Qt::LeftButton);
    }
    QVERIFY(bench.settle());
    QCOMPARE(bench.runs, 0);
    QVERIFY(!bench.document.model());
    QVERIFY(bench.log.entries().back().text.contains(QStringLiteral("was not run")));
  }

  /// Once a file: what is trusted is not asked about again, a refused or changed file is.
  void asksOnceAboutEachFile() {
    TrustBench bench(ProgramTrust::Policy::Ask);
    QVERIFY(bench.open());
    QSignalSpy asked(&bench.trust, &ProgramTrust::asked);
    const auto openAnd = [&](const char* name, int answer) {
      bench.window->openFile(path(name));
      if (answer >= 0) {
        TrustDialog* question = bench.question();
        QTest::mouseClick(answer ? &question->runButton() : &question->refuseButton(), Qt::LeftButton);
      }
      QVERIFY(bench.settle());
      QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    };
    openAnd("model.pt", 0);
    openAnd("model.pt", 1);
    QCOMPARE(asked.size(), 2);
    QFile::remove(path("copy.pt"));
    QVERIFY(QFile::copy(path("model.pt"), path("copy.pt")));
    openAnd("copy.pt", -1);
    QCOMPARE(asked.size(), 2);
    QCOMPARE(bench.runs, 2);
    writeProgram(path("copy.pt"), "def forward(self): something_else");
    openAnd("model.pt", -1);
    openAnd("copy.pt", 1);
    QCOMPARE(asked.size(), 3);
    QCOMPARE(bench.runs, 4);
  }

  /// A session that names a program is no way around the question.
  void aSessionsProgramIsAskedAbout() {
    TrustBench bench(ProgramTrust::Policy::Ask);
    QVERIFY(bench.open());
    SessionState wanted;
    wanted.modelPath = path("model.pt").toStdString();
    bench.document.start(wanted);
    TrustDialog* question = bench.question();
    QVERIFY(question);
    QTest::mouseClick(&question->refuseButton(), Qt::LeftButton);
    QVERIFY(bench.settle());
    QCOMPARE(bench.runs, 0);
  }

  void nobodyIsAskedWhereNobodyIs_data() {
    QTest::addColumn<bool>("trusted");
    QTest::newRow("unattended") << false;
    QTest::newRow("--trust") << true;
  }
  void nobodyIsAskedWhereNobodyIs() {
    QFETCH(bool, trusted);
    TrustBench bench(trusted ? ProgramTrust::Policy::Always : ProgramTrust::Policy::Never);
    QVERIFY(bench.open());
    QSignalSpy asked(&bench.trust, &ProgramTrust::asked);
    bench.document.openModel(path("model.pt").toStdString());
    QVERIFY(bench.settle());
    QCOMPARE(asked.size(), 0);
    QCOMPARE(bench.runs, trusted ? 1 : 0);
  }

  void weightsAreNotAskedAbout() {
    TrustBench bench(ProgramTrust::Policy::Ask);
    QVERIFY(bench.open());
    QSignalSpy asked(&bench.trust, &ProgramTrust::asked);
    bench.document.openModel("any.safetensors");
    QVERIFY(bench.settle());
    QCOMPARE(asked.size(), 0);
    QVERIFY(bench.document.model());
  }

  /// The program ends while the question is open: the worker that waits goes on.
  void endingAnswersNo() {
    auto bench = std::make_unique<TrustBench>(ProgramTrust::Policy::Ask);
    QVERIFY(bench->open());
    bench->window->openFile(path("model.pt"));
    QVERIFY(bench->question());
    bench->trust.withdraw();
    QVERIFY(bench->settle());
    QCOMPARE(bench->runs, 0);
    bench->window.reset();
    bench.reset();
  }

  void bothThemes() {
    const QString folder = qEnvironmentVariable("FUSEMOE_PICTURES");
    for (const Theme& theme : {Theme::light(), Theme::darkTheme()}) {
      applyStyle(*qApp, theme);
      TrustDialog dialog(
          QStringLiteral("/home/anna/downloads/models from elsewhere/a-very-long-folder-name-of-a-project/"
                         "icu-mortality-v3-2026-11-04-final.pt"),
          QString(64, 'a'));
      dialog.show();
      QVERIFY(QTest::qWaitForWindowActive(&dialog));
      QVERIFY(dialog.refuseButton().isDefault() && !dialog.runButton().isDefault());
      QVERIFY(dialog.refuseButton().hasFocus());
      if (!folder.isEmpty())
        QVERIFY(dialog.grab().save(folder + QStringLiteral("/trust-%1.png").arg(theme.dark ? "dark" : "light")));
    }
  }
};

QTEST_MAIN(TestProgramTrust)
#include "tst_program_trust.moc"
