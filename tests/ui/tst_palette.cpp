// Command palette, shortcut sheet and history by keys and mouse.
#include <QAbstractItemModelTester>
#include <QAction>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QTableView>
#include <QTest>
#include <QUndoView>

#include "panels/stay_panel.h"
#include "support/opened_window.h"
#include "support/workbench.h"
#include "window/action_list.h"
#include "window/command_palette.h"
#include "window/history_panel.h"
#include "window/icons.h"
#include "window/main_window.h"
#include "window/shortcut_sheet.h"
#include "window/style.h"
#include "window/tools.h"
#include "window/workspace.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::FakeCohort;
using fusemoe::test::Workbench;

class TestPalette : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    test::failOnQtWarnings();
    m_bench = std::make_unique<Workbench>();
    m_window = test::openedWindow(*m_bench);
    QVERIFY(m_window);
  }
  void cleanup() {
    m_window.reset();
    m_bench.reset();
  }

  void lettersInOrderFit() {
    QVERIFY(fuzzyMatch(QStringLiteral("rsl"), QStringLiteral("Reset layout")));
    QVERIFY(!fuzzyMatch(QStringLiteral("lsr"), QStringLiteral("Reset layout")));
    QVERIFY(fuzzyMatch(QString(), QStringLiteral("x"))->positions.isEmpty());
    const auto start = fuzzyMatch(QStringLiteral("ml"), QStringLiteral("Mask lipids"));
    const auto middle = fuzzyMatch(QStringLiteral("ml"), QStringLiteral("Unmask all"));
    QCOMPARE(start->positions, (QList<int>{0, 5}));
    QVERIFY(start->score > middle->score);
    const auto run = fuzzyMatch(QStringLiteral("lip"), QStringLiteral("Mask lipids"));
    QCOMPARE(run->positions, (QList<int>{5, 6, 7}));
  }

  void theModelKeepsItsContract() {
    CommandModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCommands({{QStringLiteral("Undo"), QStringLiteral("Edit"), {}, true, {}, [] {}},
                       {QStringLiteral("Redo"), QStringLiteral("Edit"), {}, false, {}, [] {}},
                       {QStringLiteral("Dark theme"), QStringLiteral("View"), {}, true, true, [] {}}});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(2).data(CommandModel::EnabledRole).toBool(), false);  // what cannot be done ranks last
    model.setPattern(QStringLiteral("edit"));
    QCOMPARE(model.rowCount(), 2);
    model.setPattern(QStringLiteral("dark"));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
    model.noteUsed(0);
    model.setPattern(QString());
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("Dark theme"));
    model.setPattern(QStringLiteral("qqq"));
    QCOMPARE(model.rowCount(), 0);
  }

  void typedCommandsRun() {
    openPalette();
    QTest::keyClicks(&palette().field(), QStringLiteral("mask liv"));
    const QString title = palette().list().currentIndex().data().toString();
    QVERIFY2(title.startsWith(QStringLiteral("Mask ")), qPrintable(title));
    QTest::keyClick(&palette().field(), Qt::Key_Return);
    QVERIFY(!palette().isVisible());
    QCOMPARE(std::popcount(m_bench->document.mask()), 1);
    openPalette();
    QTest::keyClicks(&palette().field(), QStringLiteral("undo"));
    QTest::keyClick(&palette().field(), Qt::Key_Return);
    QCOMPARE(m_bench->document.mask(), 0U);
    QVERIFY(m_bench->settle());
  }

  void aNumberGoesToItsStay() {
    openPalette();
    QTest::keyClicks(&palette().field(), QString::number(FakeCohort::kFirstStay + 3));
    QTest::keyClick(&palette().field(), Qt::Key_Return);
    QVERIFY(m_bench->settle());
    QCOMPARE(m_bench->document.state().stayId, FakeCohort::kFirstStay + 3);
    openPalette();
    QTest::keyClicks(&palette().field(), QStringLiteral("999999"));
    QCOMPARE(palette().list().currentIndex().data(CommandModel::EnabledRole).toBool(), false);
    QTest::keyClick(&palette().field(), Qt::Key_Return);
    QVERIFY(palette().isVisible());  // nothing to do
    QCOMPARE(m_bench->document.state().stayId, FakeCohort::kFirstStay + 3);
  }

  void arrowsWalkAndEscapeCloses() {
    m_window->workspace().stays().view().setFocus();
    openPalette();
    QVERIFY(palette().field().hasFocus());
    QCOMPARE(palette().list().currentIndex().row(), 0);
    QTest::keyClick(&palette().field(), Qt::Key_Down);
    QCOMPARE(palette().list().currentIndex().row(), 1);
    QTest::keyClick(&palette().field(), Qt::Key_Up);
    QTest::keyClick(&palette().field(), Qt::Key_Up);
    QCOMPARE(palette().list().currentIndex().row(), palette().model().rowCount() - 1);
    QTest::keyClick(&palette().field(), Qt::Key_Escape);
    QVERIFY(!palette().isVisible());
    QVERIFY(m_window->workspace().stays().view().hasFocus());
    openPalette();
    QTest::mouseClick(m_window->workspace().stays().view().viewport(), Qt::LeftButton, {}, QPoint(20, 40));
    QVERIFY(!palette().isVisible());
    QVERIFY(m_bench->settle());
  }

  void everyMenuActionIsInIt() {
    openPalette();
    QStringList titles;
    for (int row = 0; row < palette().model().rowCount(); ++row)
      titles << palette().model().index(row).data().toString();
    for (const ListedAction& entry : listedActions(*m_window)) {
      if (entry.action->shortcut().toString().size() == 1 && entry.action->isCheckable()) continue;  // modalities
      QVERIFY2(titles.contains(entry.title()), qPrintable(entry.action->text()));
    }
    QCOMPARE(plainText(QStringLiteral("Save && &open …")), QStringLiteral("Save & open"));
  }

  void theSheetListsEveryShortcutAndFits() {
    QTest::keyClick(m_window.get(), Qt::Key_F1);
    QVERIFY(sheet().isVisible());
    QVERIFY(sheet().fits());
    QVERIFY(m_window->rect().contains(sheet().geometry()));
    QStringList said;
    for (const ShortcutGroup& group : sheet().groups())
      for (const ShortcutLine& line : group.lines) said << line.text;
    for (const ListedAction& entry : listedActions(*m_window))
      if (!entry.action->shortcut().isEmpty()) QVERIFY(said.contains(entry.title()));
    QTest::keyClick(&sheet(), Qt::Key_Escape);
    QVERIFY(!sheet().isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_Question);
    QVERIFY(sheet().isVisible());
    QTest::mouseClick(&sheet(), Qt::LeftButton);
    QVERIFY(!sheet().isVisible());
  }

  void noTwoActionsShareAKey() {
    QStringList keys;
    for (const ListedAction& entry : listedActions(*m_window))
      for (const QKeySequence& key : entry.action->shortcuts()) keys << key.toString();
    keys.removeAll(QString());
    const qsizetype all = keys.size();
    QCOMPARE(keys.removeDuplicates(), 0);
    QVERIFY(all > 10);
  }

  void aClickInTheHistoryGoesThere() {
    auto* history = static_cast<HistoryPanel*>(m_window->workspace().panel(QStringLiteral("history")));
    history->show();
    history->raise();
    for (int i = 0; i < 3; ++i) m_bench->document.setMasked(i, true);
    QTRY_VERIFY(history->view().viewport()->height() > 4 * 26);
    click(*history, 1);
    QCOMPARE(m_bench->document.mask(), 0b1U);
    QCOMPARE(history->subtitle(), QStringLiteral("3 edits, 2 undone"));
    click(*history, 0);
    QCOMPARE(m_bench->document.mask(), 0U);
    click(*history, 3);
    QCOMPARE(m_bench->document.mask(), 0b111U);
    QVERIFY(m_bench->settle());
    QCOMPARE(history->table(true).rows.size(), std::size_t(3));
    QVERIFY(history->table(false).rows.front().at(2).isEmpty());
  }

  void iconsFollowTheTheme() {
    const auto ink = [](QIcon::Mode mode) {
      const QImage image = themedIcon(QStringLiteral("close")).pixmap(40, mode).toImage();
      for (int x = 0; x < image.width(); ++x)
        if (image.pixelColor(x, x).alpha() > 200) return image.pixelColor(x, x).name();
      return QString();
    };
    QCOMPARE(ink(QIcon::Normal), Theme::light().text.name());
    QCOMPARE(ink(QIcon::Disabled), Theme::light().faint.name());
    applyStyle(*qApp, Theme::darkTheme());
    QCOMPARE(ink(QIcon::Normal), Theme::darkTheme().text.name());
  }

 private:
  CommandPalette& palette() { return m_window->tools().palette(); }
  ShortcutSheet& sheet() { return m_window->tools().shortcuts(); }
  void openPalette() {
    QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(palette().isVisible());
  }
  static void click(HistoryPanel& history, int row) {
    const QModelIndex index = history.view().model()->index(row, 0);
    QTest::mouseClick(history.view().viewport(), Qt::LeftButton, {}, history.view().visualRect(index).center());
  }

  std::unique_ptr<Workbench> m_bench;
  std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
