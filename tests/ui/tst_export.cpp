// Every panel in every format, read back; the report; clipboard and menus.
#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QMenu>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStatusBar>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

#include "export/table_drawing.h"
#include "export/writers.h"
#include "panels/message_bar.h"
#include "panels/panel_frame.h"
#include "panels/stay_panel.h"
#include "support/opened_window.h"
#include "support/workbench.h"
#include "window/export_actions.h"
#include "window/main_window.h"
#include "window/style.h"
#include "window/workspace.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::FakeCohort;
using fusemoe::test::Workbench;

namespace {

QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// RFC 4180, as a reader would: quoted cells may hold commas, quotes and line ends.
QList<QStringList> parsedCsv(const QString& text) {
  QList<QStringList> rows;
  QStringList row;
  QString cell;
  bool quoted = false;
  for (qsizetype i = 0; i < text.size(); ++i) {
    const QChar c = text.at(i);
    if (quoted) {
      if (c == '"' && text.mid(i + 1, 1) == QStringLiteral("\""))
        cell += text.at(++i);
      else if (c == '"')
        quoted = false;
      else
        cell += c;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      row << cell;
      cell.clear();
    } else if (c == '\n') {
      rows << (row << cell);
      row.clear();
      cell.clear();
    } else if (c != '\r') {
      cell += c;
    }
  }
  return rows;
}

}  // namespace

