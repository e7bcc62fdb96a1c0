#include <QtTest>
#include <cmath>
#include <set>

#include "analysis/folds.h"

using namespace fusemoe;

namespace {

/// 100 stays, every tenth positive, every 25th without a known label.
class Cohort : public SampleSource {
 public:
  int stays = 100;
  Result<void> visit(const std::string&, const std::function<bool(const SamplePtr&)>& visit) const override {
    for (int stay = 1; stay <= stays; ++stay) {
      auto sample = std::make_shared<Sample>();
      sample->stayId = stay;
      sample->labels["death"] = {stay % 25 == 0 ? NAN : stay % 10 == 1 ? 1.0F : 0.0F};
      if (!visit(sample)) break;
    }
    return {};
  }
  Result<std::size_t> count(const std::string&) const override { return std::size_t(stays); }
};

struct Part {
  std::set<std::int64_t> stays;
  int positives = 0;
};

Part partOf(const FoldSource& source, const std::string& split) {
  Part part;
  const auto visited = source.visit(split, [&](const SamplePtr& sample) {
    part.stays.insert(sample->stayId);
    part.positives += sample->labels.at("death")[0] > 0 ? 1 : 0;
    return true;
  });
  if (!visited) part.stays.clear();
  return part;
}

}  // namespace

class TestFolds : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyStayIsTestedOnceAndLabelsAreShared() {
    const Cohort cohort;
    const auto folds = *FoldSource::deal(cohort, "death", 5, 32);
    std::set<std::int64_t> tested;
    for (int fold = 0; fold < 5; ++fold) {
      folds->turnTo(fold);
      const Part train = partOf(*folds, "train"), validation = partOf(*folds, "validation"),
                 test = partOf(*folds, "test");
      QCOMPARE(train.stays.size() + validation.stays.size() + test.stays.size(), std::size_t(96));
      QVERIFY(test.stays.size() == 19 || test.stays.size() == 20);
      QCOMPARE(test.positives, 2);
      QCOMPARE(validation.positives, 2);
      QCOMPARE(*folds->count("test"), test.stays.size());
      QCOMPARE(*folds->count("train"), train.stays.size());
      for (const std::int64_t stay : test.stays) {
        QVERIFY(tested.insert(stay).second);
        QVERIFY(!train.stays.count(stay) && !validation.stays.count(stay));
      }
    }
    QCOMPARE(tested.size(), std::size_t(96));
  }

  void theSeedDeals() {
    const Cohort cohort;
    const auto first = partOf(**FoldSource::deal(cohort, "death", 4, 1), "test");
    QVERIFY(first.stays == partOf(**FoldSource::deal(cohort, "death", 4, 1), "test").stays);
    QVERIFY(first.stays != partOf(**FoldSource::deal(cohort, "death", 4, 2), "test").stays);
  }

  void unusableRequests() {
    Cohort cohort;
    QVERIFY(FoldSource::deal(cohort, "death", 2, 1).error().what.find("at least 3") != std::string::npos);
    QVERIFY(FoldSource::deal(cohort, "nothing", 5, 1).error().what.find("'nothing'") != std::string::npos);
    cohort.stays = 4;
    QVERIFY(!FoldSource::deal(cohort, "death", 5, 1));
  }
};

QTEST_APPLESS_MAIN(TestFolds)
#include "tst_folds.moc"
