#include <QtTest>
#include <cmath>
#include <functional>
#include <random>

#include "analysis/evaluation.h"

using namespace fusemoe;
Q_DECLARE_METATYPE(std::function<void(fusemoe::Scores&)>)

namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

/// `count` stays with scores that tell the classes apart to some degree, in two patterns.
Scores binaryScores(int count) {
  std::mt19937_64 random(11);
  Scores scores;
  for (int i = 0; i < count; ++i) {
    const float truth = random() % 4 == 0 ? 1.0F : 0.0F;
    scores.stays.push_back(i);
    scores.truth.push_back(truth);
    scores.probability.push_back(0.2F * truth + 0.6F * static_cast<float>(random() % 1000) / 1000.0F);
    scores.present.push_back(i % 3 == 0 ? 0b01U : 0b11U);
  }
  return scores;
}

}  // namespace

class TestEvaluation : public QObject {
  Q_OBJECT
  using Edit = std::function<void(Scores&)>;

 private Q_SLOTS:
  void overallAndPatterns();
  void patternsEqualSubsets();
  void oneClassInAPattern();
  void calibration();
  void slices();
  void severalLabels();
  void thresholds();
  void deterministic();
  void errors_data();
  void errors();
  void countsMustFit();
};

void TestEvaluation::overallAndPatterns() {
  const Scores scores = binaryScores(300);
  const auto report = evaluate(scores, {"labs", "notes"}, {"death"});
  QVERIFY(report);
  QCOMPARE(report->overall.stays, 300U);
  QCOMPARE(report->overall.known, 300U);
  const LabelScores direct(scores.probability, scores.truth);
  QCOMPARE(report->overall.positives, direct.positives());
  QCOMPARE(*report->overall.auroc, *direct.auroc());
  QCOMPARE(*report->overall.auprc, *direct.auprc());
  QCOMPARE(*report->overall.f1, *direct.f1(0.5));
  QCOMPARE(*report->overall.brier, *direct.brier());
  QCOMPARE(*report->overall.prevalence, *direct.prevalence());
  QVERIFY(report->overall.aurocInterval->low < *report->overall.auroc);
  QVERIFY(report->overall.aurocInterval->high > *report->overall.auroc);
  QVERIFY(report->overall.auprcInterval->low < report->overall.auprcInterval->high);
  QVERIFY(report->overall.f1Interval->low < *report->overall.f1);
  QVERIFY(report->overall.f1Interval->high > *report->overall.f1);
  QCOMPARE(report->patterns.size(), 2U);
  QCOMPARE(report->patterns[0].metrics.stays, 200U);
  QCOMPARE(report->patterns[0].modalities, (std::vector<std::string>{"labs", "notes"}));
  QCOMPARE(report->patterns[1].metrics.stays, 100U);
  QCOMPARE(report->patterns[1].modalities, std::vector<std::string>{"labs"});
}

void TestEvaluation::patternsEqualSubsets() {
  const Scores scores = binaryScores(300);
  Scores subset;
  for (std::size_t i = 0; i < scores.stays.size(); i += 3) {
    subset.stays.push_back(scores.stays[i]);
    subset.probability.push_back(scores.probability[i]);
    subset.truth.push_back(scores.truth[i]);
    subset.present.push_back(scores.present[i]);
  }
  const GroupMetrics pattern = evaluate(scores, {"labs", "notes"}, {"death"})->patterns[1].metrics;
  const GroupMetrics alone = evaluate(subset, {"labs", "notes"}, {"death"})->overall;
  QCOMPARE(pattern.stays, alone.stays);
  QCOMPARE(pattern.positives, alone.positives);
  QVERIFY(pattern.auroc == alone.auroc && pattern.auprc == alone.auprc && pattern.f1 == alone.f1);
  QVERIFY(pattern.aurocInterval == alone.aurocInterval && pattern.auprcInterval == alone.auprcInterval);
}

