// Random user actions on the whole window: no crash, no Qt warning, and undo and redo still lead to the same states.
// FUSEMOE_MONKEY_ACTIONS = how many (1,000), FUSEMOE_MONKEY_SEED = which (1), FUSEMOE_MONKEY_VERBOSE=1 says each action
// before it is made, so that a crash names its step.
#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QDockWidget>
#include <QLineEdit>
#include <QPointer>
#include <QRandomGenerator>
#include <QTest>
#include <QTimer>
#include <QWheelEvent>
#include <array>
#include <functional>

#include "panels/panel_frame.h"
#include "panels/stay_panel.h"
#include "support/workbench.h"
#include "window/action_list.h"
#include "window/export_actions.h"
#include "window/main_window.h"
#include "window/style.h"
#include "window/workspace.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::Workbench;

namespace {

int fromEnvironment(const char* name, int fallback) {
  bool valid = false;
  const int value = qEnvironmentVariableIntValue(name, &valid);
  return valid ? value : fallback;
}

class Monkey {
 public:
  Monkey(MainWindow& window, unsigned seed) : m_window(window), m_random(seed) {}

  /// Makes one action and lets its events through.
  void act() {
    struct Habit {
      int weight;
      const char* name;
      void (Monkey::*act)();
    };
    static constexpr std::array kHabits{
        Habit{18, "key", &Monkey::key},
        Habit{16, "click", &Monkey::click},
        Habit{6, "double click", &Monkey::doubleClick},
        Habit{10, "drag", &Monkey::drag},
        Habit{8, "wheel", &Monkey::wheel},
        Habit{4, "context menu", &Monkey::contextMenu},
        Habit{10, "toggle", &Monkey::toggle},
        Habit{6, "type", &Monkey::type},
        Habit{8, "undo or redo", &Monkey::undoOrRedo},
        Habit{2, "resize", &Monkey::resize},
        Habit{4, "menu action", &Monkey::menuAction},
        Habit{4, "dock", &Monkey::dock},
        Habit{4, "palette", &Monkey::palette},
        Habit{6, "hover", &Monkey::hover},
    };
    int weights = 0;
    for (const Habit& habit : kHabits) weights += habit.weight;
    int pick = below(weights);
    const Habit* chosen = kHabits.data();
    while (pick >= chosen->weight) pick -= (chosen++)->weight;
    m_last = QString::fromLatin1(chosen->name);
    (this->*chosen->act)();
    QCoreApplication::processEvents();
    // Quit and a click on a closing button hide the window; a person would start it again.
    if (!m_window.isVisible()) m_window.show();
  }
  QString last() const { return m_last; }

 private:
  int below(int bound) { return int(m_random.bounded(quint32(std::max(1, bound)))); }
  template <class List>
  auto any(const List& list) {
    return list.at(below(int(list.size())));
  }
  void say(const QString& what) {
    m_last += ' ' + what;
    static const bool verbose = fromEnvironment("FUSEMOE_MONKEY_VERBOSE", 0) == 1;
    if (verbose) qInfo("%s", qPrintable(m_last));
  }

  QWidget* anyWidget() {
    QList<QWidget*> shown;
    for (QWidget* widget : m_window.findChildren<QWidget*>())
      if (widget->isVisible() && !widget->size().isEmpty()) shown.append(widget);
    QWidget* widget = any(shown);
    say(QStringLiteral("%1 '%2'").arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName()));
    return widget;
  }
  QPoint anyPlace(const QWidget& widget) { return {below(widget.width()), below(widget.height())}; }
  Qt::KeyboardModifiers anyModifiers() {
    return std::array{Qt::NoModifier, Qt::NoModifier, Qt::NoModifier, Qt::ShiftModifier,
                      Qt::ControlModifier}[std::size_t(below(5))];
  }

