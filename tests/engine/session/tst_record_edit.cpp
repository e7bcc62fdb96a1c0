// What-if edits of a record: each kind, lists as sets, and values that no honest edit has.
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "session/record_edit.h"

using namespace fusemoe;

namespace {

constexpr double kWindow = 48.5;

SamplePtr recorded() {
  Sample sample;
  sample.stayId = 7;
  sample.digest = "cohort:7";
  sample.modalities = {{"vitals",
                        ModalityKind::Series,
                        {{"hr", {{1, 80}, {2, 82}, {5, 90}, {48, 70}}}, {"sbp", {{2, 120}, {6, 131}}}, {"temp", {}}},
                        {}},
                       {"notes", ModalityKind::Vectors, {}, {{3, "a", {1, 2}}, {3, "b", {3, 4}}, {40, "c", {5, 6}}}},
                       {"body", ModalityKind::Static, {{"age", {{0, 61}}}, {"height", {}}}, {}}};
  return std::make_shared<const Sample>(std::move(sample));
}

SamplePtr edited(const RecordEdits& edits) {
  return applyEdits(recorded(), edits, kWindow);
}

const std::vector<Observation>& of(const SamplePtr& sample, std::size_t modality, std::size_t variable) {
  return sample->modalities[modality].variables[variable].observations;
}

/// Sorted, finite, within the window, no more than one static value, nothing invented.
bool sound(const Sample& sample) {
  const auto inside = [](const auto& item) { return item.hour >= 0 && double(item.hour) <= kWindow; };
  for (const ModalityData& data : sample.modalities) {
    if (!std::ranges::all_of(data.events, inside) || !std::ranges::is_sorted(data.events, {}, &Event::hour))
      return false;
    for (const VariableData& variable : data.variables) {
      const auto& all = variable.observations;
      if (data.kind == ModalityKind::Static && all.size() > 1) return false;
      if (!std::ranges::all_of(all, inside) || !std::ranges::is_sorted(all, {}, &Observation::hour)) return false;
      if (!std::ranges::all_of(all, [](const Observation& o) { return std::isfinite(o.value); })) return false;
    }
  }
  return true;
}

/// An edit as a user can make one, all of different effect.
RecordEdit randomEdit(std::mt19937& random) {
  const auto below = [&](unsigned count) { return static_cast<int>(random() % count); };
  const float step = 0.25F * float(1 + below(400));
  switch (below(6)) {
    case 0:
      return MoveObservation{"vitals", "hr", below(4), step - 50.1F, 0.1F * step};
    case 1:
      return MoveObservation{"notes", "", below(3), step - 30.05F, 0};
    case 2:
      return AddObservation{"vitals", below(2) ? "temp" : "sbp", {step / 2, 36 + step}};
    case 3:
      return below(2) ? DeleteObservation{"vitals", "sbp", below(2)} : DeleteObservation{"notes", "", below(3)};
    case 4:
      return below(2) ? MaskVariable{"vitals", "hr"} : MaskVariable{"body", "age"};
    default:
      return MaskWindow{below(2) ? "vitals" : "", step / 3, step / 3 + float(below(9))};
  }
}

RecordEdits randomEdits(std::mt19937& random) {
  RecordEdits edits;
  for (unsigned i = random() % 12; i-- > 0;) edits = with(std::move(edits), randomEdit(random));
  return edits;
}

}  // namespace

