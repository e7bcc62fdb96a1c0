// Boosted trees on the bundled synthetic cohort: they learn, repeat themselves, and never look at the split they
// report.
#include <QtTest>

#include "analysis/metrics.h"
#include "boosting/boosting.h"
#include "cohort/cohort_store.h"
#include "cohort/complete_config.h"

using namespace fusemoe;

namespace {

const std::string kCohort = FUSEMOE_SOURCE_DIR "/resources/cohorts/icu-synthetic.sqlite";

/// The vitals alone: few features, a quick fit.
ModelConfig configOf(const CohortStore& store, const char* task) {
  ModelConfig config;
  config.task.name = task;
  config.modalities.resize(1);
  config.modalities[0].name = "ts";
  if (auto completed = completeConfig(config, store.info()); !completed) qFatal("%s", completed.error().line().c_str());
  return config;
}

}  // namespace

class TestBoosting : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void learnsAndRepeats();
  void errors();
};

void TestBoosting::learnsAndRepeats() {
  const auto store = CohortStore::open(kCohort).value();
  const ModelConfig config = configOf(*store, "ihm");
  const auto test = boostingBaseline(*store, config, "test", 32, {}, {});
  if (!test && test.error().what.find("without XGBoost") != std::string::npos)
    QSKIP("XGBoost was not found when this was built.");
  QVERIFY2(test, test ? "" : test.error().line().c_str());
  QCOMPARE(test->tried.size(), 12U);
  QCOMPARE(test->features, 30U * 9U);
  QVERIFY(*LabelScores(test->target.probability, test->target.truth).auroc() > 0.6);
  double best = 0;
  for (const BoostingChoice& choice : test->tried) best = std::max(best, choice.validationAuroc);
  QCOMPARE(test->chosen.validationAuroc, best);
  QCOMPARE(*LabelScores(test->validation.probability, test->validation.truth).auroc(), best);
  // Another split is reported: the same choice, the same trees.
  const auto train = boostingBaseline(*store, config, "train", 32, {}, {});
  QVERIFY(train->validation.probability == test->validation.probability);
  QVERIFY(train->target.stays.size() > 4 * test->target.stays.size());
}

void TestBoosting::errors() {
  const auto store = CohortStore::open(kCohort).value();
  const auto labels = boostingBaseline(*store, configOf(*store, "pheno"), "test", 32, {}, {});
  QVERIFY(!labels && !labels.error().what.empty());
  QVERIFY(!boostingBaseline(*store, configOf(*store, "ihm"), "elsewhere", 32, {}, {}));
  std::stop_source source;
  source.request_stop();
  QVERIFY(!boostingBaseline(*store, configOf(*store, "ihm"), "test", 32, {}, source.get_token()));
}

QTEST_APPLESS_MAIN(TestBoosting)
#include "tst_boosting.moc"
