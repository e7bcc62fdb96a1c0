#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <random>

#include "cohort/cohort_store.h"
#include "cohort/import/import_stage.h"
#include "cohort/import/variable_mapping.h"
#include "cohort/import/write_staged.h"
#include "cohort_fixture.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

/// What a stage hands out: samples by id, and their parts.
struct Handed {
  std::vector<Sample> samples;
  std::vector<std::string> parts;
};

Handed handedOut(ImportStage& stage, std::uint64_t seed = 32) {
  Handed handed;
  const auto visited = stage.visit(seed,
                                   [&](Sample sample, const std::string& part) -> Result<void> {
                                     handed.samples.push_back(std::move(sample));
                                     handed.parts.push_back(part);
                                     return {};
                                   },
                                   {});
  if (!visited) throw std::runtime_error(visited.error().line());
  return handed;
}

// Variables of smallInfo(): 0 hr, 1 rr (series), 2 age, 3 sex (static); modality 1 holds vectors of width 3.
constexpr std::size_t kHr = 0, kRr = 1, kAge = 2;

}  // namespace

class TestImportStage : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rowsInAnyOrder();
  void repeats_data();
  void repeats();
  void manyRowsAcrossPieces();
  void splitsByPerson();
  void partsOfTheSourceStand();
  void stayTwice();
  void personIds();
  void leavesNothingBehind();
  void cannotWrite();
  void stops();
  void writesCohort();
  void noStay();

 private:
  ImportStage stage() const { return ImportStage::create(out(), smallInfo()).value(); }
  std::string out() const { return m_directory.filePath("out.sqlite").toStdString(); }
  QTemporaryDir m_directory;
};

void TestImportStage::rowsInAnyOrder() {
  ImportStage stage = this->stage();
  QVERIFY(stage.addStay({20, 2, 0, {}, {{"death", {1}}}}));
  QVERIFY(stage.addStay({10, 1}));
  QVERIFY(stage.hasStay(20) && !stage.hasStay(2));
  QVERIFY(stage.addObservation(20, kHr, 5, 90));
  QVERIFY(stage.addObservation(10, kAge, 0, 60));
  QVERIFY(stage.addEvent(20, 1, 7, "late", std::vector<float>{4, 5, 6}));
  QVERIFY(stage.addObservation(20, kHr, 1, 80));
  QVERIFY(stage.addEvent(20, 1, 3, "early", std::vector<float>{1, 2, 3}));
  QVERIFY(stage.addObservation(20, kRr, 2, 15));
  const Handed handed = handedOut(stage);
  QCOMPARE(handed.samples.size(), 2U);
  QCOMPARE(handed.samples[0].stayId, 10);
  QVERIFY(handed.samples[0].modalities[2].variables[0].observations == (std::vector<Observation>{{0, 60}}));
  const Sample& second = handed.samples[1];
  QCOMPARE(second.stayId, 20);
  QVERIFY(second.modalities[0].variables[0].observations == (std::vector<Observation>{{1, 80}, {5, 90}}));
  QVERIFY(second.modalities[0].variables[1].observations == (std::vector<Observation>{{2, 15}}));
  QVERIFY(second.modalities[1].events == (std::vector<Event>{{3, "early", {1, 2, 3}}, {7, "late", {4, 5, 6}}}));
  QCOMPARE(second.labels.at("death").front(), 1.0F);
  QCOMPARE(stage.counts().series.kept, 3);
  QCOMPARE(stage.counts().statics.kept, 1);
  QCOMPARE(stage.counts().events, 2);
}

void TestImportStage::repeats_data() {
  QTest::addColumn<int>("policy");
  QTest::addColumn<double>("value");
  QTest::addColumn<int>("same");
  QTest::addColumn<int>("other");
  QTest::addColumn<int>("merged");
  // 4, 4, 10, 6 at one hour, then 1 at another.
  QTest::newRow("first") << static_cast<int>(RepeatPolicy::First) << 4.0 << 1 << 2 << 0;
  QTest::newRow("last") << static_cast<int>(RepeatPolicy::Last) << 6.0 << 1 << 2 << 0;
  QTest::newRow("mean") << static_cast<int>(RepeatPolicy::Mean) << 6.0 << 0 << 0 << 3;
  QTest::newRow("sum") << static_cast<int>(RepeatPolicy::Sum) << 24.0 << 0 << 0 << 3;
}

