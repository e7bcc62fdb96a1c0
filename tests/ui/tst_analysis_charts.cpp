// The three charts the analyses share: their numbers, what they answer to, and what they look like in both themes.
#include <QPainter>
#include <QPalette>
#include <QPicture>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>

#include "charts/distribution_chart.h"
#include "charts/interval_bars.h"
#include "charts/matrix_chart.h"
#include "charts/row_window.h"
#include "support/golden.h"
#include "support/workbench.h"

using namespace fusemoe;
using namespace fusemoe::ui;
using fusemoe::test::Workbench;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

IntervalContent attributions() {
  IntervalContent content;
  content.axis = QStringLiteral("mean |Shapley value|, probability");
  content.valueName = QStringLiteral("all stays");
  content.secondName = QStringLiteral("this stay");
  content.rows = {{QStringLiteral("Vitals and labs"), 0, 0.12, Interval{0.10, 0.14}, 0.05, {}, QStringLiteral("n 400")},
                  {QStringLiteral("Notes"), 1, 0.07, Interval{0.05, 0.09}, 0.11, {}, {}},
                  {QStringLiteral("Chest X-ray"), 2, 0.02, Interval{0.01, 0.035}, {}, {}, {}},
                  {QStringLiteral("ECG"), 3, {}, {}, {}, QStringLiteral("No stay has it."), {}}};
  return content;
}

IntervalContent differences(int rows) {
  IntervalContent content;
  content.axis = QStringLiteral("natural − forced, probability");
  content.bars = false;
  content.differences = true;
  for (int i = 0; i < rows; ++i) {
    const double value = 0.01 * (i % 9 - 4);
    content.rows.push_back(
        {QStringLiteral("Row %1").arg(i + 1), -1, value, Interval{value - 0.015, value + 0.02}, {}, {}, {}});
  }
  return content;
}

MatrixContent patterns(int rows) {
  MatrixContent content;
  content.rowTitle = QStringLiteral("pattern");
  content.measure = QStringLiteral("within a column");
  content.least = QStringLiteral("worst");
  content.most = QStringLiteral("best");
  content.missing = QStringLiteral("not defined");
  content.modalities = 4;
  content.columns = {{QStringLiteral("stays"), {}, 0, 1, 0, false},
                     {QStringLiteral("AUROC"), QStringLiteral("area under the ROC curve"), 0.5, 1, 3},
                     {QStringLiteral("Brier"), {}, 0.25, 0.05, 3}};
  for (int i = 0; i < rows; ++i) {
    content.rows.push_back({QStringLiteral("%1 of 4").arg(4 - i % 4), 15U >> (i % 4)});
    const double auroc = 0.95 - 0.06 * i;
    content.cells.push_back({400.0 - 10 * i, {}, {}, {}, {}});
    content.cells.push_back(
        {auroc, {}, QStringLiteral("%1–%2").arg(auroc - 0.03, 0, 'f', 2).arg(auroc + 0.03, 0, 'f', 2)});
    if (i % 3 == 2) {
      content.cells.push_back({{}, {}, {}, {}, QStringLiteral("All 12 stays survived.")});
    } else {
      content.cells.push_back({0.08 + 0.02 * i});
    }
  }
  return content;
}

MatrixContent similarity() {
  constexpr int kExperts = 12;
  MatrixContent content;
  content.rowTitle = QStringLiteral("A");
  content.columnTitle = QStringLiteral("expert of B");
  content.measure = QStringLiteral("correlation of use");
  content.least = QStringLiteral("−1");
  content.most = QStringLiteral("+1");
  content.diverging = true;
  for (int i = 0; i < kExperts; ++i) {
    content.rows.push_back({QStringLiteral("E%1").arg(i + 1)});
    content.columns.push_back({QStringLiteral("E%1").arg(i + 1), {}, -1, 1, 2});
    for (int j = 0; j < kExperts; ++j) {
      const bool partner = j == (i + 5) % kExperts;
      content.cells.push_back({partner ? 0.93 - 0.02 * i : 0.6 * std::sin(1.7 * i + 2.3 * j), {}, {}, {}, {}, partner});
    }
  }
  return content;
}

DistributionContent distances() {
  DistributionContent content;
  content.axis = QStringLiteral("mean Hellinger distance to the 5 nearest");
  content.counted = QStringLiteral("training stays");
  for (int i = 0; i < 500; ++i)
    content.values.push_back(0.05 + 0.04 * std::pow((i % 100 + 1) / 50.0, 2) + 1e-4 * (i % 7));
  content.values.push_back(kNaN);
  content.marks = {{0.21, QStringLiteral("this patient"), DistributionMark::Kind::Subject},
                   {0.195, QStringLiteral("alarm, 95 %"), DistributionMark::Kind::Alarm},
                   {0.0902, QStringLiteral("median"), DistributionMark::Kind::Quiet}};
  return content;
}