  void key() {
    static const QList<QKeyCombination> keys{Qt::Key_1,
                                             Qt::Key_2,
                                             Qt::Key_3,
                                             Qt::Key_4,
                                             Qt::Key_5,
                                             Qt::Key_9,
                                             Qt::Key_0,
                                             Qt::Key_Space,
                                             Qt::Key_Tab,
                                             Qt::Key_Backtab,
                                             Qt::Key_Up,
                                             Qt::Key_Down,
                                             Qt::Key_Left,
                                             Qt::Key_Right,
                                             Qt::Key_PageDown,
                                             Qt::Key_Home,
                                             Qt::Key_Return,
                                             Qt::Key_Escape,
                                             Qt::Key_Delete,
                                             Qt::Key_F1,
                                             Qt::Key_Question,
                                             Qt::ALT | Qt::Key_Left,
                                             Qt::ALT | Qt::Key_Right,
                                             Qt::CTRL | Qt::Key_F,
                                             Qt::CTRL | Qt::Key_A};
    const QKeyCombination combination = any(keys);
    QWidget* target = QApplication::focusWidget() ? QApplication::focusWidget() : &m_window;
    say(QKeySequence(combination).toString());
    QTest::keyClick(target, combination.key(), combination.keyboardModifiers());
  }
  void click() {
    QWidget* widget = anyWidget();
    QTest::mouseClick(widget, Qt::LeftButton, anyModifiers(), anyPlace(*widget));
  }
  void doubleClick() {
    QWidget* widget = anyWidget();
    QTest::mouseDClick(widget, Qt::LeftButton, {}, anyPlace(*widget));
  }
  void drag() {
    const QPointer<QWidget> widget = anyWidget();
    const QPoint from = anyPlace(*widget), to = anyPlace(*widget);
    QTest::mousePress(widget, Qt::LeftButton, anyModifiers(), from);
    for (int step = 1; step <= 4 && widget; ++step) QTest::mouseMove(widget, from + (to - from) * step / 4);
    if (widget) QTest::mouseRelease(widget, Qt::LeftButton, {}, to);
  }
  void wheel() {
    QWidget* widget = anyWidget();
    const QPoint at = anyPlace(*widget);
    QWheelEvent event(at, widget->mapToGlobal(at), {}, QPoint(0, below(2) == 0 ? 120 : -120), Qt::NoButton,
                      anyModifiers(), Qt::NoScrollPhase, false);
    QApplication::sendEvent(widget, &event);
  }
  void contextMenu() {
    QWidget* widget = anyWidget();
    const QPoint at = anyPlace(*widget);
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, widget->mapToGlobal(at));
    QApplication::sendEvent(widget, &event);
  }
  void hover() {
    QWidget* widget = anyWidget();
    QTest::mouseMove(widget, anyPlace(*widget));
  }
  void toggle() {
    const int modality = below(7);
    say(QString::number(modality + 1));
    QTest::keyClick(&m_window, Qt::Key(Qt::Key_1 + modality));
  }
  void type() {
    static const QStringList texts{QStringLiteral("3005"),   QStringLiteral("-lipids"),  QStringLiteral("no"),
                                   QStringLiteral("zz \"("), QStringLiteral("risk>0.2"), QString()};
    const auto fields = m_window.findChildren<QLineEdit*>();
    QLineEdit* field = any(fields);
    if (!field->isVisible()) return;
    const QString text = any(texts);
    say(text);
    field->setFocus();
    field->selectAll();
    if (text.isEmpty())
      QTest::keyClick(field, Qt::Key_Delete);
    else
      QTest::keyClicks(field, text);
  }
  void undoOrRedo() {
    const bool back = below(2) == 0;
    for (int times = below(4); times >= 0; --times)
      QTest::keyClick(&m_window, Qt::Key_Z, back ? Qt::ControlModifier : Qt::ControlModifier | Qt::ShiftModifier);
  }
  void resize() { m_window.resize(1100 + below(600), 640 + below(400)); }
  void menuAction() {
    const QList<ListedAction> actions = listedActions(m_window);
    QAction* action = any(actions).action;
    // What ends in dots asks in a dialog.
    if (action->text().contains(QChar(0x2026)) || action->menuRole() == QAction::QuitRole) return;
    say(action->text());
    action->trigger();
  }
  void dock() {
    const QList<PanelFrame*>& panels = m_window.workspace().panels();
    PanelFrame* panel = any(panels);
    const int what = below(4);
    say(QStringLiteral("%1 %2").arg(panel->key()).arg(what));
    if (what == 0) panel->setFloating(!panel->isFloating());
    if (what == 1) panel->setVisible(panel->isHidden());
    if (what == 2) panel->raise();
    if (what == 3) m_window.workspace().resetLayout();
  }
  void palette() {
    QTest::keyClick(&m_window, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    static const QStringList texts{QStringLiteral("mask"),  QStringLiteral("undo"), QStringLiteral("30045"),
                                   QStringLiteral("theme"), QStringLiteral("next"), QStringLiteral("x")};
    const QString text = any(texts);
    say(text);
    if (QWidget* field = QApplication::focusWidget()) {
      QTest::keyClicks(field, text);
      QTest::keyClick(field, below(3) == 0 ? Qt::Key_Escape : Qt::Key_Return);
    }
  }

  MainWindow& m_window;
  QRandomGenerator m_random;
  QString m_last;
};

}  // namespace

