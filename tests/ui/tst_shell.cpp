// The shell of the window: messages, log, status line, long work, welcome, preferences, layout, theme.
#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFrame>
#include <QMenuBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "models/log_model.h"
#include "panels/log_panel.h"
#include "panels/message_bar.h"
#include "panels/welcome_page.h"
#include "support/workbench.h"
#include "window/about_box.h"
#include "window/main_window.h"
#include "window/preferences.h"
#include "window/recent_menu.h"
#include "window/session_shell.h"
#include "window/status_line.h"
#include "window/style.h"
#include "window/task_strip.h"
#include "window/theme_keeper.h"
#include "window/workspace.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::Workbench;

class TestShell : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    test::failOnQtWarnings();
    m_bench = std::make_unique<Workbench>();
    applyStyle(*qApp, m_bench->appearance.theme());
  }
  void cleanup() {
    m_bench->opening.open();
    m_bench->settle();
    m_window.reset();
    m_bench.reset();
  }

  // Settings

  void settingsAreKept() {
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("settings.ini"));
    {
      Settings settings(path);
      QCOMPARE(settings.theme(), ThemeChoice::System);
      QVERIFY(settings.animate() && settings.backgroundRisk() && settings.reopenLast());
      QVERIFY(!settings.exportIdentifiers() && !settings.welcomed());
      settings.setTheme(ThemeChoice::Dark);
      settings.setAnimate(false);
      settings.setExportIdentifiers(true);
      settings.setLanguage(QStringLiteral("de"));
      settings.setWelcomed();
      settings.setWindow("geometry", QByteArray("\0\1\2", 3));
      for (int i = 0; i < 12; ++i) settings.addRecentFile(QStringLiteral("/data/%1.sqlite").arg(i));
      settings.addRecentFile(QStringLiteral("/data/./5.sqlite"));
    }
    Settings settings(path);
    QCOMPARE(settings.theme(), ThemeChoice::Dark);
    QVERIFY(!settings.animate() && settings.exportIdentifiers() && settings.welcomed());
    QCOMPARE(settings.language(), QStringLiteral("de"));
    QCOMPARE(settings.panelLayout(), QByteArray("\0\1\2", 3));
    QCOMPARE(settings.recentFiles().size(), Settings::kRecentFiles);
    QCOMPARE(settings.recentFiles().first(), QStringLiteral("/data/5.sqlite"));
    QCOMPARE(settings.recentFiles().count(QStringLiteral("/data/5.sqlite")), 1);
  }

  void nonsenseInSettingsIsTheDefault() {
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("settings.ini")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[General]\ntheme=purple\nrecent=@Invalid()\nanimate=\n[window]\npanels=garbage\n");
    file.close();
    Settings settings(file.fileName());
    QCOMPARE(settings.theme(), ThemeChoice::System);
    QVERIFY(settings.recentFiles().isEmpty());
  }

  void settingsSayWhatChanged() {
    Settings settings;
    QSignalSpy changed(&settings, &Settings::changed);
    settings.setAnimate(false);
    settings.setAnimate(false);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().first().toString(), QStringLiteral("animate"));
  }

  // Log

  void theLogModelFollows() {
    LogModel model(m_bench->log);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int i = 0; i < ActivityLog::kMost + 5; ++i)
      m_bench->log.add(LogKind::Opened, QStringLiteral("file %1").arg(i));
    QCOMPARE(model.rowCount(), ActivityLog::kMost);
    QCOMPARE(model.index(0, LogModel::Text).data().toString(), QStringLiteral("file 5"));
    QCOMPARE(model.index(0, LogModel::Kind).data().toString(), QStringLiteral("opened"));
  }

  void theLogNamesNoPatient_data() {
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("kept");
    QTest::newRow("stay") << "There is no stay 30041."
                          << "There is no stay ….";
    QTest::newRow("stays") << "Stays 3, 4 and 17 of 40"
                           << "Stays … of 40";
    QTest::newRow("column") << "stay_id=12 person_id = 7"
                            << "stay_id=… person_id = …";
    QTest::newRow("other numbers") << "header 8123 > 400"
                                   << "header 8123 > 400";
  }
  void theLogNamesNoPatient() {
    QFETCH(const QString, said);
    QFETCH(const QString, kept);
    m_bench->log.add(LogKind::Error, said, said);
    QCOMPARE(m_bench->log.entries().back().text, kept);
    QCOMPARE(m_bench->log.entries().back().detail, kept);
  }

  void errorsAreInTheLogAndTheStatusLine() {
    open();
    QVERIFY(!m_window->statusLine().lastError().isVisible());
    m_window->openFile(QStringLiteral("bad.safetensors"));
    QVERIFY(m_bench->settle());
    QVERIFY(m_window->statusLine().lastError().isVisible());
    QVERIFY(!panel("log")->isVisible());
    QTest::mouseClick(&m_window->statusLine().lastError(), Qt::LeftButton);
    auto* log = static_cast<LogPanel*>(panel("log"));
    QVERIFY(log->isVisible());
    QCOMPARE(log->detail(), QStringLiteral("header 8123 > 400"));
    QTest::mouseClick(&log->copyButton(), Qt::LeftButton);
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY(
        copied.contains(QStringLiteral("error  bad.safetensors is cut off. Get the file again.  [header 8123 > 400]")));
    QVERIFY(copied.contains(QStringLiteral("opened  Model ")));
    QCOMPARE(int(log->table(false).rows.size()), copied.count('\n'));
  }

  // Messages

  void theNewestMessageIsShown() {
    MessageBar bar;
    bar.showError({"First.", "Do this.", "why"});
    bar.show({MessageKind::Done, QStringLiteral("Saved."), {}, {}});
    QCOMPARE(bar.text(), QStringLiteral("Saved."));
    int answers = 0;
    bar.show({MessageKind::Question, QStringLiteral("Restore?"), {}, {{QStringLiteral("Yes"), [&] { ++answers; }}}});
    QCOMPARE(bar.count(), 2);  // what was done goes
    QCOMPARE(bar.text(), QStringLiteral("Restore?"));
    QTest::mouseClick(bar.buttons().first(), Qt::LeftButton);
    QCOMPARE(answers, 1);
    QCOMPARE(bar.text(), QStringLiteral("First. Do this."));
    QCOMPARE(bar.detail(), QStringLiteral("why"));
    QVERIFY(bar.buttons().isEmpty());
    bar.showError({"First.", "Do this.", "why"});
    QCOMPARE(bar.count(), 1);  // said again, not twice
    bar.dismiss();
    QVERIFY(bar.isHidden());
  }

  void manyMessagesKeepTheQuestion() {
    MessageBar bar;
    bar.show({MessageKind::Question, QStringLiteral("Restore?"), {}, {{QStringLiteral("Yes"), [] {}}}});
    for (int i = 0; i < 50; ++i) bar.showError({"Error " + std::to_string(i) + ".", {}, {}});
    QCOMPARE(bar.count(), qsizetype(MessageBar::kMost));
    while (bar.count() > 1) bar.dismiss();
    QCOMPARE(bar.text(), QStringLiteral("Restore?"));
  }

  void anAnswerMayBringAnotherQuestion() {
    MessageBar bar;
    const auto next = [&] { bar.show({MessageKind::Question, QStringLiteral("Next?"), {}, {}}); };
    bar.show({MessageKind::Question, QStringLiteral("First?"), {}, {{QStringLiteral("Go on"), next}}});
    QTest::mouseClick(bar.buttons().first(), Qt::LeftButton);
    QCOMPARE(bar.text(), QStringLiteral("Next?"));
    QCOMPARE(bar.count(), 1);
  }

  // Long work

  void workIsShownAndCancelled() {
    open();
    TaskStrip& strip = m_window->statusLine().tasks();
    QVERIFY(!strip.row().isVisible());
    QObject owner;
    Task* first = m_bench->tasks.begin(QStringLiteral("Risk column"), &owner);
    first->setProgress(0.61, QStringLiteral("6,112 of 10,000"));
    QVERIFY(strip.row().isVisible());
    QTRY_COMPARE(strip.row().text().section('|', 0, 0), QStringLiteral("Risk column, 6,112 of 10,000"));
    QVERIFY(!strip.moreButton().isVisible());
    Task* second = m_bench->tasks.begin(QStringLiteral("Report"), &owner);
    QVERIFY(strip.moreButton().isVisible());
    QTRY_COMPARE(strip.moreButton().text(), QStringLiteral("+1"));
    QTest::mouseClick(&strip.moreButton(), Qt::LeftButton);
    QVERIFY(strip.list().isVisible());
    QCOMPARE(strip.list().findChildren<TaskRow*>().size(), 2);
    strip.list().hide();
    QSignalSpy stopped(first, &Task::stopAsked);
    QTest::mouseClick(&strip.row().cancelButton(), Qt::LeftButton);
    QCOMPARE(stopped.size(), 1);
    QVERIFY(!strip.row().cancelButton().isEnabled());
    delete first;
    QTRY_COMPARE(strip.row().text().section('|', 0, 0), QStringLiteral("Report"));
    QVERIFY(strip.row().cancelButton().isEnabled());
    delete second;
    QVERIFY(!strip.row().isVisible());
  }

  void progressCostsNoLayout() {
    open();
    QObject owner;
    Task* task = m_bench->tasks.begin(QStringLiteral("Sweep"), &owner);
    QTRY_COMPARE(m_window->statusLine().tasks().row().text().section('|', 0, 0), QStringLiteral("Sweep"));
    for (int i = 0; i < 10; ++i) QCoreApplication::processEvents();
    LayoutCounter counter;
    m_window->statusLine().installEventFilter(&counter);
    m_window->installEventFilter(&counter);
    for (int i = 0; i < 200; ++i) task->setProgress(i / 200.0, QStringLiteral("%1 of 200").arg(i));
    QTRY_VERIFY(m_window->statusLine().tasks().row().text().contains(QStringLiteral("199 of 200")));
    QCOMPARE(counter.layouts, 0);
  }

  void timeLeftIsSaidInMinutes() {
    QCOMPARE(timeLeft({}), QString());
    QCOMPARE(timeLeft(13.2), QStringLiteral("0:14 left"));
    QCOMPARE(timeLeft(62), QStringLiteral("1:02 left"));
    QCOMPARE(timeLeft(3730), QStringLiteral("1:02:10 left"));
  }

  void openingAModelCanBeCancelled() {
    open();
    const SessionState before = document().state();
    const ResultPtr result = document().result();
    m_bench->opening.close();
    m_window->openFile(QStringLiteral("/data/huge.safetensors"));
    m_bench->opening.waitUntilReached();
    TaskStrip& strip = m_window->statusLine().tasks();
    QTRY_VERIFY(strip.row().isVisible());
    QCOMPARE(strip.row().text().section('|', 0, 0), QStringLiteral("Opening huge.safetensors"));
    // What was open stays in use.
    QTest::keyClick(m_window.get(), Qt::Key_1);
    QTRY_COMPARE(document().result()->key.mask, 1U);
    QTest::keyClick(m_window.get(), Qt::Key_0);
    QTest::mouseClick(&strip.row().cancelButton(), Qt::LeftButton);
    QTRY_VERIFY(!document().loadingModel());
    QVERIFY(!strip.row().isVisible());
    const int edits = document().undoStack().count();
    m_bench->opening.open();
    document().openCohort("other.sqlite");  // the next opening is not disturbed
    QVERIFY(m_bench->settle());
    QCOMPARE(document().state().modelPath, before.modelPath);
    QCOMPARE(document().state().cohortPath, std::string("other.sqlite"));
    QCOMPARE(document().undoStack().count(), edits + 1);
    QCOMPARE(document().result()->key.modelDigest, result->key.modelDigest);
  }

  void aSessionsOpeningCanBeCancelled() {
    open();
    const SessionState before = document().state();
    m_bench->opening.close();
    SessionState wanted = before;
    wanted.modelPath = "/data/a.safetensors";
    wanted.cohortPath = "/data/b.sqlite";
    document().openSession(wanted, QStringLiteral("open"));
    m_bench->opening.waitUntilReached();
    QCOMPARE(document().opening().size(), std::size_t(2));
    document().cancelLoading();
    QVERIFY(document().opening().empty());
    m_bench->opening.open();
    QVERIFY(m_bench->settle());
    QVERIFY(document().state() == before);
    QCOMPARE(document().undoStack().count(), 0);
  }

  // Welcome

  void theWelcomePageIsForNothing() {
    makeWindow();
    WelcomePage& page = m_window->welcomePage();
    QVERIFY(!page.isVisible());  // before anything is known the workspace is shown
    document().start({});
    QTRY_VERIFY(page.isVisible());
    QVERIFY(!page.demoButton().isVisible());  // there is none
    SessionState demo;
    demo.modelPath = "/demo/fake.safetensors";
    demo.cohortPath = "/demo/fake.sqlite";
    m_window->setDemo(demo);
    QVERIFY(page.demoButton().isVisible());
    QTest::mouseClick(&page.demoButton(), Qt::LeftButton);
    QTRY_VERIFY(document().result());
    QTRY_VERIFY(!page.isVisible());
    QVERIFY(m_window->workspace().isVisible());
    QCOMPARE(document().state().modelPath, demo.modelPath);
    m_window->sessions().keeper().close();
    QTRY_VERIFY(page.isVisible());
  }

  void helpWelcomeAndBack() {
    open();
    m_window->showWelcome();
    QVERIFY(m_window->welcomePage().isVisible());
    for (QPushButton* button : m_window->welcomePage().findChildren<QPushButton*>())
      if (button->text() == QStringLiteral("Back to what is open")) QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(!m_window->welcomePage().isVisible());
  }

  void recentFilesOpen() {
    QTemporaryDir folder;
    const QString there = folder.filePath(QStringLiteral("a.safetensors"));
    QFile(there).open(QIODevice::WriteOnly);
    m_bench->settings.addRecentFile(folder.filePath(QStringLiteral("gone.sqlite")));
    m_bench->settings.addRecentFile(there);
    makeWindow();
    document().start({});
    QTRY_VERIFY(m_window->welcomePage().isVisible());
    const QList<QPushButton*> links = m_window->welcomePage().findChildren<QPushButton*>(QStringLiteral("link"));
    QCOMPARE(links.size(), 2);
    QVERIFY(links[0]->isEnabled() && !links[1]->isEnabled());
    auto* menu = m_window->findChild<RecentMenu*>();
    QCOMPARE(menu->actions().first()->text(), QStringLiteral("a.safetensors"));
    QVERIFY(!menu->actions().at(1)->isEnabled());
    QTest::mouseClick(links[0], Qt::LeftButton);
    QTRY_COMPARE(document().state().modelPath, there.toStdString());
    QVERIFY(m_bench->settle());
    menu->actions().last()->trigger();
    QVERIFY(m_bench->settings.recentFiles().isEmpty());
  }

  void theFirstWordsAreSaidOnce() {
    makeWindow();
    m_window->greet();
    QVERIFY(m_window->messageBar().isVisible());
    m_window->messageBar().dismiss();
    m_window->greet();
    QVERIFY(!m_window->messageBar().isVisible());
  }

  // Preferences, about, theme

  void preferencesHoldAtOnce() {
    makeWindow();
    QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
    auto* preferences = m_window->findChild<Preferences*>();
    QVERIFY(preferences && preferences->isVisible() && !preferences->isModal());
    QTest::keyClick(&preferences->theme(), Qt::Key_End);
    QCOMPARE(m_bench->settings.theme(), ThemeChoice::Dark);
    QTest::keyClick(&preferences->language(), Qt::Key_End);
    QCOMPARE(m_bench->settings.language(), QStringLiteral("de"));
    QTest::mouseClick(&preferences->exportIdentifiers(), Qt::LeftButton, {}, QPoint(8, 8));
    QVERIFY(m_bench->settings.exportIdentifiers());
    m_bench->settings.setTheme(ThemeChoice::Light);
    QCOMPARE(preferences->theme().currentIndex(), 1);
  }

  void aboutNamesWhereThingsComeFrom() {
    open();
    m_window->showAbout();
    auto* about = m_window->findChild<AboutBox*>();
    QVERIFY(about->isVisible() && !about->isModal());
    for (const char* part : {"GNU General Public License", "fake.safetensors", "digest of", "1.13.1", "arXiv"})
      QVERIFY2(about->text().contains(QLatin1String(part)), part);
  }

  void theThemeFollowsTheSystem() {
    bool systemIsDark = false;
    Appearance appearance(Theme::light());
    Settings settings;
    ThemeKeeper keeper(*qApp, appearance, settings, {}, [&] { return systemIsDark; });
    QWidget window;
    keeper.listenAt(window);
    QVERIFY(!appearance.theme().dark);
    systemIsDark = true;
    QEvent change(QEvent::ThemeChange);
    QCoreApplication::sendEvent(&window, &change);
    QVERIFY(appearance.theme().dark);
    settings.setTheme(ThemeChoice::Light);
    QVERIFY(!appearance.theme().dark);
    QCoreApplication::sendEvent(&window, &change);
    QVERIFY(!appearance.theme().dark);  // chosen
    settings.setTheme(ThemeChoice::System);
    QVERIFY(appearance.theme().dark);
  }

  void theCommandLinesThemeHoldsUntilAnotherIsChosen() {
    Appearance appearance(Theme::light());
    Settings settings;
    ThemeKeeper keeper(*qApp, appearance, settings, true, [] { return false; });
    QVERIFY(appearance.theme().dark);
    settings.setTheme(ThemeChoice::Light);
    QVERIFY(!appearance.theme().dark);
  }

  // Layout

  void theLayoutIsRemembered() {
    open();
    panel("entropy")->hide();
    panel("log")->show();
    QCoreApplication::processEvents();
    m_window->close();
    QVERIFY(!m_bench->settings.panelLayout().isEmpty());
    makeWindow();
    QTRY_VERIFY(!panel("entropy")->isVisible());
    QVERIFY(panel("log")->isVisible());
    m_window->workspace().resetLayout();
    QTRY_VERIFY(panel("entropy")->isVisible());
    QVERIFY(!panel("log")->isVisible());
  }

  void alienLayoutsAreIgnored_data() {
    QTest::addColumn<QByteArray>("layout");
    QTest::newRow("garbage") << QByteArray("garbage");
    QMainWindow other;
    QTest::newRow("of other panels") << other.saveState(1);
  }
  void alienLayoutsAreIgnored() {
    QFETCH(const QByteArray, layout);
    m_bench->settings.setWindow({}, layout);
    open();
    QCoreApplication::processEvents();
    QVERIFY(panel("entropy")->isVisible() && panel("stays")->isVisible() && !panel("log")->isVisible());
  }

  void itFitsASmallScreenWithEverythingSaid() {
    open();
    m_window->messageBar().show({MessageKind::Question,
                                 QString(300, 'w'),
                                 QStringLiteral("detail"),
                                 {{QStringLiteral("Restore"), [] {}}, {QStringLiteral("Without it"), [] {}}}});
    m_bench->log.add(LogKind::Error, QString(300, 'e'));
    QObject owner;
    m_bench->tasks.begin(QString(100, 't'), &owner);
    QCoreApplication::processEvents();
    const QSize least = m_window->minimumSizeHint();
    QVERIFY2(least.width() <= 1280 && least.height() <= 720,
             qPrintable(QStringLiteral("%1x%2").arg(least.width()).arg(least.height())));
  }

 private:
  /// Counts the layouts that are asked for.
  class LayoutCounter : public QObject {
   public:
    int layouts = 0;

   protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
      layouts += event->type() == QEvent::LayoutRequest;
      return QObject::eventFilter(watched, event);
    }
  };

  Document& document() { return m_bench->document; }
  PanelFrame* panel(const char* key) { return m_window->workspace().panel(QString::fromLatin1(key)); }
  void makeWindow() {
    m_window.reset();
    m_window = std::make_unique<MainWindow>(m_bench->context());
    m_window->resize(1280, 720);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
  }
  void open() {
    makeWindow();
    QVERIFY(m_bench->start());
  }

  std::unique_ptr<Workbench> m_bench;
  std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestShell)
#include "tst_shell.moc"