class TestRecordEdit : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void noEditIsTheSampleItself() {
    const SamplePtr sample = recorded();
    QVERIFY(applyEdits(sample, {}, kWindow) == sample);
    QVERIFY(!applyEdits(nullptr, RecordEdits{MaskVariable{"vitals", "hr"}}, kWindow));
  }

  void moves() {
    const SamplePtr sample = edited({MoveObservation{"vitals", "hr", 0, 3, 5}, MoveObservation{"notes", "", 2, -39, 9},
                                     MoveObservation{"body", "age", 0, 7, 4}});
    QCOMPARE(of(sample, 0, 0), (std::vector<Observation>{{2, 82}, {4, 85}, {5, 90}, {48, 70}}));
    QCOMPARE(sample->modalities[1].events.front(), (Event{1, "c", {5, 6}}));
    QCOMPARE(of(sample, 2, 0), (std::vector<Observation>{{0, 65}}));
    QVERIFY(sample->digest != recorded()->digest);
    QCOMPARE(sample->stayId, recorded()->stayId);
  }

  void movesStayWithinTheWindow() {
    const SamplePtr sample =
        edited({MoveObservation{"vitals", "hr", 3, 500, 0}, MoveObservation{"vitals", "hr", 1, -500, 0}});
    QCOMPARE(of(sample, 0, 0).front(), (Observation{0, 82}));
    QCOMPARE(of(sample, 0, 0).back(), (Observation{48.5F, 70}));
    // 48.1 has no float; the next larger one would lie outside.
    const SamplePtr other = applyEdits(recorded(), RecordEdits{MoveObservation{"vitals", "hr", 3, 9, 0}}, 48.1);
    QVERIFY(double(of(other, 0, 0).back().hour) <= 48.1);
  }

  void additions() {
    const SamplePtr sample = edited({AddObservation{"vitals", "temp", {60, 37}}, AddObservation{"vitals", "hr", {2, 1}},
                                     AddObservation{"body", "height", {5, 170}}});
    QCOMPARE(of(sample, 0, 2), (std::vector<Observation>{{48.5F, 37}}));
    QCOMPARE(of(sample, 0, 0)[1], (Observation{2, 82}));  // the recorded one stands first at an hour
    QCOMPARE(of(sample, 0, 0)[2], (Observation{2, 1}));
    QCOMPARE(of(sample, 2, 1), (std::vector<Observation>{{0, 170}}));
  }

  void aStaticVariableHasOneValue() {
    const SamplePtr sample = recorded();
    QVERIFY(edited({AddObservation{"body", "age", {0, 5}}})->digest == sample->digest);
    const RecordEdits instead{AddObservation{"body", "age", {0, 5}}, DeleteObservation{"body", "age", 0}};
    QCOMPARE(of(edited(instead), 2, 0), (std::vector<Observation>{{0, 5}}));
    const RecordEdits two{AddObservation{"body", "height", {0, 5}}, AddObservation{"body", "height", {0, 6}}};
    QCOMPARE(of(edited(two), 2, 1).size(), std::size_t{1});
  }

  void deletionsAndMasks() {
    QCOMPARE(of(edited({DeleteObservation{"vitals", "hr", 1}}), 0, 0).size(), std::size_t{3});
    QVERIFY(of(edited({MaskVariable{"vitals", "hr"}}), 0, 0).empty());
    const SamplePtr window = edited({MaskWindow{"", 2, 5}});
    QCOMPARE(of(window, 0, 0), (std::vector<Observation>{{1, 80}, {48, 70}}));
    QCOMPARE(window->modalities[1].events.size(), std::size_t{1});
    QCOMPARE(of(window, 2, 0).size(), std::size_t{1});
    QCOMPARE(edited({MaskWindow{"vitals", 2, 5}})->modalities[1].events.size(), std::size_t{3});
    // A mask looks at where a move leads to.
    const SamplePtr moved = edited({MaskWindow{"vitals", 10, 20}, MoveObservation{"vitals", "hr", 0, 14, 0}});
    QCOMPARE(of(moved, 0, 0).size(), std::size_t{3});
    const SamplePtr none = edited(
        {DeleteObservation{"notes", "", 0}, DeleteObservation{"notes", "", 1}, DeleteObservation{"notes", "", 2}});
    QVERIFY(!none->modalities[1].present());
  }

  void whatCannotBeMadeIsLeftOut_data() {
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    constexpr float inf = std::numeric_limits<float>::infinity();
    constexpr float most = std::numeric_limits<float>::max();
    QTest::addColumn<RecordEdit>("edit");
    const auto row = [](const char* name, RecordEdit edit) { QTest::newRow(name) << std::move(edit); };
    row("move by nothing", MoveObservation{"vitals", "hr", 0, 0, 0});
    row("move to NaN hour", MoveObservation{"vitals", "hr", 0, nan, 0});
    row("move to NaN value", MoveObservation{"vitals", "hr", 0, 0, nan});
    row("move to infinity", MoveObservation{"vitals", "hr", 0, inf, 0});
    row("move past the largest", MoveObservation{"vitals", "hr", 0, 1, inf});
    row("move negative index", MoveObservation{"vitals", "hr", -1, 1, 1});
    row("move huge index", MoveObservation{"vitals", "hr", std::numeric_limits<int>::max(), 1, 1});
    row("move event of a series", MoveObservation{"vitals", "", 0, 1, 1});
    row("move variable of events", MoveObservation{"notes", "hr", 0, 1, 1});
    row("move a static in time", MoveObservation{"body", "age", 0, 5, 0});
    row("move unknown modality", MoveObservation{"none", "hr", 0, 1, 1});
    row("move unknown variable", MoveObservation{"vitals", "none", 0, 1, 1});
    row("add NaN", AddObservation{"vitals", "hr", {nan, 1}});
    row("add infinity", AddObservation{"vitals", "hr", {1, -inf}});
    row("add to events", AddObservation{"notes", "", {1, 1}});
    row("add to unknown", AddObservation{"vitals", "none", {1, 1}});
    row("delete huge index", DeleteObservation{"notes", "", 3});
    row("delete lowest index", DeleteObservation{"notes", "", std::numeric_limits<int>::min()});
    row("mask unknown", MaskVariable{"vitals", "none"});
    row("mask events as a variable", MaskVariable{"notes", ""});
    row("window backwards", MaskWindow{"", 5, 2});
    row("window NaN", MaskWindow{"", nan, 2});
    row("window infinite", MaskWindow{"", -inf, inf});
    row("window of statics", MaskWindow{"body", 0, 5});
    row("window of nothing", MaskWindow{"none", 0, most});
  }
  void whatCannotBeMadeIsLeftOut() {
    QFETCH(RecordEdit, edit);
    const SamplePtr sample = recorded();
    QVERIFY(applyEdits(sample, RecordEdits{edit}, kWindow) == sample);
    // Beside another it changes nothing, digest included.
    const RecordEdit other = MoveObservation{"vitals", "sbp", 1, 1, 1};
    const SamplePtr alone = edited({other});
    const SamplePtr both = edited({edit, other});
    QCOMPARE(both->digest, alone->digest);
    QCOMPARE(both->modalities, alone->modalities);
  }

  void overflowIsLeftOut() {
    constexpr float most = std::numeric_limits<float>::max();
    const SamplePtr sample =
        edited({MoveObservation{"vitals", "hr", 0, 0, most}, MoveObservation{"vitals", "hr", 0, 1, most}});
    QVERIFY(sound(*sample));
    for (const double window : {0.0, -3.0, double(NAN), 1e300, double(INFINITY)}) {
      const SamplePtr other = applyEdits(recorded(), RecordEdits{MoveObservation{"vitals", "hr", 0, most, 0}}, window);
      for (const Observation& o : of(other, 0, 0)) QVERIFY(std::isfinite(o.hour) && o.hour >= 0);
    }
  }

  void minusNothingIsNothing() {
    QCOMPARE(edited({MoveObservation{"vitals", "hr", 0, 1, -0.0F}})->digest,
             edited({MoveObservation{"vitals", "hr", 0, 1, 0.0F}})->digest);
  }

  void namesDoNotRunTogether() {
    Sample sample = *recorded();
    sample.modalities[0].variables[0].name = "a 1:b";
    sample.modalities[0].variables[1].name = "a";
    const auto shared = std::make_shared<const Sample>(sample);
    QVERIFY(applyEdits(shared, RecordEdits{MaskVariable{"vitals", "a 1:b"}}, kWindow)->digest !=
            applyEdits(shared, RecordEdits{MaskVariable{"vitals", "a"}}, kWindow)->digest);
  }

  /// 200 random lists: a sound sample, whatever the order and repetition, with a digest as good as the set itself.
  void listsAreSets() {
    std::mt19937 random(20261122);
    std::map<std::string, std::vector<std::string>> seen;
    for (int round = 0; round < 200; ++round) {
      const RecordEdits edits = randomEdits(random);
      const SamplePtr sample = recorded();
      const SamplePtr first = applyEdits(sample, edits, kWindow);
      QVERIFY(sound(*first));
      QCOMPARE(first == sample, edits.empty());
      RecordEdits shuffled = edits;
      if (!edits.empty()) shuffled.push_back(edits[random() % edits.size()]);
      std::ranges::shuffle(shuffled, random);
      const SamplePtr second = applyEdits(sample, shuffled, kWindow);
      QCOMPARE(second->digest, first->digest);
      QCOMPARE(second->modalities, first->modalities);
      // Another set, another digest.
      for (const RecordEdit& edit : edits) {
        const SamplePtr less = applyEdits(sample, without(edits, edit), kWindow);
        QVERIFY(less->digest != first->digest);
      }
      RecordEdits fewer = edits;
      while (!fewer.empty()) fewer = without(fewer, RecordEdit(fewer[random() % fewer.size()]));
      QCOMPARE(applyEdits(sample, fewer, kWindow)->modalities, sample->modalities);
    }
  }

  void composing() {
    const SamplePtr sample = recorded();
    const auto item = [&](const RecordEdits& edits, std::size_t mark) {
      return RecordItem{"vitals", "hr", markRecord(*sample, edits, kWindow).modalities[0].variables[0][mark]};
    };
    const RecordEdit mask = MaskVariable{"vitals", "sbp"};
    RecordEdits edits = withMoved({mask}, item({}, 2), {6, 95});
    QCOMPARE(edits, (RecordEdits{mask, MoveObservation{"vitals", "hr", 2, 1, 5}}));
    edits = withMoved(edits, item(edits, 2), {4, 95});
    QCOMPARE(edits, (RecordEdits{mask, MoveObservation{"vitals", "hr", 2, -1, 5}}));
    QCOMPARE(withMoved(edits, item(edits, 2), {5, 90}), RecordEdits{mask});
    QCOMPARE(withRestored(edits, item(edits, 2)), RecordEdits{mask});
    QCOMPARE(withDeleted(edits, item(edits, 2)), (RecordEdits{mask, DeleteObservation{"vitals", "hr", 2}}));
    edits = with({mask}, AddObservation{"vitals", "hr", {7, 60}});
    QCOMPARE(with(edits, mask), edits);
    edits = withMoved(edits, item(edits, 4), {8, 61});
    QCOMPARE(edits, (RecordEdits{mask, AddObservation{"vitals", "hr", {8, 61}}}));
    QCOMPARE(withDeleted(edits, item(edits, 4)), RecordEdits{mask});
    QCOMPARE(without(edits, mask), (RecordEdits{AddObservation{"vitals", "hr", {8, 61}}}));
  }

  void marksTellWhatBecameOfEach() {
    const RecordEdits edits{MoveObservation{"vitals", "hr", 0, 1, 2}, DeleteObservation{"vitals", "hr", 1},
                            AddObservation{"vitals", "hr", {9, 1}}, MaskWindow{"vitals", 40, 48}};
    const RecordMarks marks = markRecord(*recorded(), edits, kWindow).modalities[0].variables[0];
    QCOMPARE(marks, (RecordMarks{{0, {1, 80}, {2, 82}, false, false},
                                 {1, {2, 82}, {2, 82}, true, false},
                                 {2, {5, 90}, {5, 90}, false, false},
                                 {3, {48, 70}, {48, 70}, false, true},
                                 {-1, {9, 1}, {9, 1}, false, false}}));
    QVERIFY(marks[0].edited() && marks[1].edited() && !marks[2].edited() && marks[4].edited());
    QVERIFY(marks[0].visible() && !marks[1].visible() && !marks[3].visible());
  }
};

QTEST_APPLESS_MAIN(TestRecordEdit)
#include "tst_record_edit.moc"