void TestImportStage::repeats() {
  QFETCH(int, policy);
  QFETCH(double, value);
  ImportStage stage = this->stage();
  QVERIFY(stage.addStay({1, 1}));
  stage.setRepeatPolicy(kHr, static_cast<RepeatPolicy>(policy));
  for (const float next : {4.0F, 4.0F, 10.0F, 6.0F}) QVERIFY(stage.addObservation(1, kHr, 2, next));
  QVERIFY(stage.addObservation(1, kHr, 1, 1));
  const Handed handed = handedOut(stage);
  QVERIFY(handed.samples[0].modalities[0].variables[0].observations ==
          (std::vector<Observation>{{1, 1}, {2, static_cast<float>(value)}}));
  QCOMPARE(stage.counts().series.kept, 2);
  QTEST(static_cast<int>(stage.counts().series.sameValue), "same");
  QTEST(static_cast<int>(stage.counts().series.otherValue), "other");
  QTEST(static_cast<int>(stage.counts().series.merged), "merged");
}

void TestImportStage::manyRowsAcrossPieces() {
  // More rows than are held in memory, so that a stay's rows lie in several pieces of the file.
  constexpr int kStays = 7, kRows = 1'300'000;
  ImportStage stage = this->stage();
  for (int id = 0; id < kStays; ++id) QVERIFY(stage.addStay({id, id}));
  std::vector<std::map<float, float>> expected(kStays);  // the first of each hour stands
  std::mt19937 random(7);
  for (int row = 0; row < kRows; ++row) {
    const int id = static_cast<int>(random() % kStays);
    const float hour = static_cast<float>(random() % 4800) / 100, value = static_cast<float>(row);
    expected[static_cast<std::size_t>(id)].emplace(hour, value);
    QVERIFY(stage.addObservation(id, kHr, hour, value));
  }
  const Handed handed = handedOut(stage);
  std::int64_t kept = 0;
  for (std::size_t id = 0; id < kStays; ++id) {
    std::vector<Observation> rows;
    for (const auto& [hour, value] : expected[id]) rows.push_back({hour, value});
    QVERIFY(handed.samples[id].modalities[0].variables[0].observations == rows);
    kept += static_cast<std::int64_t>(rows.size());
  }
  const ValueCounts& counts = stage.counts().series;
  QCOMPARE(counts.kept, kept);
  QCOMPARE(counts.kept + counts.sameValue + counts.otherValue + counts.merged, kRows);
}

void TestImportStage::splitsByPerson() {
  ImportStage stage = this->stage();
  for (int id = 0; id < 300; ++id) QVERIFY(stage.addStay({id, id / 3, id % 30 == 0 ? 1 : 0}));
  const Handed handed = handedOut(stage);
  std::map<std::string, int> counts, positives;
  for (std::size_t id = 0; id < 300; ++id) {
    QCOMPARE(handed.parts[id], handed.parts[id / 3 * 3]);
    if (id % 3 == 0) ++counts[handed.parts[id]];
    if (id % 30 == 0) ++positives[handed.parts[id]];
  }
  QCOMPARE(counts["train"], 63 + 7);
  QCOMPARE(counts["validation"] + counts["test"], 30);
  QCOMPARE(positives["train"], 7);
  QCOMPARE(positives["validation"] + positives["test"], 3);
}

void TestImportStage::partsOfTheSourceStand() {
  ImportStage stage = this->stage();
  QVERIFY(stage.addStay({1, 1, 0, "test"}));
  QVERIFY(stage.addStay({2, 2, 0, ""}));
  QVERIFY(stage.addStay({3, 3}));
  const Handed handed = handedOut(stage);
  QCOMPARE(handed.parts, (std::vector<std::string>{"test", "", "train"}));
}

void TestImportStage::stayTwice() {
  ImportStage stage = this->stage();
  QVERIFY(stage.addStay({5, 1}));
  const auto again = stage.addStay({5, 2});
  QVERIFY(!again);
  QCOMPARE(again.error().what, std::string("The stay 5 is in the source twice."));
  QCOMPARE(stage.stayCount(), 1U);
}

void TestImportStage::personIds() {
  QCOMPARE(personIdOf("-12"), -12);
  QCOMPARE(personIdOf("002-1039"), personIdOf("002-1039"));
  QVERIFY(personIdOf("002-1039") != personIdOf("002-1038"));
  QVERIFY(personIdOf("12a") != 12);
}