void TestEvaluation::oneClassInAPattern() {
  Scores scores;
  scores.stays = {1, 2, 3};
  scores.probability = {0.9F, 0.1F, 0.2F};
  scores.truth = {1, 0, 0};
  scores.present = {1, 1, 0};
  const auto report = evaluate(scores, {"labs"}, {"death"});
  QVERIFY(report && report->patterns.size() == 2);
  const GroupMetrics& none = report->patterns[1].metrics;
  QVERIFY(report->patterns[1].modalities.empty());
  QVERIFY(!none.auroc && !none.aurocInterval && !none.auprc && !none.auprcInterval && !none.f1 && !none.f1Interval);
  QCOMPARE(*none.prevalence, 0.0);
  QVERIFY(!none.balancedAccuracy && !none.balancedAccuracyInterval && none.brier && none.ece && !none.line);
  QCOMPARE(none.undefined, std::string("All labels known in this group are of one class."));
  QCOMPARE(*report->overall.auroc, 1.0);
}

void TestEvaluation::calibration() {
  const Scores scores = binaryScores(300);
  const GroupMetrics all = evaluate(scores, {"labs", "notes"}, {"death"})->overall;
  const LabelScores direct(scores.probability, scores.truth);
  QCOMPARE(*all.balancedAccuracy, *direct.balancedAccuracy(0.5));
  QCOMPARE(*all.ece, *calibrationError(direct, Binning::EqualWidth));
  for (const auto& [value, interval] :
       {std::pair(all.balancedAccuracy, all.balancedAccuracyInterval), std::pair(all.brier, all.brierInterval)})
    QVERIFY(interval->low < *value && *value < interval->high);
  QVERIFY(all.eceInterval->low < all.eceInterval->high);
  for (const auto& bins : {all.equalWidth, all.equalCount}) {
    std::uint64_t rows = 0;
    for (const CalibrationBin& bin : bins) rows += bin.count;
    QCOMPARE(rows, std::uint64_t{300});
  }
  QVERIFY(all.line && all.line->slope > 0);
  QVERIFY(all.undefined.empty());
}

void TestEvaluation::slices() {
  const Scores scores = binaryScores(300);
  EvaluationOptions options;
  options.slices = {{"thirds", {}}, {"nobody", {}}, {"strangers", {1000, 2000}}};
  for (std::int64_t stay = 0; stay < 300; stay += 3) options.slices[0].stays.push_back(stay);
  const auto report = evaluate(scores, {"labs", "notes"}, {"death"}, options);
  QCOMPARE(report->slices.size(), 3U);
  // Every third stay is the second pattern, too.
  QCOMPARE(report->slices[0].name, std::string("thirds"));
  QVERIFY(report->slices[0].metrics.auroc == report->patterns[1].metrics.auroc);
  QVERIFY(report->slices[0].metrics.aurocInterval == report->patterns[1].metrics.aurocInterval);
  for (const std::size_t empty : {1U, 2U}) {
    const GroupMetrics& metrics = report->slices[empty].metrics;
    QVERIFY(metrics.stays == 0 && !metrics.auroc && !metrics.brier && !metrics.ece && !metrics.eceInterval);
    QCOMPARE(metrics.undefined, std::string("No stay is in this group."));
  }
}

void TestEvaluation::severalLabels() {
  Scores scores;
  scores.labels = 3;
  scores.stays = {1, 2, 3, 4};
  scores.present = {1, 1, 1, 1};
  // Label 0: textbook (AUROC ¾). Label 1: perfect. Label 2: one class, so it takes no part in the mean.
  scores.probability = {0.1F, 0.1F, 0.5F, 0.4F, 0.2F, 0.5F, 0.35F, 0.8F, 0.5F, 0.8F, 0.9F, 0.5F};
  scores.truth = {0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1, kUnknown};
  const auto report = evaluate(scores, {"labs"}, {"a", "b", "c"}, {{0.5, 0.5, 0.9}, {}});
  QVERIFY(report);
  QCOMPARE(*report->overall.auroc, (0.75 + 1) / 2);
  QCOMPARE(*report->overall.f1, (2.0 / 3 + 1) / 2);
  QCOMPARE(report->overall.known, 11U);
  QCOMPARE(report->overall.positives, 4U);
  QCOMPARE(report->labels.size(), 3U);
  QCOMPARE(report->labels[1].name, std::string("b"));
  QCOMPARE(*report->labels[1].auroc, 1.0);
  QVERIFY(!report->labels[2].auroc && !report->labels[2].f1);
  QCOMPARE(report->labels[2].known, 3U);
}