class TestMonkey : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void randomActions() {
    test::failOnQtWarnings();
    const int actions = fromEnvironment("FUSEMOE_MONKEY_ACTIONS", 1000);
    const auto seed = unsigned(fromEnvironment("FUSEMOE_MONKEY_SEED", 1));
    qInfo("%d actions, seed %u", actions, seed);
    Workbench bench;
    applyStyle(*qApp, bench.appearance.theme());
    MainWindow window(bench.context());
    window.exports().setQuestions({[](const QString&, const QString&, const QString&) { return QString(); },
                                   [](const QString&, const QString&) { return QString(); }});
    window.resize(1280, 720);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QVERIFY(bench.start());
    const SessionState first = bench.document.state();
    // Dialogs and menus that an action opens are closed again.
    QTimer closer;
    connect(&closer, &QTimer::timeout, [] {
      if (QWidget* popup = QApplication::activePopupWidget()) popup->close();
      if (QWidget* dialog = QApplication::activeModalWidget()) dialog->close();
    });
    closer.start(1);
    Monkey monkey(window, seed);
    for (int step = 0; step < actions; ++step) {
      monkey.act();
      if (QTest::currentTestFailed()) QFAIL(message(seed, step, monkey).constData());
    }
    closer.stop();
    QVERIFY2(bench.settle(), message(seed, actions, monkey).constData());
    QVERIFY(QTest::qWaitFor([&] { return !window.exports().busy(); }));
    checkHistory(bench.document, first, message(seed, actions, monkey));
  }

 private:
  static QByteArray message(unsigned seed, int step, const Monkey& monkey) {
    return QStringLiteral("seed %1, step %2: %3").arg(seed).arg(step).arg(monkey.last()).toUtf8();
  }

  /// Undo all = the first state, redo all = the last.
  static void checkHistory(Document& document, const SessionState& first, const QByteArray& where) {
    QUndoStack& stack = document.undoStack();
    stack.setIndex(stack.count());
    const SessionState last = document.state();
    const bool whole = stack.count() < Document::kUndoLimit;
    stack.setIndex(0);
    const SessionState start = document.state();
    if (whole) QVERIFY2(start == first, where.constData());
    stack.setIndex(stack.count());
    QVERIFY2(document.state() == last, where.constData());
    stack.setIndex(0);
    QVERIFY2(document.state() == start, where.constData());
    QVERIFY(QTest::qWaitFor([&] { return document.settled(); }));
  }
};

QTEST_MAIN(TestMonkey)
#include "tst_monkey.moc"
