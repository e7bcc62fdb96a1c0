// The small parts of ui/state: formatting, the result cache, the entropy trace.
#include <QTest>

#include "state/entropy_trace.h"
#include "state/format.h"
#include "state/model_endings.h"
#include "state/result_cache.h"
#include "support/workbench.h"

using namespace fusemoe;
using namespace fusemoe::ui;

namespace {

ResultPtr resultOf(const std::string& sample, ModalityMask mask, double regularizer = 0) {
  RoutingResult result;
  result.key.sampleDigest = sample;
  result.key.mask = mask;
  result.layers.resize(1);
  result.layers[0].entropy.regularizer = regularizer;
  return std::make_shared<const RoutingResult>(result);
}

}  // namespace

class TestUiParts : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void modelEndings() {
    for (const char* name : {"a.safetensors", "32.pth.tar", "A.PTH", "b.pt"}) QVERIFY2(hasModelEnding(name), name);
    for (const char* name : {"a.tar", "set-a.tar.xz", "pt", "a.sqlite", ""}) QVERIFY2(!hasModelEnding(name), name);
    QCOMPARE(modelFilters().first(), QStringLiteral("Models (*.safetensors *.pth.tar *.pth *.pt)"));
    QCOMPARE(modelFilters().size(), 2);
  }

  void init() { test::failOnQtWarnings(); }

  void numbers_data() {
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("plain");
    QTest::addColumn<QString>("withSign");
    QTest::newRow("positive") << 0.128 << "0.13"
                              << "+0.13";
    QTest::newRow("negative") << -0.128 << QString::fromUtf8("−0.13") << QString::fromUtf8("−0.13");
    QTest::newRow("rounds to nothing") << -0.004 << "0.00" << QString::fromUtf8("±0.00");
    QTest::newRow("zero") << 0.0 << "0.00" << QString::fromUtf8("±0.00");
  }
  void numbers() {
    QFETCH(const double, value);
    QTEST(number(value, 2), "plain");
    QTEST(signedNumber(value, 2), "withSign");
  }

  void countsAndPlurals() {
    QCOMPARE(count(17549), QStringLiteral("17,549"));
    QCOMPARE(counted(1, QStringLiteral("1 event"), QStringLiteral("%1 events")), QStringLiteral("1 event"));
    QCOMPARE(counted(12, QStringLiteral("1 event"), QStringLiteral("%1 events")), QStringLiteral("12 events"));
  }

  void cacheDropsTheOneNotUsedForLongest() {
    ResultCache cache(2);
    cache.insert(resultOf("a", 0));
    cache.insert(resultOf("b", 0));
    QVERIFY(cache.find(resultOf("a", 0)->key));
    cache.insert(resultOf("c", 0));
    QCOMPARE(cache.size(), std::size_t(2));
    QVERIFY(cache.find(resultOf("a", 0)->key));
    QVERIFY(!cache.find(resultOf("b", 0)->key));
    QVERIFY(cache.find(resultOf("c", 0)->key));
  }

  void cacheTellsMasksApart() {
    ResultCache cache(4);
    cache.insert(resultOf("a", 1));
    QVERIFY(!cache.find(resultOf("a", 0)->key));
    QCOMPARE(cache.find(resultOf("a", 1)->key)->key.mask, 1U);
  }

  void traceKeepsTheLastEditsOfOneStay() {
    EntropyTrace trace;
    int step = 0;
    for (unsigned i = 0; i < 30; ++i) trace.append(*resultOf("a", i, -0.01 * i), 1, step++);
    QCOMPARE(trace.points().size(), EntropyTrace::kLength);
    QCOMPARE(trace.points().back().mask, 29U);
    QCOMPARE(trace.points().back().regularizer.front(), -0.29);
    trace.append(*resultOf("a", 29, -0.29), 1, step++);  // nothing new
    QCOMPARE(trace.points().size(), EntropyTrace::kLength);
    trace.append(*resultOf("b", 0), 2, step);
    QCOMPARE(trace.points().size(), std::size_t(1));
  }

  void aDragIsOnePointOfTheTrace() {
    EntropyTrace trace;
    trace.append(*resultOf("recorded", 0, -0.1), 1, 0);
    for (int i = 0; i < 5; ++i) trace.append(*resultOf("moved " + std::to_string(i), 0, -0.2 - 0.01 * i), 1, 1);
    QCOMPARE(trace.points().size(), std::size_t(2));
    QCOMPARE(trace.points().front().regularizer.front(), -0.1);
    QCOMPARE(trace.points().back().regularizer.front(), -0.24);
  }
};

QTEST_GUILESS_MAIN(TestUiParts)
#include "tst_ui_parts.moc"
