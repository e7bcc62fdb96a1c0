// From a source to a cohort by the dialog: real events, importers that import when the test says so; and once the real
// ones.
#include <QComboBox>
#include <QDropEvent>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QTabWidget>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUrl>

#include "panels/message_bar.h"
#include "panels/panel_frame.h"
#include "state/cohort_import.h"
#include "support/golden.h"
#include "support/opened_window.h"
#include "support/workbench.h"
#include "window/import_contents_page.h"
#include "window/import_dialog.h"
#include "window/import_source_page.h"
#include "window/import_target_page.h"
#include "window/status_line.h"
#include "window/task_strip.h"
#include "window/training_shell.h"
#include "window/variable_tree.h"
#include "window/workspace.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::Workbench;

class TestImportDialog : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    test::failOnQtWarnings();
    m_folder = std::make_unique<QTemporaryDir>();
    m_bench = std::make_unique<Workbench>();
    m_window = test::openedWindow(*m_bench);
    QVERIFY(m_window);
  }
  void cleanup() {
    m_bench->importing.running.open();
    m_window.reset();
    m_bench.reset();
  }

  // What is what

  void sourcesAreGuessedFromNames_data() {
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QString>("dropped");
    QTest::addColumn<QString>("importer");
    QTest::addColumn<QString>("first");
    const QStringList challenge{QStringLiteral("set-a.tar.xz"), QStringLiteral("Outcomes-a.txt")};
    const QStringList tables{QStringLiteral("t/stays.csv"), QStringLiteral("t/observations.csv.gz")};
    QTest::newRow("archive") << challenge << "set-a.tar.xz"
                             << "physionet2012"
                             << "set-a.tar.xz";
    QTest::newRow("outcomes") << challenge << "Outcomes-a.txt"
                              << "physionet2012"
                              << "set-a.tar.xz";
    QTest::newRow("folder of both") << challenge << "."
                                    << "physionet2012"
                                    << "set-a.tar.xz";
    QTest::newRow("unpacked") << QStringList{QStringLiteral("set-a/132539.txt")} << "set-a"
                              << "physionet2012"
                              << "set-a";
    QTest::newRow("tables' folder") << tables << "t"
                                    << "tidy"
                                    << "t";
    QTest::newRow("one of the tables") << tables << "t/stays.csv"
                                       << "tidy"
                                       << "t";
    QTest::newRow("anything") << QStringList{QStringLiteral("holiday.txt")} << "holiday.txt"
                              << ""
                              << "";
    QTest::newRow("not there") << QStringList{} << "set-a.tar.xz"
                               << ""
                               << "";
  }
  void sourcesAreGuessedFromNames() {
    QFETCH(const QStringList, files);
    QFETCH(const QString, dropped);
    QFETCH(const QString, importer);
    QFETCH(const QString, first);
    for (const QString& file : files) touch(file);
    const ImportRequest guess = guessSource({m_folder->filePath(dropped)}, m_bench->imports.importers());
    QCOMPARE(QString::fromStdString(guess.importer), importer);
    if (importer.isEmpty()) return;
    const std::string option = importer == QStringLiteral("tidy") ? "dir" : "records";
    QCOMPARE(QString::fromStdString(guess.options.at(option)), m_folder->filePath(first));
    if (files.contains(QStringLiteral("Outcomes-a.txt")))
      QCOMPARE(QString::fromStdString(guess.options.at("outcomes")),
               m_folder->filePath(QStringLiteral("Outcomes-a.txt")));
  }

  void variablesMove() {
    CohortInfo info;
    info.modalities = {{"a", "A", ModalityKind::Series, 0, {{"x", "", "", 0, 1}, {"y", "", "", 0, 1}}},
                       {"b", "B", ModalityKind::Static, 0, {{"z", "", "", 0, 1}}},
                       {"v", "V", ModalityKind::Vectors, 8, {}}};
    const CohortInfo moved = withVariablesMoved(info, {{"x", ""}, {"y", "new"}, {"z", "b"}, {"none", "b"}});
    QCOMPARE(moved.modalities.size(), std::size_t(3));  // a is empty and gone
    QCOMPARE(moved.modalities[0].name, std::string("b"));
    QCOMPARE(moved.modalities[1].name, std::string("v"));
    QCOMPARE(moved.modalities[2].name, std::string("new"));
    QCOMPARE(moved.modalities[2].variables.front().name, std::string("y"));
  }

  // The way through

  void fromADropToACohort() {
    touch(QStringLiteral("set-a.tar.xz"));
    touch(QStringLiteral("Outcomes-a.txt"));
    drop(*m_window, QStringLiteral("set-a.tar.xz"));
    QVERIFY(dialog().isVisible());
    QVERIFY(!dialog().isModal());
    QCOMPARE(editor("outcomes"), m_folder->filePath(QStringLiteral("Outcomes-a.txt")));
    click(dialog().nextButton());
    QTRY_COMPARE(dialog().step(), ImportDialog::Contents);
    QCOMPARE(dialog().contents().tables().count(), 2);
    const auto* rows = static_cast<QTableWidget*>(dialog().contents().tables().widget(0));
    QCOMPARE(rows->item(1, 1)->text(), QStringLiteral("HR"));
    move({QStringLiteral("Temp"), QStringLiteral("MAP")}, QStringLiteral("surface"));
    dialog().contents().variables().mark({QStringLiteral("K")});
    click(dialog().contents().leaveOutButton());
    click(dialog().nextButton());
    QTRY_COMPARE(dialog().step(), ImportDialog::Target);
    const QString out = m_folder->filePath(QStringLiteral("cohort"));
    dialog().target().outputField().setText(out);
    m_bench->importing.running.close();
    click(dialog().nextButton());
    m_bench->importing.running.waitUntilReached();
    QTRY_COMPARE(dialog().target().progress().value(), 400);
    QVERIFY(m_window->statusLine().tasks().row().text().contains(QStringLiteral("Importing cohort.sqlite")));
    QApplication::setActiveWindow(m_window.get());  // it stays usable; the offscreen platform raises no window
    QTest::keyClick(m_window.get(), Qt::Key_1);
    QVERIFY(m_bench->settle());
    QCOMPARE(m_bench->document.mask(), 1U);
    m_bench->importing.running.open();
    QTRY_VERIFY(dialog().reporting());
    QVERIFY(m_bench->settle());
    QCOMPARE(m_bench->document.state().cohortPath, (out + QStringLiteral(".sqlite")).toStdString());
    const ImportRequest request = m_bench->importing.request();
    QCOMPARE(request.modalityOf,
             (std::map<std::string, std::string>{{"K", ""}, {"MAP", "surface"}, {"Temp", "surface"}}));
    QCOMPARE(request.options.at("records"), m_folder->filePath(QStringLiteral("set-a.tar.xz")).toStdString());
    QCOMPARE(dialog().target().counts().rowCount(), 3);
    QCOMPARE(dialog().target().counts().item(1, 0)->text(), QStringLiteral("rows: out of range"));
    QCOMPARE(dialog().target().counts().item(0, 1)->text(), QStringLiteral("41,234"));
    QVERIFY(dialog().target().notes().contains(QStringLiteral("17 values")));
    click(dialog().nextButton());  // on to training
    QVERIFY(!dialog().isVisible());
    QTRY_VERIFY(m_window->workspace().panel(QStringLiteral("training"))->isVisible());
  }

  void whatIsMissingIsSaid() {
    m_window->training().showImport();
    QVERIFY(!dialog().nextButton().isEnabled());
    QCOMPARE(dialog().source().missing(), QStringLiteral("Records"));
    type("records", QStringLiteral("/data/set-a"));
    QCOMPARE(dialog().source().missing(), QStringLiteral("Outcomes"));
    type("outcomes", QStringLiteral("/data/o.txt"));
    QVERIFY(dialog().nextButton().isEnabled());
    // What was entered for one source is there when the user comes back to it.
    dialog().source().list().setCurrentRow(1);
    QVERIFY(qobject_cast<QComboBox*>(dialog().source().editor(QStringLiteral("task"))));
    dialog().source().list().setCurrentRow(0);
    QCOMPARE(editor("records"), QStringLiteral("/data/set-a"));
  }

  void aDamagedSourceIsSaidAndNothingIsLost() {
    m_window->training().showImport();
    type("records", QStringLiteral("/data/bad.tar.xz"));
    type("outcomes", QStringLiteral("/data/o.txt"));
    click(dialog().nextButton());
    QTRY_VERIFY(dialog().messages().isVisible());
    QCOMPARE(dialog().messages().text(), QStringLiteral("/data/bad.tar.xz is cut off. Get the file again."));
    QCOMPARE(dialog().messages().detail(), QStringLiteral("xz: unexpected end of input"));
    QCOMPARE(dialog().step(), ImportDialog::Source);
    QCOMPARE(editor("records"), QStringLiteral("/data/bad.tar.xz"));
    type("records", QStringLiteral("/data/good.tar.xz"));
    click(dialog().nextButton());
    QTRY_COMPARE(dialog().step(), ImportDialog::Contents);
    QVERIFY(!dialog().messages().isVisible());
  }

  void aFailureInTheMiddleKeepsWhatIsOpen() {
    const std::string before = m_bench->document.state().cohortPath;
    reachTarget(QStringLiteral("/data/late.tar.xz"));
    move({QStringLiteral("K")}, QStringLiteral("vitals"), true);
    click(dialog().nextButton());
    QTRY_VERIFY(dialog().messages().isVisible());
    QVERIFY(dialog().messages().text().contains(QStringLiteral("is cut off")));
    QCOMPARE(m_bench->document.state().cohortPath, before);
    QCOMPARE(dialog().step(), ImportDialog::Target);
    QVERIFY(dialog().nextButton().isEnabled());  // to try again
    QVERIFY(dialog().target().outputField().isEnabled());
    bool logged = false;
    for (const LogEntry& entry : m_bench->log.entries()) logged = logged || entry.kind == LogKind::Error;
    QVERIFY(logged);
  }

  void cancelledNothingIsWritten() {
    reachTarget(QStringLiteral("/data/set-a.tar.xz"));
    m_bench->importing.running.close();
    click(dialog().nextButton());
    m_bench->importing.running.waitUntilReached();
    QCOMPARE(dialog().nextButton().text(), QStringLiteral("Cancel import"));
    click(dialog().nextButton());
    QVERIFY(m_bench->tasks.running().isEmpty());
    m_bench->importing.running.open();
    QTRY_COMPARE(m_bench->imports.state(), CohortImport::State::Idle);
    QTRY_VERIFY(dialog().messages().text().contains(QStringLiteral("cancelled")));
    QCOMPARE(m_bench->document.state().cohortPath, std::string("fake.sqlite"));
  }

  void itGoesOnWhenTheDialogIsClosed() {
    reachTarget(QStringLiteral("/data/set-a.tar.xz"));
    m_bench->importing.running.close();
    click(dialog().nextButton());
    m_bench->importing.running.waitUntilReached();
    click(dialog().closeButton());
    m_bench->importing.running.open();
    QTRY_VERIFY(m_window->messageBar().isVisible());
    QVERIFY(m_window->messageBar().text().contains(QStringLiteral("is imported and open")));
    QCOMPARE(m_window->messageBar().buttons().size(), 2);
    click(*m_window->messageBar().buttons().first());
    QVERIFY(dialog().isVisible());
    QVERIFY(dialog().reporting());
    QVERIFY(m_bench->settle());
  }

  void backKeepsWhatWasMoved() {
    reachTarget(QStringLiteral("/data/set-a.tar.xz"));
    click(dialog().backButton());
    move({QStringLiteral("HR")}, QStringLiteral("labs"));
    click(dialog().backButton());
    QCOMPARE(dialog().step(), ImportDialog::Source);
    click(dialog().nextButton());  // the same source: not looked into anew
    QCOMPARE(dialog().step(), ImportDialog::Contents);
    QCOMPARE(dialog().contents().modalityOf().at("HR"), std::string("labs"));
    move({QStringLiteral("HR")}, QStringLiteral("vitals"));  // home again: no wish
    QVERIFY(dialog().contents().modalityOf().empty());
  }

  void variablesAreDropped() {
    reachTarget(QStringLiteral("/data/set-a.tar.xz"));
    click(dialog().backButton());
    VariableTree& tree = dialog().contents().variables();
    tree.mark({QStringLiteral("HR"), QStringLiteral("Temp")});
    const QPoint labs = tree.visualItemRect(tree.topLevelItem(1)).center();
    const QPoint notes = tree.visualItemRect(tree.topLevelItem(2)).center();
    const auto dropAt = [&](const QPoint& place) {
      const std::unique_ptr<QMimeData> data(tree.model()->mimeData(tree.selectionModel()->selectedIndexes()));
      QDragEnterEvent enter(place, Qt::MoveAction, data.get(), Qt::LeftButton, Qt::NoModifier);
      QCoreApplication::sendEvent(tree.viewport(), &enter);
      QVERIFY(enter.isAccepted());
      QDropEvent event(QPointF(place), Qt::MoveAction, data.get(), Qt::LeftButton, Qt::NoModifier);
      QCoreApplication::sendEvent(tree.viewport(), &event);
      QCoreApplication::processEvents();
    };
    dropAt(notes);  // vectors take no variables
    QVERIFY(dialog().contents().modalityOf().empty());
    dropAt(labs);
    QCOMPARE(dialog().contents().modalityOf(), (std::map<std::string, std::string>{{"HR", "labs"}, {"Temp", "labs"}}));
    QCOMPARE(tree.marked().size(), 2);
  }

  void anUnknownDropIsSaid() {
    m_window->training().showImport();
    touch(QStringLiteral("holiday.txt"));
    drop(dialog(), QStringLiteral("holiday.txt"));
    QVERIFY(dialog().messages().isVisible());
    drop(*m_window, QStringLiteral("holiday.txt"));
    QVERIFY(m_window->messageBar().text().contains(QStringLiteral("no model, cohort or session")));
  }

  void itIsInMenuAndWelcome() {
    bool inMenu = false;
    for (QAction* menu : m_window->menuBar()->actions())
      for (QAction* action : menu->menu()->actions())
        inMenu = inMenu || action->text().contains(QStringLiteral("Import"));
    QVERIFY(inMenu);
    QTest::keyClick(m_window.get(), Qt::Key_I, Qt::ControlModifier);
    QVERIFY(dialog().isVisible());
  }

  // What it looks like

  void looks_data() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
  }
  void looks() {
    QFETCH(const bool, dark);
    QFont font(QStringLiteral("DejaVu Sans"));
    font.setPixelSize(kBodyPixels);
    QApplication::setFont(font);
    if (dark) m_bench->appearance.setTheme(Theme::darkTheme());
    applyStyle(*qApp, m_bench->appearance.theme());
    const auto compare = [&](const char* step) {
      QCoreApplication::processEvents();
      const QString name = QStringLiteral("import/%1-%2")
                               .arg(QString::fromLatin1(step), dark ? QStringLiteral("dark") : QStringLiteral("light"));
      const QString difference = test::compareWithGolden(dialog().grab().toImage(), name);
      QVERIFY2(difference.isEmpty(), qPrintable(difference));
    };
    m_window->training().showImport();
    type("records", QStringLiteral("/data/set-a.tar.xz"));
    type("outcomes", QStringLiteral("/data/Outcomes-a.txt"));
    compare("source");
    click(dialog().nextButton());
    QTRY_COMPARE(dialog().step(), ImportDialog::Contents);
    move({QStringLiteral("Temp")}, QStringLiteral("surface"));
    dialog().contents().move({QStringLiteral("K")}, {});
    compare("contents");
    click(dialog().nextButton());
    QTRY_COMPARE(dialog().step(), ImportDialog::Target);
    dialog().target().outputField().setText(QStringLiteral("/tmp/fusemoe golden.sqlite"));
    dialog().nextButton().setFocus();
    compare("target");
    m_bench->importing.running.close();
    click(dialog().nextButton());
    m_bench->importing.running.waitUntilReached();
    QTRY_COMPARE(dialog().target().progress().value(), 400);
    compare("running");
    m_bench->importing.running.open();
    QTRY_VERIFY(dialog().reporting());
    QVERIFY(m_bench->settle());
    compare("report");
  }

  // The engine's own importers

  void nafldByTheRealImporter() {
    const QString source = QStringLiteral(FUSEMOE_SOURCE_DIR "/../shared/data/r-survival");
    if (!QFile::exists(source + QStringLiteral("/nafld1.csv.gz"))) QSKIP("shared/data/r-survival is not there.");
    TaskList tasks;
    CohortImport imports(tasks, engineImporting());
    ImportDialog real(imports);
    real.show();
    QVERIFY(real.setSource({source}));
    click(real.nextButton());
    QTRY_COMPARE_WITH_TIMEOUT(real.step(), ImportDialog::Contents, 30000);
    QVERIFY(real.contents().mapped().modalities.size() >= 5);
    click(real.nextButton());
    QTRY_COMPARE(real.step(), ImportDialog::Target);
    const QString out = m_folder->filePath(QStringLiteral("nafld.sqlite"));
    real.target().outputField().setText(out);
    click(real.nextButton());
    QTRY_VERIFY_WITH_TIMEOUT(real.reporting() || real.messages().isVisible(), 120000);
    QVERIFY2(real.reporting(), qPrintable(real.messages().text()));
    QVERIFY(real.target().counts().rowCount() > 10);
    const Result<CohortPtr> cohort = CohortStore::open(out.toStdString());
    QVERIFY(cohort);
    QCOMPARE((*cohort)->stays()->size(), std::size_t(10676));
  }

 private:
  ImportDialog& dialog() { return m_window->training().dialog(); }
  static void click(QPushButton& button) {
    QTRY_VERIFY2(button.isEnabled() && button.isVisible(), qPrintable(button.text()));
    QTest::mouseClick(&button, Qt::LeftButton);
  }
  QString editor(const char* option) {
    return static_cast<QLineEdit*>(dialog().source().editor(QString::fromLatin1(option)))->text();
  }
  void type(const char* option, const QString& value) {
    auto* line = static_cast<QLineEdit*>(dialog().source().editor(QString::fromLatin1(option)));
    line->clear();
    QTest::keyClicks(line, value);
  }
  /// Moves variables with the controls below the tree; `quietly` from another step.
  void move(const QStringList& variables, const QString& modality, bool quietly = false) {
    if (quietly) return dialog().contents().move(variables, modality);
    dialog().contents().variables().mark(variables);
    QComboBox& target = dialog().contents().target();
    const int known = target.findData(modality);
    if (known >= 0) {
      target.setCurrentIndex(known);
    } else {
      target.lineEdit()->clear();
      QTest::keyClicks(target.lineEdit(), modality);
    }
    click(dialog().contents().moveButton());
  }
  void reachTarget(const QString& records) {
    m_window->training().showImport();
    type("records", records);
    type("outcomes", QStringLiteral("/data/o.txt"));
    click(dialog().nextButton());
    QTRY_COMPARE(dialog().step(), ImportDialog::Contents);
    click(dialog().nextButton());
    QTRY_COMPARE(dialog().step(), ImportDialog::Target);
    dialog().target().outputField().setText(m_folder->filePath(QStringLiteral("c.sqlite")));
  }
  void touch(const QString& name) {
    const QString path = m_folder->filePath(name);
    QVERIFY(QDir().mkpath(QFileInfo(path).absolutePath()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
  }
  void drop(QWidget& target, const QString& name) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(m_folder->filePath(name))});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &event);
  }

  std::unique_ptr<QTemporaryDir> m_folder;
  std::unique_ptr<Workbench> m_bench;
  std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestImportDialog)
#include "tst_import_dialog.moc"
