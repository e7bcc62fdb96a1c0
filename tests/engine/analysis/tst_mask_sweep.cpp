// Sweeps over stays and masks: order, masks, batches, stop, sub-samples, slices, errors.
#include <QtTest>
#include <thread>

#include "analysis/mask_batches.h"
#include "analysis/mask_sweep.h"
#include "fake_world.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

constexpr int kModalities = 4;

std::vector<float> stayAndShown(const Sample& sample, std::uint32_t shown) {
  return {static_cast<float>(sample.stayId % 7) - static_cast<float>(shown)};
}

PlainModel plainModel() {
  return PlainModel(plainConfig(kModalities), stayAndShown);
}

/// Stays 1 … count; stay i has the modalities i mod 16.
std::vector<SamplePtr> stays(int count) {
  std::vector<SamplePtr> all;
  for (int id = count; id >= 1; --id) all.push_back(plainSample(id, static_cast<std::uint32_t>(id % 16), kModalities));
  return all;
}

std::vector<std::int64_t> idsOf(const Model& model, const SampleSource& source, const SweepOptions& options) {
  std::vector<std::int64_t> ids;
  const std::vector<ModalityMask> masks{0};
  const auto done = sweepMasks(model, source, masks, options,
                               [&](const SweptStay& stay) {
                                 ids.push_back(stay.sample->stayId);
                                 return true;
                               },
                               {}, {});
  return done ? ids : std::vector<std::int64_t>{-1};
}

}  // namespace

class TestMaskSweep : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void masks();
  void everyStayUnderEveryMask();
  void boundedBatches();
  void onCallingThreadAndInProgress();
  void endsWhenNoMoreIsWanted();
  void stops();
  void afterStay();
  void mostIsEvenAndStable();
  void slice();
  void errors_data();
  void errors();
};

void TestMaskSweep::masks() {
  QCOMPARE(singleMasks(3), (std::vector<ModalityMask>{0, 1, 2, 4}));
  QCOMPARE(*allMasks(2), (std::vector<ModalityMask>{0, 1, 2, 3}));
  QCOMPARE(allMasks(12)->size(), 4096U);
  const auto many = allMasks(13);
  QVERIFY(!many && many.error().what.find("13") != std::string::npos);
}

void TestMaskSweep::everyStayUnderEveryMask() {
  const PlainModel model = plainModel();
  const PlainSource source(stays(300));
  const std::vector<ModalityMask> asked{0, 0b0110, 0b1111, 0b0001};
  std::int64_t last = 0;
  const auto done = sweepMasks(model, source, asked, {},
                               [&](const SweptStay& stay) {
                                 if (stay.sample->stayId != ++last || stay.routings.size() != asked.size())
                                   return false;
                                 if (stay.recorded != static_cast<std::uint32_t>(last % 16)) return false;
                                 for (std::size_t m = 0; m < asked.size(); ++m) {
                                   const std::uint32_t shown = stay.recorded & ~asked[m];
                                   if (stay.routings[m].mask != asked[m] || stay.routings[m].present != shown)
                                     return false;
                                   if (stay.routings[m].headLogits[1] != stayAndShown(*stay.sample, shown)[0])
                                     return false;
                                 }
                                 return true;
                               },
                               {}, {});
  QVERIFY(done);
  QCOMPARE(last, 300);
  QCOMPARE(model.states(), 1200U);
}

void TestMaskSweep::boundedBatches() {
  const PlainModel few = plainModel(), many = plainModel();
  const PlainSource source(stays(400));
  QCOMPARE(idsOf(few, source, {}).size(), 400U);
  QVERIFY(few.largest() > 1 && few.largest() <= 128);
  const std::vector<ModalityMask> long_(3000, 1);
  const PlainSource three(stays(3));
  QVERIFY(sweepMasks(many, three, long_, {}, [](const SweptStay& s) { return s.routings.size() == 3000; }, {}, {}));
  QCOMPARE(many.states(), 9000U);
  QCOMPARE(many.largest(), kBatchStates);
}

void TestMaskSweep::onCallingThreadAndInProgress() {
  const PlainModel model = plainModel();
  const PlainSource source(stays(1000));
  std::vector<Progress> told;
  const auto thread = std::this_thread::get_id();
  bool here = true;
  const auto masks = singleMasks(kModalities);
  QVERIFY(sweepMasks(
      model, source, masks, {}, [&](const SweptStay&) { return here = here && std::this_thread::get_id() == thread; },
      [&](const Progress& progress) { told.push_back(progress); }, {}));
  QVERIFY(here);
  QVERIFY(told.size() > 5);
  for (std::size_t i = 1; i < told.size(); ++i) QVERIFY(told[i].fraction >= told[i - 1].fraction);
  QCOMPARE(told.back().fraction, 1.0);
  QVERIFY(told.back().text.find("1000 stays") != std::string::npos);
}