void TestImportStage::leavesNothingBehind() {
  {
    ImportStage first = stage(), second = stage();
    QVERIFY(first.addStay({1, 1}) && second.addStay({1, 1}));
    QVERIFY(first.addObservation(1, kHr, 1, 1));
    // The files have no name, so that not even a killed program leaves one.
    QCOMPARE(QDir(m_directory.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
    QCOMPARE(handedOut(second).samples.size(), 1U);
  }
  QCOMPARE(QDir(m_directory.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
}

void TestImportStage::cannotWrite() {
  const auto stage = ImportStage::create(m_directory.filePath("no/such/out.sqlite").toStdString(), smallInfo());
  QVERIFY(!stage);
  QVERIFY(stage.error().what.find("cannot be opened") != std::string::npos);
}

void TestImportStage::stops() {
  ImportStage stage = this->stage();
  for (int id = 0; id < 5; ++id) QVERIFY(stage.addStay({id, id}));
  std::stop_source stop;
  int taken = 0;
  const auto visited = stage.visit(
      32,
      [&](const Sample&, const std::string&) -> Result<void> {
        if (++taken == 2) stop.request_stop();
        return {};
      },
      stop.get_token());
  QVERIFY(!visited);
  QCOMPARE(visited.error().what, std::string("The import was stopped."));
  QCOMPARE(taken, 2);
}

void TestImportStage::writesCohort() {
  ImportStage stage = this->stage();
  QVERIFY(stage.addStay({20, 2, 1, "train", {{"death", {1}}}}));
  QVERIFY(stage.addStay({10, 1, 0, "test", {{"death", {0}}, {"pheno", {1, 0}}}}));
  QVERIFY(stage.addStay({30, 3, -1, "", {{"death", {NAN}}}}));
  QVERIFY(stage.addObservation(20, kHr, 5, 90));
  QVERIFY(stage.addObservation(20, kHr, 5, 91));
  QVERIFY(stage.addObservation(20, kRr, 5, 12));
  QVERIFY(stage.addObservation(10, kRr, 6, 13));
  const ImportRequest request{"", {}, {{"rr", ""}, {"hr", "heart"}}, out(), 5};
  const auto mapping = VariableMapping::of(smallInfo(), request.modalityOf);
  QVERIFY(mapping);
  std::vector<double> fractions;
  const auto report = writeStaged(stage, *mapping, request, {{}, 0, {{"rows.total", 4}}, {"a note"}},
                                  [&](const Progress& now) { fractions.push_back(now.fraction); }, {});
  QVERIFY2(report, report ? "" : report.error().line().c_str());
  QCOMPARE(static_cast<qint64>(report->bytes), QFileInfo(QString::fromStdString(out())).size());
  QCOMPARE(report->notes, std::vector<std::string>{"a note"});
  QVERIFY(std::ranges::is_sorted(fractions) && fractions.front() >= kReadingShare && fractions.back() == 1);
  const std::map<std::string, std::int64_t> expected = {{"seed", 5},
                                                        {"stays.kept", 3},
                                                        {"split.train", 1},
                                                        {"split.train.positive", 1},
                                                        {"split.test", 1},
                                                        {"split.none", 1},
                                                        {"label.death.positive", 1},
                                                        {"label.death.negative", 1},
                                                        {"label.death.unknown", 1},
                                                        {"label.pheno.a", 1},
                                                        {"label.pheno.unknown", 2},
                                                        {"present.heart", 1},
                                                        {"rows.total", 4},
                                                        {"rows.kept", 1},
                                                        {"rows.variable_left_out", 2},
                                                        {"rows.repeated.other_value", 1},
                                                        {"static.kept", 0}};
  QVERIFY(report->counts == expected);
  const auto store = CohortStore::open(out());
  QVERIFY(store);
  QVERIFY((*store)->info().importCounts == expected);
  QVERIFY((*store)->read(20).value()->modality("heart")->variables[0].observations ==
          (std::vector<Observation>{{5, 90}}));
}

void TestImportStage::noStay() {
  ImportStage stage = this->stage();
  const ImportRequest request{"", {}, {}, out(), 5};
  writeBytes(out(), "old");
  const auto report = writeStaged(stage, VariableMapping::of(smallInfo(), {}).value(), request, {}, {}, {});
  QVERIFY(!report);
  QCOMPARE(report.error().what, std::string("The source has no stay."));
  QCOMPARE(readBytes(out()), std::string("old"));
}

QTEST_APPLESS_MAIN(TestImportStage)
#include "tst_import_stage.moc"
