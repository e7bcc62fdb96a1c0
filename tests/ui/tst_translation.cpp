// The window in German: loaded, complete enough to find every text, nothing cut at the smallest size.
#include <QAbstractButton>
#include <QAction>
#include <QLabel>
#include <QMenuBar>
#include <QTest>

#include "panels/message_bar.h"
#include "panels/panel_frame.h"
#include "state/document_text.h"
#include "support/workbench.h"
#include "window/main_window.h"
#include "window/style.h"
#include "window/translations.h"
#include "window/workspace.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::Workbench;

class TestTranslation : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { test::failOnQtWarnings(); }
  void cleanup() { useLanguage(QStringLiteral("en")); }

  void languagesAreFound() {
    QCOMPARE(languages(), (QStringList{QStringLiteral("en"), QStringLiteral("de")}));
    QCOMPARE(useLanguage(QStringLiteral("de")), QStringLiteral("de"));
    QCOMPARE(useLanguage(QStringLiteral("xx")), QStringLiteral("en"));
    QVERIFY(languages().contains(useLanguage(QStringLiteral("system"))));
  }

  void theWindowSpeaksGerman() {
    useLanguage(QStringLiteral("de"));
    Workbench bench;
    MainWindow window(bench.context());
    QStringList menus;
    for (QAction* action : window.menuBar()->actions()) menus << action->text().remove('&');
    QCOMPARE(menus.first(), QStringLiteral("Datei"));
    QVERIFY(menus.contains(QStringLiteral("Modell")));
    QCOMPARE(window.workspace().panel(QStringLiteral("modalities"))->windowTitle(), QStringLiteral("Modalitäten"));
    QVERIFY(bench.start());
    bench.document.setMasked(0, true);
    QVERIFY(bench.document.undoStack().undoText().contains(QStringLiteral("maskieren")));
    QCOMPARE(referenceName(bench.document), QStringLiteral("wie erfasst"));
    QVERIFY(bench.settle());
  }

  void itGoesBackToEnglish() {
    useLanguage(QStringLiteral("de"));
    useLanguage(QStringLiteral("en"));
    Workbench bench;
    const MainWindow window(bench.context());
    QCOMPARE(window.menuBar()->actions().first()->text(), QStringLiteral("&File"));
  }

  void nothingIsCutAtTheSmallestSize() {
    useLanguage(QStringLiteral("de"));
    Workbench bench;
    applyStyle(*qApp, bench.appearance.theme());
    MainWindow window(bench.context());
    window.resize(1280, 720);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QVERIFY(bench.start());
    bench.document.setMasked(0, true);
    QVERIFY(bench.settle());
    QCoreApplication::processEvents();
    const QSize least = window.minimumSizeHint();
    QVERIFY2(least.width() <= 1280 && least.height() <= 720,
             qPrintable(QStringLiteral("%1x%2").arg(least.width()).arg(least.height())));
    QStringList cut;
    for (const QLabel* label : window.findChildren<QLabel*>()) {
      const bool elides = label->objectName() == QStringLiteral("panelSubtitle") || label->wordWrap();
      if (label->isVisible() && !elides && label->sizeHint().width() > label->width())
        cut << label->text() + QStringLiteral(" (%1 of %2)").arg(label->width()).arg(label->sizeHint().width());
    }
    for (const QAbstractButton* button : window.findChildren<QAbstractButton*>()) {
      if (button->isVisible() && !button->text().isEmpty() && button->sizeHint().width() > button->width())
        cut << button->text();
    }
    QVERIFY2(cut.isEmpty(), qPrintable(cut.join(QStringLiteral("; "))));
  }
};

QTEST_MAIN(TestTranslation)
#include "tst_translation.moc"