DistributionContent donors() {
  DistributionContent content;
  content.axis = QStringLiteral("probability of death");
  content.counted = QStringLiteral("donors");
  content.range = std::pair(0.0, 1.0);
  for (int i = 0; i < 20; ++i) content.values.push_back(0.35 + 0.25 * std::sin(i * 0.7) * std::sin(i * 0.7));
  content.band = Interval{0.36, 0.58};
  content.bandName = QStringLiteral("10–90 %");
  content.marks = {{0.62, QStringLiteral("without"), DistributionMark::Kind::Subject},
                   {0.41, QStringLiteral("recorded"), DistributionMark::Kind::Quiet}};
  return content;
}

}  // namespace

class TestAnalysisCharts : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QFont font(QStringLiteral("DejaVu Sans"));  // installed wherever the tests run
    font.setPixelSize(kBodyPixels);
    QApplication::setFont(font);
  }
  void init() {
    test::failOnQtWarnings();
    m_bench = std::make_unique<Workbench>();
  }
  void cleanup() {
    m_chart.reset();
    m_bench.reset();
  }

  void rowsThatDoNotFitAreMoved() {
    RowWindow window(20, 40);
    window.setRows(10);
    window.setRoom(100);
    QCOMPARE(window.height(), 20.0);
    QCOMPARE(window.end(), 5);
    QVERIFY(window.cut());
    window.scroll(3);
    QCOMPARE(window.first(), 3);
    QCOMPARE(window.at(41), 5);
    QCOMPARE(window.at(-1), -1);
    window.scroll(30);
    QCOMPARE(window.first(), 5);
    window.setCurrent(1);
    QCOMPARE(window.first(), 1);
    window.step(1);
    window.setCurrent(9);
    QCOMPARE(window.end(), 10);
    window.setRoom(1000);
    QCOMPARE(window.height(), 40.0);
    QCOMPARE(window.first(), 0);
    QCOMPARE(window.at(401), -1);  // below the last
  }

  // Interval bars

  void anAxisHoldsValuesIntervalsAndZero() {
    auto& chart = show<IntervalBars>();
    chart.setContent(attributions());
    draw();
    QCOMPARE(chart.least(), 0.0);
    QCOMPARE(chart.most(), 0.15);
    chart.setContent(differences(9));
    draw();
    QVERIFY(chart.least() <= -0.055 && chart.most() >= 0.06);
    QCOMPARE(chart.text(chart.content().rows[8]), QStringLiteral("+0.040 (+0.025 … +0.060)"));
    QCOMPARE(chart.text(chart.content().rows[4]).left(6), QStringLiteral("±0.000"));
  }

  void aRowWithoutAValueSaysWhy() {
    auto& chart = show<IntervalBars>();
    chart.setContent(attributions());
    draw();
    QCOMPARE(chart.text(chart.content().rows[3]), QStringLiteral("–"));
    const Table table = chart.table();
    QCOMPARE(table.columns.size(), 6);
    QCOMPARE(table.rows[0],
             QStringList({QStringLiteral("Vitals and labs"), QStringLiteral("0.12"), QStringLiteral("0.1"),
                          QStringLiteral("0.14"), QStringLiteral("0.05"), QStringLiteral("n 400")}));
    QCOMPARE(table.rows[3][1], QString());
    QCOMPARE(table.rows[3].back(), QStringLiteral("No stay has it."));
    IntervalContent broken = attributions();
    broken.rows[0].value = kNaN;
    broken.rows[0].reason = QStringLiteral("No pair.");
    chart.setContent(broken);
    draw();
    QCOMPARE(chart.text(chart.content().rows[0]), QStringLiteral("–"));
    QCOMPARE(chart.table().rows[0][1], QString());
  }

  void rowsAnswerClicksKeysAndWheel() {
    auto& chart = show<IntervalBars>();
    chart.setContent(differences(40));
    draw();
    const auto [first, end] = chart.shownRows();
    QCOMPARE(first, 0);
    QVERIFY(end > 5 && end < 40);
    QSignalSpy clicks(&chart, &RowChart::clicked);
    QTest::mouseClick(&chart.canvas(), Qt::LeftButton, {}, chart.rowRect(3).center().toPoint());
    QCOMPARE(clicks.takeFirst(), QVariantList({3, -1}));
    wheel(-120);
    QCOMPARE(chart.shownRows().first, 1);
    wheel(120);
    QCOMPARE(chart.shownRows().first, 0);
    chart.setFocus();
    for (int i = 0; i < end; ++i) QTest::keyClick(&chart, Qt::Key_Down);
    QCOMPARE(chart.currentRow(), 3 + end);
    QCOMPARE(chart.shownRows().second, 4 + end);
    QTest::keyClick(&chart, Qt::Key_Return);
    QCOMPARE(clicks.takeFirst(), QVariantList({3 + end, -1}));
    QTest::keyClick(&chart, Qt::Key_Escape);
    QCOMPARE(chart.currentRow(), -1);
  }

  void aRowsModalityLightsUpEverywhere() {
    auto& chart = show<IntervalBars>();
    chart.setContent(attributions());
    draw();
    QTest::mouseMove(&chart.canvas(), chart.rowRect(1).center().toPoint());
    QCOMPARE(m_bench->selection.modality(), 1);
  }

  // Matrix

  void coloursFollowEachColumnsScale() {
    auto& chart = show<MatrixChart>();
    chart.setContent(patterns(4));
    draw();
    QCOMPARE(chart.colour(0, 0), m_bench->appearance.theme().surface);  // plain numbers
    QVERIFY(chart.colour(0, 1).lightness() > chart.colour(3, 1).lightness());
    QVERIFY(chart.colour(0, 2).lightness() > chart.colour(1, 2).lightness());  // the least Brier score is the best
    QCOMPARE(chart.colour(2, 2), m_bench->appearance.theme().grid);
    QCOMPARE(chart.text(2, 2), QStringLiteral("–"));
    QCOMPARE(chart.text(0, 1), QStringLiteral("0.950"));
    QCOMPARE(chart.text(0, 0), QStringLiteral("400"));
    const Table table = chart.table();
    QCOMPARE(table.columns, QStringList({QStringLiteral("pattern"), QStringLiteral("stays"), QStringLiteral("AUROC"),
                                         QStringLiteral("Brier")}));
    QCOMPARE(table.rows.size(), std::size_t(4));
    QCOMPARE(table.rows[2][3], QString());
  }

  void cellsAnswerClicksAndKeys() {
    auto& chart = show<MatrixChart>();
    chart.setContent(similarity());
    draw();
    QSignalSpy clicks(&chart, &RowChart::clicked);
    QTest::mouseClick(&chart.canvas(), Qt::LeftButton, {}, chart.cellRect(4, 7).center().toPoint());
    QCOMPARE(clicks.takeFirst(), QVariantList({4, 7}));
    QTest::mouseClick(&chart.canvas(), Qt::LeftButton, {}, QPoint(4, int(chart.rowRect(2).center().y())));
    QCOMPARE(clicks.takeFirst(), QVariantList({2, -1}));
    QTest::keyClick(&chart, Qt::Key_Right);
    QTest::keyClick(&chart, Qt::Key_Down);
    QTest::keyClick(&chart, Qt::Key_Return);
    QCOMPARE(clicks.takeFirst(), QVariantList({3, 0}));
    QVERIFY(chart.cell(0, 5).outlined && !chart.cell(0, 4).outlined);
  }

  // Distribution

  void binsCountEveryFiniteValue() {
    auto& chart = show<DistributionChart>();
    chart.setContent(distances());
    draw();
    QVERIFY(!chart.dots());
    QCOMPARE(std::accumulate(chart.bins().begin(), chart.bins().end(), 0), 500);
    QVERIFY(chart.least() <= 0.0504 && chart.most() >= 0.21);
    QCOMPARE(chart.countWithin({0, 1}), 500);
    QCOMPARE(chart.countWithin({0.3, 1}), 0);
    QCOMPARE(chart.table().rows.size(), std::size_t(503));
    chart.setContent(donors());
    draw();
    QVERIFY(chart.dots());
    QCOMPARE(chart.least(), 0.0);
    QCOMPARE(chart.most(), 1.0);
    QCOMPARE(chart.table().rows.size(), std::size_t(2 + 2 + 20));
  }

  void draggingSelectsARange() {
    auto& chart = show<DistributionChart>();
    chart.setContent(distances());
    draw();
    QSignalSpy brushes(&chart, &DistributionChart::brushChanged);
    const auto at = [&](double value) { return QPoint(qRound(chart.pixel(value)), chart.height() / 2); };
    QTest::mousePress(&chart.canvas(), Qt::LeftButton, {}, at(0.15));
    QTest::mouseMove(&chart.canvas(), at(0.15) + QPoint(2, 0));
    QVERIFY(!chart.brushed());  // a click that trembles
    QTest::mouseMove(&chart.canvas(), at(0.1));
    QTest::mouseRelease(&chart.canvas(), Qt::LeftButton, {}, at(0.1));
    QVERIFY(chart.brushed());
    QVERIFY(std::abs(chart.brushed()->low - 0.1) < 0.002 && std::abs(chart.brushed()->high - 0.15) < 0.002);
    QVERIFY(brushes.size() >= 1);
    QTest::mouseMove(&chart.canvas(), at(0.08));
    QVERIFY(std::abs(chart.brushed()->low - 0.1) < 0.002);  // the button is up
    QTest::keyClick(&chart, Qt::Key_Escape);
    QVERIFY(!chart.brushed());
  }

  void oneValueAloneIsDrawn() {
    auto& chart = show<DistributionChart>();
    DistributionContent content = donors();
    content.range.reset();
    content.values = {0.4};
    content.marks.clear();
    chart.setContent(content);
    draw();
    QVERIFY(chart.most() > chart.least());
    content.values = {kNaN};
    content.empty = QStringLiteral("No donor.");
    chart.setContent(content);
    QCoreApplication::processEvents();
    QCOMPARE(chart.notice(), QStringLiteral("No donor."));
  }

  // All

  void theyKeepVectors_data() { names(); }
  void theyKeepVectors() {
    QFETCH(const QString, name);
    Chart& chart = made(name);
    QPicture picture;
    QPainter painter(&picture);
    chart.draw(painter, QRect(0, 0, 600, 320));
    painter.end();
    QVERIFY(picture.size() > 2000);
    QVERIFY(!QByteArray(picture.data(), int(picture.size())).contains("PNG"));  // no image in it
  }

  void looks_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("dark");
    for (const char* name : {"intervals", "differences", "patterns", "similarity", "histogram", "strip"}) {
      QTest::addRow("%s-light", name) << QString::fromLatin1(name) << false;
      QTest::addRow("%s-dark", name) << QString::fromLatin1(name) << true;
    }
  }
  void looks() {
    QFETCH(const QString, name);
    QFETCH(const bool, dark);
    if (dark) m_bench->appearance.setTheme(Theme::darkTheme());
    Chart& chart = made(name);
    draw();
    const QString difference = test::compareWithGolden(
        chart.grab().toImage(),
        QStringLiteral("analysis/chart-%1-%2").arg(name, dark ? QStringLiteral("dark") : QStringLiteral("light")));
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
  }

 private:
  static void names() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"intervals", "differences", "patterns", "similarity", "histogram", "strip"})
      QTest::addRow("%s", name) << QString::fromLatin1(name);
  }

  template <class T>
  T& show() {
    auto chart = std::make_unique<T>(m_bench->context());
    T& made = *chart;
    QPalette palette;  // as the panel behind it
    palette.setColor(QPalette::Window, m_bench->appearance.theme().surface);
    chart->setPalette(palette);
    chart->resize(600, 320);
    chart->show();
    m_chart = std::move(chart);
    if (!QTest::qWaitForWindowExposed(m_chart.get())) qFatal("not shown");
    return made;
  }
  Chart& made(const QString& name) {
    if (name == QStringLiteral("intervals")) show<IntervalBars>().setContent(attributions());
    if (name == QStringLiteral("differences")) show<IntervalBars>().setContent(differences(40));
    if (name == QStringLiteral("patterns")) show<MatrixChart>().setContent(patterns(5));
    if (name == QStringLiteral("similarity")) show<MatrixChart>().setContent(similarity());
    if (name == QStringLiteral("histogram")) show<DistributionChart>().setContent(distances());
    if (name == QStringLiteral("strip")) show<DistributionChart>().setContent(donors());
    return *m_chart;
  }
  /// Lays the plot out and paints it.
  void draw() { m_chart->grab(); }
  void wheel(int delta) {
    const QPointF place = m_chart->canvas().rect().center();
    QWheelEvent event(place, m_chart->canvas().mapToGlobal(place), {}, {0, delta}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&m_chart->canvas(), &event);
  }

  std::unique_ptr<Workbench> m_bench;
  std::unique_ptr<Chart> m_chart;
};

QTEST_MAIN(TestAnalysisCharts)
#include "tst_analysis_charts.moc"
