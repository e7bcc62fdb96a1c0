// Sessions as the user meets them: saved, opened, restored after a crash, with files that are missing or not the same.
#include <QDropEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>
#include <fstream>

#include "panels/message_bar.h"
#include "support/workbench.h"
#include "window/main_window.h"
#include "window/session_shell.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::FakeCohort;
using fusemoe::test::Workbench;

namespace {

constexpr const char* kModel = "/data/fake.safetensors";
constexpr const char* kCohort = "/data/fake.sqlite";

/// A window over the fakes.
struct Program {
  Program() {
    window.resize(1280, 720);
    window.show();
  }
  ~Program() {
    bench.opening.open();
    bench.settle();
  }
  bool start() {
    SessionState wanted;
    wanted.modelPath = kModel;
    wanted.cohortPath = kCohort;
    wanted.stayId = FakeCohort::kFirstStay;
    bench.document.start(wanted);
    return bench.settle() && bench.document.result();
  }
  const SessionState& state() const { return bench.document.state(); }
  MessageBar& messages() { return window.messageBar(); }
  void press(const char* text) {
    for (QPushButton* button : messages().buttons())
      if (button->text() == QString::fromUtf8(text)) return QTest::mouseClick(button, Qt::LeftButton);
    QFAIL(text);
  }
  QFileDialog* dialog() { return window.findChild<QFileDialog*>(); }

  Workbench bench;
  MainWindow window{bench.context()};
};

void answer(QFileDialog& dialog, const QString& path) {
  dialog.setOption(QFileDialog::DontUseNativeDialog);
  dialog.selectFile(path);
  QMetaObject::invokeMethod(&dialog, "fileSelected", Q_ARG(QString, path));
  dialog.close();
}

/// A session with everything set.
Session fullSession() {
  Session session;
  session.state.modelPath = kModel;
  session.state.cohortPath = kCohort;
  session.state.stayId = FakeCohort::kFirstStay + 3;
  session.state.masked = {"lipids"};
  session.state.edits[FakeCohort::kFirstStay + 3] = {MoveObservation{"body", "body_a", 0, 1, 2}};
  session.state.reference.stayId = FakeCohort::kFirstStay;
  session.state.filter = "death";
  session.state.slices = {{"dead", "death"}};
  session.state.layer = 1;
  session.state.routingView = RoutingView::HeatMap;
  session.modelDigest = std::string("digest of ") + kModel;
  session.cohortDigest = "digest of the fake cohort";
  return session;
}

}  // namespace