void TestEvaluation::thresholds() {
  const Scores scores = binaryScores(300);
  const auto best = bestF1Thresholds(scores);
  QVERIFY(best && best->size() == 1);
  const auto chosen = evaluate(scores, {}, {"death"}, {*best, {}});
  for (const double other : {0.1, 0.3, 0.5, 0.7}) {
    const auto report = evaluate(scores, {}, {"death"}, {{other}, {}});
    QVERIFY(*report->overall.f1 <= *chosen->overall.f1);
  }
  QCOMPARE(chosen->labels[0].threshold, best->front());
  Scores negative = scores;
  std::fill(negative.truth.begin(), negative.truth.end(), 0.0F);
  QCOMPARE(bestF1Thresholds(negative)->front(), 0.5);
}

void TestEvaluation::deterministic() {
  const Scores scores = binaryScores(200);
  const auto a = evaluate(scores, {}, {"death"}, {{0.5}, {300, 7}});
  const auto b = evaluate(scores, {}, {"death"}, {{0.5}, {300, 7}});
  const auto c = evaluate(scores, {}, {"death"}, {{0.5}, {300, 8}});
  QVERIFY(a->overall.aurocInterval == b->overall.aurocInterval);
  QVERIFY(!(a->overall.aurocInterval == c->overall.aurocInterval));
}

void TestEvaluation::errors_data() {
  QTest::addColumn<Edit>("edit");
  QTest::addColumn<QString>("what");
  const auto row = [](const char* name, Edit edit, const char* what) { QTest::newRow(name) << edit << what; };
  row(
      "no stays", [](Scores& s) { s = {}; }, "nothing to evaluate");
  row(
      "no labels", [](Scores& s) { s.labels = 0; }, "nothing to evaluate");
  row(
      "negative labels", [](Scores& s) { s.labels = -1; }, "nothing to evaluate");
  row(
      "NaN probability", [](Scores& s) { s.probability[4] = kUnknown; }, "stay 4 is not a finite number");
  row(
      "infinite probability", [](Scores& s) { s.probability[0] = INFINITY; }, "stay 0 is not a finite number");
  row(
      "too few probabilities", [](Scores& s) { s.probability.pop_back(); }, "not one row a stay");
  row(
      "too few truths", [](Scores& s) { s.truth.pop_back(); }, "not one row a stay");
  row(
      "too few patterns", [](Scores& s) { s.present.pop_back(); }, "not one row a stay");
}

void TestEvaluation::errors() {
  QFETCH(Edit, edit);
  QFETCH(QString, what);
  Scores scores = binaryScores(10);
  edit(scores);
  const auto report = evaluate(scores, {}, {"death"});
  QVERIFY(!report);
  QVERIFY2(report.error().what.find(what.toStdString()) != std::string::npos, report.error().what.c_str());
  QVERIFY(!bestF1Thresholds(scores));
}

void TestEvaluation::countsMustFit() {
  const Scores scores = binaryScores(10);
  QVERIFY(!evaluate(scores, {}, {"a", "b"}));
  QVERIFY(!evaluate(scores, {}, {"a"}, {{0.5, 0.5}, {}}));
  QVERIFY(!evaluate(scores, {}, {"a"}, {{}, {}}));
  QVERIFY(!evaluate(scores, std::vector<std::string>(33, "m"), {"a"}));
}

QTEST_APPLESS_MAIN(TestEvaluation)
#include "tst_evaluation.moc"