class TestExport : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    test::failOnQtWarnings();
    m_bench = std::make_unique<Workbench>();
    m_window = test::openedWindow(*m_bench);
    QVERIFY(m_window);
    m_bench->document.setMasked(0, true);
    QVERIFY(m_bench->settle());
    QVERIFY(m_folder.isValid());
  }
  void cleanup() {
    m_window.reset();
    m_bench.reset();
  }

  void everyPanelInEveryFormat() {
    const QByteArray layout = m_window->workspace().saveState();
    exports().exportAll(m_folder.path());
    QVERIFY(done());
    QVERIFY(m_window->statusBar()->currentMessage().startsWith(QStringLiteral("Written: ")));
    int panels = 0;
    for (const PanelFrame* panel : m_window->workspace().panels()) {
      if (!panel->toggleViewAction()->isChecked()) continue;
      ++panels;
      checkPng(panel->key());
      checkSvg(panel->key());
      checkPdf(panel->key());
      if (!panel->table(false).columns.isEmpty()) checkCsv(*panel);
    }
    QVERIFY(panels >= 7);
    QCOMPARE(m_window->workspace().saveState(), layout);
  }

  void noFileNamesAStay() {
    exports().exportAll(m_folder.path());
    QVERIFY(done());
    const QDir folder(m_folder.path());
    for (const QString& name : folder.entryList(QDir::Files)) {
      // PNG and PDF are packed: only what is stored as text can be looked for.
      const QByteArray bytes = contentOf(folder.filePath(name));
      for (int i = 0; i < 40; ++i)
        QVERIFY2(!bytes.contains(QByteArray::number(FakeCohort::kFirstStay + i)), qPrintable(name));
      QVERIFY2(bytes.size() > 100, qPrintable(name));
    }
  }

  void identifiersOnlyWhereAskedFor() {
    const PanelFrame& stays = m_window->workspace().stays();
    const auto drawn = [&](Identifiers identifiers) {
      const Figure figure = recordFigure(stays, m_bench->document, m_bench->appearance.theme(), identifiers);
      return bytesOf(figure, Format::Svg);
    };
    const QByteArray id = QByteArray::number(FakeCohort::kFirstStay);
    QVERIFY(!drawn(Identifiers::Hidden).contains(id));
    QVERIFY(drawn(Identifiers::Shown).contains(id));
    QVERIFY(provenanceOf(m_bench->document, Identifiers::Hidden).stay.isEmpty());
    QCOMPARE(provenanceOf(m_bench->document, Identifiers::Shown).stay.toLatin1(), id);
    m_bench->document.compareWithStay(FakeCohort::kFirstStay + 1);
    QVERIFY(m_bench->settle());
    const QByteArray other = QByteArray::number(FakeCohort::kFirstStay + 1);
    QVERIFY(!provenanceOf(m_bench->document, Identifiers::Hidden).reference.contains(QString::fromLatin1(other)));
    QVERIFY(provenanceOf(m_bench->document, Identifiers::Shown).reference.contains(QString::fromLatin1(other)));
  }

  void aStaysNumberIsTakenOutWhereItStandsAlone() {
    QCOMPARE(withoutStay(QStringLiteral("stay 12, hour 120, 12"), 12), QStringLiteral("stay …, hour 120, …"));
    QCOMPARE(withoutStay(QStringLiteral("12,000 stays"), 12), QStringLiteral("12,000 stays"));
    QCOMPARE(withoutStay(QStringLiteral("0.12"), 12), QStringLiteral("0.12"));
    QCOMPARE(withoutStay(QStringLiteral("stay 30,057"), 30057), QStringLiteral("stay …"));
  }

  void provenanceSaysTheState() {
    const Provenance provenance = provenanceOf(m_bench->document, Identifiers::Hidden);
    QCOMPARE(provenance.masked, QStringList(modalityTitle(0)));
    QVERIFY(provenance.footer().last().contains(QStringLiteral("Research use only")));
    QCOMPARE(provenance.modelDigest, QString::fromStdString(m_bench->model->info().digest).left(12));
    QVERIFY(provenance.footer().join('\n').contains(modalityTitle(0)));
  }

  void aClosedPanelIsExportedAndStaysClosed() {
    PanelFrame* history = m_window->workspace().panel(QStringLiteral("history"));
    QVERIFY(history->isHidden());
    exports().exportView(*history, m_folder.filePath(QStringLiteral("h.svg")));
    QVERIFY(done());
    QVERIFY(history->isHidden());
    QVERIFY(QSvgRenderer(m_folder.filePath(QStringLiteral("h.svg"))).isValid());
  }

  void paperIsLightAlsoInADarkWindow() {
    m_bench->appearance.setTheme(Theme::darkTheme());
    applyStyle(*qApp, m_bench->appearance.theme());
    PanelFrame* load = m_window->workspace().panel(QStringLiteral("load"));
    exports().exportView(*load, m_folder.filePath(QStringLiteral("load.svg")));
    QVERIFY(done());
    QVERIFY(m_bench->appearance.theme().dark);
    const QByteArray svg = contentOf(m_folder.filePath(QStringLiteral("load.svg")));
    QVERIFY(svg.contains(Theme::light().surface.name().toLatin1()));
    QVERIFY(!svg.contains(Theme::darkTheme().surface.name().toLatin1()));
    exports().exportView(*load, m_folder.filePath(QStringLiteral("load.png")));
    QVERIFY(done());
    QCOMPARE(QImage(m_folder.filePath(QStringLiteral("load.png"))).pixelColor(4, 4), Theme::darkTheme().surface);
  }

  void errorsSayWhereAndLeaveTheOldFile() {
    PanelFrame* load = m_window->workspace().panel(QStringLiteral("load"));
    exports().exportView(*load, m_folder.filePath(QStringLiteral("no/such/load.png")));
    QVERIFY(done());
    QVERIFY(m_window->messageBar().isVisible());
    QVERIFY(m_window->messageBar().text().startsWith(QStringLiteral("There is no folder ")));
    exports().exportView(*load, m_folder.filePath(QStringLiteral("load.gif")));
    QVERIFY(m_window->messageBar().text().contains(QStringLiteral(".png, .svg, .pdf or .csv")));
    QVERIFY(!QFile::exists(m_folder.filePath(QStringLiteral("load.gif"))));
    const QString kept = m_folder.filePath(QStringLiteral("kept"));
    QVERIFY(writeWhole(kept, "old"));
    QVERIFY(!writeWhole(kept, QByteArray()));
    QCOMPARE(contentOf(kept), QByteArray("old"));
  }

  void theReportHasItsPages() {
    const QString path = m_folder.filePath(QStringLiteral("report.pdf"));
    exports().exportReport(path);
    QVERIFY(done());
    const QByteArray pdf = contentOf(path);
    QVERIFY(pdf.startsWith("%PDF-"));
    QVERIFY(pdf.count("/Type /Page\n") >= 2);
    QVERIFY(pdf.contains("/FontFile"));  // text is text
    const Result<Report> report = recordReport(m_bench->document, {}, Identifiers::Hidden);
    QVERIFY(report);
    QCOMPARE(report->prediction, QString::number(double(m_bench->document.result()->probability.front()), 'f', 2));
    QCOMPARE(report->tables.front().table.rows.size(), std::size_t(5));
    QCOMPARE(report->tables.front().table.rows.front().at(1), QStringLiteral("masked"));
    QCOMPARE(report->numbers.back().table.rows.size(), std::size_t(12));
  }

  void csvQuotesAndKeepsFullPrecision() {
    const Table table{{QStringLiteral("a,b"), QStringLiteral("c")},
                      {{QStringLiteral("say \"no\"\nnow"), QString::number(1.0 / 3, 'g', 17)}}};
    Provenance provenance;
    provenance.program = QStringLiteral("Test");
    const QString text = QString::fromUtf8(csvOf(table, provenance));
    const QStringList comments = text.split(QStringLiteral("\r\n")).filter(QRegularExpression(QStringLiteral("^# ")));
    QCOMPARE(comments.first(), QStringLiteral("# program: Test"));
    const QList<QStringList> rows = parsedCsv(text.mid(text.indexOf(QStringLiteral("\"a,b\""))));
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows.at(0), table.columns);
    QCOMPARE(rows.at(1), table.rows.front());
    QCOMPARE(rows.at(1).at(1).toDouble(), 1.0 / 3);
  }

  void theClipboardTakesPictureAndNumbers() {
    PanelFrame* load = m_window->workspace().panel(QStringLiteral("load"));
    exports().copyImage(*load);
    QVERIFY(done());
    QTRY_VERIFY(!QGuiApplication::clipboard()->image().isNull());
    exports().copyNumbers(*m_window->workspace().panel(QStringLiteral("history")));
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("step\tstate\tedit\n1\tdone")));
  }

  void theMenuAsksAndWrites() {
    QStringList asked;
    exports().setQuestions({[&](const QString& title, const QString& suggested, const QString& filters) {
                              asked = {title, suggested, filters};
                              return m_folder.filePath(QStringLiteral("asked.svg"));
                            },
                            [](const QString&, const QString&) { return QString(); }});
    const auto* menu = m_window->findChild<QMenu*>(QStringLiteral("exportViews"));
    QVERIFY(menu);
    QAction* router = nullptr;
    for (QAction* action : menu->actions())
      if (!router && action->text().startsWith(QStringLiteral("Routing"))) router = action;
    QVERIFY(router);
    router->trigger();
    QVERIFY(done());
    QVERIFY(asked.at(1).endsWith(QStringLiteral("fusemoe-router.png")));
    QVERIFY(asked.at(2).contains(QStringLiteral("*.svg")));
    QVERIFY(QSvgRenderer(m_folder.filePath(QStringLiteral("asked.svg"))).isValid());
  }

  void numbersOfTablesReadWell_data() {
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QString>("shown");
    QTest::newRow("whole") << "12"
                           << "12";
    QTest::newRow("small") << "0.47424231"
                           << "0.4742";
    QTest::newRow("negative") << "-0.24803"
                              << "−0.2480";
    QTest::newRow("tens") << "14.5238"
                          << "14.52";
    QTest::newRow("text") << "Lipids"
                          << "Lipids";
    QTest::newRow("tiny") << "0.0000123"
                          << "1.2e-05";
  }
  void numbersOfTablesReadWell() {
    QFETCH(QString, cell);
    QTEST(readable(cell), "shown");
  }

 private:
  ExportActions& exports() { return m_window->exports(); }
  bool done() {
    return QTest::qWaitFor([this] { return !exports().busy(); }, 30000);
  }
  QString file(const QString& key, const char* suffix) const {
    return m_folder.filePath(key + '.' + QString::fromLatin1(suffix));
  }
  QString modalityTitle(int index) const {
    return QString::fromStdString(m_bench->model->config().modalities.at(std::size_t(index)).title);
  }
  void checkPng(const QString& key) {
    const QImage image(file(key, "png"));
    QVERIFY2(!image.isNull(), qPrintable(key));
    QVERIFY2(image.width() >= 960, qPrintable(key));  // at twice the size
    QCOMPARE(image.text(QStringLiteral("masked")), modalityTitle(0));
    QVERIFY(image.text(QStringLiteral("notice")).contains(QStringLiteral("Research use only")));
  }
  void checkSvg(const QString& key) {
    const QByteArray svg = contentOf(file(key, "svg"));
    QVERIFY2(QSvgRenderer(svg).isValid(), qPrintable(key));
    QVERIFY2(svg.contains("<text"), qPrintable(key));
    QVERIFY2(svg.contains("Research use only. Not for clinical decisions."), qPrintable(key));
    QVERIFY2(svg.contains("masked: " + modalityTitle(0).toUtf8()), qPrintable(key));
  }
  void checkPdf(const QString& key) {
    const QByteArray pdf = contentOf(file(key, "pdf"));
    QVERIFY2(pdf.startsWith("%PDF-") && pdf.trimmed().endsWith("%%EOF"), qPrintable(key));
    QVERIFY2(pdf.contains("/FontFile"), qPrintable(key));
    QVERIFY2(pdf.contains("/Title"), qPrintable(key));
  }
  void checkCsv(const PanelFrame& panel) {
    const QString text = QString::fromUtf8(contentOf(file(panel.key(), "csv")));
    QVERIFY2(text.startsWith(QStringLiteral("# program: ")), qPrintable(panel.key()));
    QString numbers;
    for (const QString& line : text.split(QStringLiteral("\r\n")))
      if (!line.startsWith('#') && !line.isEmpty()) numbers += line + '\n';
    const QList<QStringList> rows = parsedCsv(numbers);
    const Table table = panel.table(false);
    QCOMPARE(rows.front(), table.columns);
    // The log itself grows by what is exported.
    if (panel.key() != QStringLiteral("log")) QCOMPARE(std::size_t(rows.size() - 1), table.rows.size());
    for (const QStringList& row : rows) QCOMPARE(row.size(), table.columns.size());
  }

  QTemporaryDir m_folder;
  std::unique_ptr<Workbench> m_bench;
  std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestExport)
#include "tst_export.moc"