void TestMaskSweep::endsWhenNoMoreIsWanted() {
  const PlainModel model = plainModel();
  const PlainSource source(stays(2000));
  int visited = 0;
  const std::vector<ModalityMask> masks{0};
  QVERIFY(sweepMasks(model, source, masks, {}, [&](const SweptStay&) { return ++visited < 5; }, {}, {}));
  QCOMPARE(visited, 5);
  QVERIFY(model.states() < 500);
}

void TestMaskSweep::stops() {
  PlainModel model = plainModel();
  std::stop_source stop;
  model.onCompute = [&](std::size_t) { stop.request_stop(); };
  int visited = 0;
  const std::vector<ModalityMask> masks{0};
  const auto done = sweepMasks(
      model, PlainSource(stays(2000)), masks, {}, [&](const SweptStay&) { return ++visited > 0; }, {},
      stop.get_token());
  QVERIFY(!done && done.error().what.find("stopped") != std::string::npos);
  QCOMPARE(visited, 0);
  QVERIFY(model.states() <= 128);
}

void TestMaskSweep::afterStay() {
  const PlainModel model = plainModel();
  const PlainSource source(stays(300));
  SweepOptions options;
  options.afterStay = 290;
  QCOMPARE(idsOf(model, source, options),
           (std::vector<std::int64_t>{291, 292, 293, 294, 295, 296, 297, 298, 299, 300}));
  QCOMPARE(model.states(), 10U);
  options.afterStay = 300;  // nothing is left: that is no error
  QVERIFY(idsOf(model, source, options).empty());
}

void TestMaskSweep::mostIsEvenAndStable() {
  const PlainModel model = plainModel();
  const PlainSource source(stays(4000));
  SweepOptions options;
  options.most = 400;
  const auto ids = idsOf(model, source, options);
  QCOMPARE(ids.size(), 400U);
  QVERIFY(std::is_sorted(ids.begin(), ids.end()));
  std::vector<int> quarters(4);
  for (const std::int64_t id : ids) ++quarters[static_cast<std::size_t>((id - 1) / 1000)];
  for (const int quarter : quarters) QVERIFY2(quarter > 65 && quarter < 135, qPrintable(QString::number(quarter)));
  QVERIFY(idsOf(model, source, options) == ids);
  options.most = 100;  // fewer are some of the same
  for (const std::int64_t id : idsOf(model, source, options)) QVERIFY(std::binary_search(ids.begin(), ids.end(), id));
  options.most = 400;
  options.afterStay = ids[199];  // going on after a break picks what the whole would have
  QCOMPARE(idsOf(model, source, options), (std::vector<std::int64_t>(ids.begin() + 200, ids.end())));
  options = {};
  options.most = 5000;
  QCOMPARE(idsOf(model, source, options).size(), 4000U);
}

void TestMaskSweep::slice() {
  const PlainModel model = plainModel();
  const PlainSource source(stays(50), {{7, "train"}, {9, "train"}});
  const SliceSource slice(source, {7, 8, 9, 20, 70});
  QCOMPARE(*slice.count(""), 4U);
  QCOMPARE(*slice.count("train"), 2U);
  SweepOptions options;
  QCOMPARE(idsOf(model, slice, options), (std::vector<std::int64_t>{7, 8, 9, 20}));
  options.split = "test";
  QCOMPARE(idsOf(model, slice, options), (std::vector<std::int64_t>{8, 20}));
  QCOMPARE(*SliceSource(source, {}).count(""), 0U);
}

void TestMaskSweep::errors_data() {
  QTest::addColumn<int>("fault");
  QTest::addColumn<QString>("said");
  QTest::newRow("no mask") << 0 << "no mask";
  QTest::newRow("no stay") << 1 << "no stay";
  QTest::newRow("empty split") << 2 << "'validation'";
  QTest::newRow("empty slice") << 3 << "no stay";
  QTest::newRow("none of the modalities") << 4 << "none of the modalities of the model plain";
  QTest::newRow("the model fails") << 5 << "as asked";
}

void TestMaskSweep::errors() {
  QFETCH(int, fault);
  QFETCH(QString, said);
  PlainModel model = plainModel();
  std::vector<ModalityMask> masks{0};
  SweepOptions options;
  PlainSource source(fault == 1 ? std::vector<SamplePtr>{} : stays(200));
  const SliceSource empty(source, {});
  if (fault == 0) masks.clear();
  if (fault == 2) options.split = "validation";
  if (fault == 4) {
    auto other = std::make_shared<Sample>(*plainSample(1, 15, kModalities));
    for (ModalityData& data : other->modalities) data.name = "other " + data.name;
    source = PlainSource({other});
  }
  if (fault == 5) model.fails = "It fails as asked.";
  int visited = 0;
  const SampleSource& chosen = fault == 3 ? static_cast<const SampleSource&>(empty) : source;
  const auto done = sweepMasks(model, chosen, masks, options, [&](const SweptStay&) { return ++visited > 0; }, {}, {});
  QVERIFY(!done);
  QVERIFY2(QString::fromStdString(done.error().what).contains(said), done.error().what.c_str());
  QCOMPARE(visited, 0);
}

QTEST_APPLESS_MAIN(TestMaskSweep)
#include "tst_mask_sweep.moc"