class TestSession : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    test::failOnQtWarnings();
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
  }

  void savedAndOpenedIsTheSame() {
    Program first;
    QVERIFY(first.start());
    QTest::keyClick(&first.window, Qt::Key_1);
    first.bench.document.setLayer(1);
    QVERIFY(first.bench.settle());
    QTest::keyClick(&first.window, Qt::Key_S, Qt::ControlModifier);  // no file yet: asks
    QTRY_VERIFY(first.dialog());
    QSignalSpy saved(&first.window.sessions().keeper(), &SessionKeeper::saved);
    answer(*first.dialog(), file("mine"));
    QTRY_COMPARE(saved.size(), 1);
    const QString path = file("mine.fusemoe.json");
    QCOMPARE(first.window.sessions().path(), path);
    QVERIFY(first.window.windowTitle().contains(QStringLiteral("mine.fusemoe.json")));
    QVERIFY(!first.window.isWindowModified());
    first.window.activateWindow();  // the dialog was
    QVERIFY(QTest::qWaitForWindowActive(&first.window));
    QTest::keyClick(&first.window, Qt::Key_2);
    QVERIFY(first.window.isWindowModified());
    QTest::keyClick(&first.window, Qt::Key_S, Qt::ControlModifier);  // the same file, no question
    QTRY_COMPARE(saved.size(), 2);
    QVERIFY(!first.window.isWindowModified());
    QVERIFY(first.bench.settings.recentFiles().contains(path));

    Program second;
    second.window.openFile(path);
    QTRY_COMPARE(second.window.sessions().path(), path);
    QVERIFY(second.bench.settle());
    QVERIFY(second.state() == first.state());
    QCOMPARE(second.bench.document.mask(), 0b11U);
    QVERIFY(second.bench.document.result());
    QVERIFY(!second.messages().isVisible());
  }

  void anOpenedSessionIsOneCommand() {
    const QString path = written(fullSession());
    Program program;
    QVERIFY(program.start());
    const SessionState before = program.state();
    const ModelPtr model = program.bench.document.model();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&program.window, &enter);
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&program.window, &drop);
    QTRY_VERIFY(program.state() == fullSession().state);
    QVERIFY(program.bench.settle());
    QCOMPARE(program.bench.document.model(), model);  // was open already
    QCOMPARE(program.bench.document.sample()->stayId, fullSession().state.stayId);
    QVERIFY(program.bench.document.reference());
    QCOMPARE(program.bench.document.undoStack().count(), 1);
    QTest::keyClick(&program.window, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(program.state() == before);
    QVERIFY(program.bench.settle());
    QCOMPARE(program.bench.document.sample()->stayId, before.stayId);
    program.bench.document.undoStack().redo();
    QVERIFY(program.state() == fullSession().state);
    QVERIFY(program.bench.settle());
  }

  void aDamagedSessionChangesNothing() {
    std::ofstream(file("bad.fusemoe.json").toStdString()) << "{\"format\":\"fusemoe-session\",\"version\":7}";
    Program program;
    QVERIFY(program.start());
    const SessionState before = program.state();
    program.window.openFile(file("bad.fusemoe.json"));
    QTRY_VERIFY(program.messages().isVisible());
    QVERIFY(program.messages().text().contains(QStringLiteral("newer version")));
    QVERIFY(program.messages().detail().contains(QStringLiteral("session version 7")));
    QVERIFY(program.state() == before);
    QCOMPARE(program.bench.document.undoStack().count(), 0);
    QVERIFY(program.window.sessions().path().isEmpty());
  }

  void whatIsUnknownIsAWarning() {
    const QString path = file("future.fusemoe.json");
    std::ofstream(path.toStdString()) << "{\"format\":\"fusemoe-session\",\"version\":1,\"zoom\":2,\"stay\":5}";
    Program program;
    program.window.openFile(path);
    QTRY_VERIFY(program.messages().isVisible());
    QCOMPARE(program.messages().detail(), QStringLiteral("zoom"));
    QTRY_COMPARE(program.state().stayId, std::int64_t(5));
  }

  void theRestStaysWhenTheModelIsMissing() {
    Session session = fullSession();
    session.state.modelPath = "/gone/bad.safetensors";
    session.modelDigest = std::string("digest of ") + kModel;
    Program program;
    program.window.openFile(written(session));
    QTRY_VERIFY(program.messages().isVisible());
    QCOMPARE(program.messages().text(), QStringLiteral("The model bad.safetensors was not found."));
    QVERIFY(program.bench.document.cohort());
    QCOMPARE(program.bench.document.sample()->stayId, session.state.stayId);
    QVERIFY(program.state() == session.state);  // names it still: saving loses nothing
    QCOMPARE(program.window.sessions().keeper().session().modelDigest, session.modelDigest);
    program.press("Find …");
    QTRY_VERIFY(program.dialog());
    answer(*program.dialog(), QString::fromLatin1(kModel));
    QTRY_VERIFY(program.bench.document.model());
    QVERIFY(program.bench.settle());
    QVERIFY(program.state() == fullSession().state);
    QVERIFY(!program.messages().isVisible());  // the digest is the session's
  }

  void withoutTheCohortTheModelStays() {
    Session session = fullSession();
    session.state.cohortPath = "/gone/bad.sqlite";
    Program program;
    program.window.openFile(written(session));
    QTRY_VERIFY(program.messages().isVisible());
    QVERIFY(program.bench.document.model());
    program.press("Without it");
    QTRY_VERIFY(program.state().cohortPath.empty());
    QVERIFY(program.bench.settle());
    QVERIFY(program.bench.document.model());
    QCOMPARE(program.state().masked, session.state.masked);
    QVERIFY(!program.messages().isVisible());
  }

  void anotherFileIsAskedAbout_data() {
    QTest::addColumn<bool>("model");
    QTest::newRow("model") << true;
    QTest::newRow("cohort") << false;
  }
  void anotherFileIsAskedAbout() {
    QFETCH(const bool, model);
    Session session = fullSession();
    (model ? session.modelDigest : session.cohortDigest) = "another";
    Program program;
    program.window.openFile(written(session));
    QTRY_VERIFY(program.messages().isVisible());
    QVERIFY(program.messages().text().contains(model
                                                   ? QStringLiteral("is not the model this session was saved with")
                                                   : QStringLiteral("is not the cohort this session was saved with")));
    QVERIFY(program.state() == session.state);
    program.press("Use it");
    QVERIFY(!program.messages().isVisible());
    QVERIFY(program.bench.settle());
    // Said once: the session is saved with what is used now.
    const Session now = program.window.sessions().keeper().session();
    QCOMPARE(now.modelDigest, fullSession().modelDigest);
    QCOMPARE(now.cohortDigest, fullSession().cohortDigest);
  }

  void savesAreNotLostAtTheEnd() {
    {
      Program program;
      QVERIFY(program.start());
      program.window.sessions().keeper().save(file("late"));
    }  // ends before the worker's answer is heard
    const Result<SessionRead> read = readSession(file("late.fusemoe.json").toStdString());
    QVERIFY(read);
    QCOMPARE(read->session.state.stayId, FakeCohort::kFirstStay);
  }

  void savingWhereItCannotBeIsSaid() {
    Program program;
    QVERIFY(program.start());
    program.window.sessions().keeper().save(file("no/such/folder/s"));
    QTRY_VERIFY(program.messages().isVisible());
    QVERIFY(program.messages().text().startsWith(QStringLiteral("Cannot write ")));
    QVERIFY(program.window.sessions().path().isEmpty());
  }

  void closingIsUndoable() {
    Program program;
    QVERIFY(program.start());
    const SessionState before = program.state();
    program.window.sessions().keeper().close();
    QTRY_VERIFY(!program.bench.document.model());
    QVERIFY(!program.bench.document.cohort() && !program.bench.document.sample() && !program.bench.document.result());
    program.bench.document.undoStack().undo();
    QVERIFY(program.bench.settle());
    QVERIFY(program.state() == before);
    QVERIFY(program.bench.document.result());
  }

  void aCleanEndIsTheLastSession() {
    SessionState last;
    {
      Program program;
      program.window.sessions().autosaveIn(autosaves());
      QVERIFY(!program.window.sessions().startWithLast());
      QVERIFY(program.start());
      QTest::keyClick(&program.window, Qt::Key_3);
      QVERIFY(program.bench.settle());
      last = program.state();
    }
    QCOMPARE(QDir(autosaves()).entryList(QDir::Files), QStringList{QStringLiteral("last.fusemoe.json")});
    Program program;
    program.window.sessions().autosaveIn(autosaves());
    QVERIFY(!program.messages().isVisible());
    QVERIFY(program.window.sessions().startWithLast());
    QTRY_VERIFY(program.bench.document.result());
    QVERIFY(program.state() == last);
    QCOMPARE(program.bench.document.undoStack().count(), 0);
    QVERIFY(program.window.sessions().path().isEmpty());  // no file of the user's
  }

  void twoWindowsDoNotFight() {
    Program first, second;
    first.window.sessions().autosaveIn(autosaves());
    second.window.sessions().autosaveIn(autosaves());
    QVERIFY(first.start());
    QVERIFY(second.start());
    const auto kept = [&] { return QDir(autosaves()).entryList({QStringLiteral("session-*.json")}).size(); };
    QTRY_COMPARE(kept(), 2);
    Program third;
    third.window.sessions().autosaveIn(autosaves());
    QVERIFY(!third.messages().isVisible());  // both are alive
  }

  void aCrashIsOfferedAndRestored() {
    crash();
    Program program;
    QVERIFY(program.start());
    const SessionState before = program.state();
    program.window.sessions().autosaveIn(autosaves());
    QVERIFY(program.messages().isVisible());
    QVERIFY(program.messages().text().contains(QStringLiteral("ended unexpectedly")));
    QVERIFY(program.state() == before);  // offered, not forced
    {
      Program other;  // nobody else offers it meanwhile
      other.window.sessions().autosaveIn(autosaves());
      QVERIFY(!other.messages().isVisible());
    }
    program.press("Restore");
    QTRY_VERIFY(program.state().masked.contains("pressure"));
    QVERIFY(program.bench.settle());
    QCOMPARE(program.state().edits.at(FakeCohort::kFirstStay).size(), std::size_t(1));
    QCOMPARE(program.bench.document.undoStack().count(), 1);
    QCOMPARE(leftovers(), 1);  // until this program ends well
  }

  void aRestoredCrashIsGoneAfterAGoodEnd() {
    crash();
    {
      Program program;
      program.window.sessions().autosaveIn(autosaves());
      program.press("Restore");
      QTRY_VERIFY(program.state().masked.contains("pressure"));
    }
    QCOMPARE(leftovers(), 0);
    const Result<SessionRead> last = readSession((autosaves() + "/last.fusemoe.json").toStdString());
    QVERIFY(last);
    QVERIFY(last->session.state.masked.contains("pressure"));
  }

  void aDiscardedCrashIsGone() {
    crash();
    Program program;
    program.window.sessions().autosaveIn(autosaves());
    program.press("Discard");
    QVERIFY(!program.messages().isVisible());
    QCOMPARE(leftovers(), 0);
  }

  void anUnansweredOfferComesAgain() {
    crash();
    {
      Program program;
      program.window.sessions().autosaveIn(autosaves());
      program.messages().dismiss();
    }
    Program program;
    program.window.sessions().autosaveIn(autosaves());
    QVERIFY(program.messages().isVisible());
  }

  void whereNothingCanBeKeptItIsSaidOnce() {
    std::ofstream(file("blocked").toStdString()) << "a file where the folder should be";
    Program program;
    program.window.sessions().autosaveIn(file("blocked"));
    QVERIFY(program.start());
    QTRY_VERIFY(program.messages().isVisible());
    QVERIFY(program.messages().text().startsWith(QStringLiteral("The session cannot be kept automatically.")));
    QCOMPARE(program.messages().buttons().size(), 1);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("^Cannot write ")));
  }

 private:
  QString file(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
  QString autosaves() const { return m_folder->filePath(QStringLiteral("autosave")); }
  int leftovers() const {
    int count = 0;
    for (const QString& name : QDir(autosaves()).entryList({QStringLiteral("session-*.json")})) {
      const Result<SessionRead> read = readSession((autosaves() + '/' + name).toStdString());
      count += read && read->session.state.edits.contains(FakeCohort::kFirstStay) && m_crashed == name;
    }
    return count;
  }
  QString written(const Session& session) const {
    const QString path = file("given.fusemoe.json");
    return writeSession(path.toStdString(), session) ? path : QString();
  }
  /// Runs a program of its own that edits and keeps its session, and kills it.
  void crash() {
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QCoreApplication::applicationDirPath() + QStringLiteral("/session_child"), {autosaves()});
    QVERIFY2(child.waitForReadyRead(30000), qPrintable(QStringLiteral("exit code %1").arg(child.exitCode())));
    QCOMPARE(child.readAllStandardOutput().trimmed(), QByteArray("kept"));
    child.kill();
    QVERIFY(child.waitForFinished());
    QCOMPARE(child.exitStatus(), QProcess::CrashExit);
    const QStringList kept = QDir(autosaves()).entryList({QStringLiteral("session-*.json")});
    QCOMPARE(kept.size(), 1);
    m_crashed = kept.first();
  }

  std::unique_ptr<QTemporaryDir> m_folder;
  QString m_crashed;  // the file the killed program left
};

QTEST_MAIN(TestSession)
#include "tst_session.moc"
