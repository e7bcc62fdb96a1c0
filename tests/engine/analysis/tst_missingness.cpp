// A planted meaning of absence is found; none is found where none was planted.
#include <QtTest>
#include <cmath>

#include "analysis/missingness.h"
#include "analysis/stay_view.h"
#include "support/fake_model.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

constexpr float kAbsent = std::numeric_limits<float>::quiet_NaN();
constexpr int kStays = 600;

/// The risk is "a" where it is shown, plus 0.2 for "b"; routing of both routers follows "a".
FakeModel model() {
  return {3, 1, 2, [](const Sample& sample, std::uint32_t present, const Intervention&, MaskedRouting& routing) {
            const float share = (present & 1U) ? valueOf(sample, 0) : 0;
            routing.probability = {share + ((present & 2U) ? 0.2F : 0.0F)};
            for (std::size_t i = 0; i < routing.meanDense.size(); ++i)
              routing.meanDense[i] = i % 2 == 0 ? share : 1 - share;
            routing.meanTopK = routing.meanDense;
          }};
}

/// How stays come about.
struct Story {
  bool sickerLackIt = false;  ///< "b" is missing where "a" is high
  float absenceRisk = 0;      ///< added to the chance of the outcome without "b"
  bool labels = true;
  std::uint64_t seed = 1;
};

/// "a" from 0 to 0.7 is the chance of the outcome. "b" is missing in some; "c" is there in every fourth.
KeptSamples cohort(const Story& story) {
  KeptSamples samples;
  for (int i = 0; i < kStays; ++i) {
    const auto seed = static_cast<std::uint64_t>(i);
    const float a = 0.35F * (noise(1 + 10 * story.seed, seed) + 1);
    const float chanceOfB = story.sickerLackIt ? 0.9F - a : 0.5F;
    const bool lacks = (noise(2 + 10 * story.seed, seed) + 1) / 2 > chanceOfB;
    const float chance = a + (lacks ? story.absenceRisk : 0);
    const bool died = (noise(3 + 10 * story.seed, seed) + 1) / 2 < chance;
    samples.add(stayOf(i + 1,
                       {a, lacks ? kAbsent : noise(4 + 10 * story.seed, seed),
                        i % 4 == 0 ? noise(5 + 10 * story.seed, seed) : kAbsent},
                       story.labels ? (died ? 1 : 0) : kAbsent));
  }
  return samples;
}

Result<MissingnessReport> reportOf(const Story& story, int modality = 1) {
  MissingnessOptions options;
  options.modality = modality;
  return naturalAgainstForced(model(), cohort(story), options, {}, {});
}

const Balance& balanceOf(const MissingnessReport& report, const char* feature) {
  return *std::ranges::find(report.balance, feature, &Balance::feature);
}

}  // namespace

class TestMissingness : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void nothingPlantedNothingFound();
  void intervalsHold();
  void plantedOutcomeIsFound();
  void matchingUndoesWhoLacksIt();
  void pairsShareTheirModalities();
  void unknownLabels();
  void oneNumberMissing();
  void failures();
};

void TestMissingness::nothingPlantedNothingFound() {
  const auto report = reportOf({});
  QVERIFY2(report, report ? "" : report.error().what.c_str());
  QCOMPARE(report->lacking + report->having, std::size_t{kStays});
  QCOMPARE(report->pairs, report->lacking);
  QVERIFY(report->controls > 0 && report->controls <= report->pairs);
  QVERIFY(std::abs(report->risk.difference) < 0.01);
  QVERIFY(report->outcome);
  // Unmasked, the matches have the 0.2 of "b".
  QVERIFY(std::abs(report->unmasked.difference + 0.2) < 0.01);
  QVERIFY(report->unmasked.interval.high < -0.19);
  QVERIFY(report->routingDrift < 0.01 && report->routingBaseline < 0.01);
}

/// In cohorts of many seeds: the interval misses 0 about as seldom as it says, and nearly always where 0.25 is planted.
void TestMissingness::intervalsHold() {
  constexpr int kSeeds = 60;
  int wrong = 0, found = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const auto none = reportOf({true, 0, true, seed}), planted = reportOf({true, 0.25F, true, seed});
    QVERIFY(none && planted);
    wrong += none->outcome->interval.low > 0 || none->outcome->interval.high < 0 ? 1 : 0;
    found += planted->outcome->interval.low > 0 ? 1 : 0;
  }
  QVERIFY2(wrong <= 7, qPrintable(QString::number(wrong)));
  QVERIFY2(found >= 54, qPrintable(QString::number(found)));
}

void TestMissingness::plantedOutcomeIsFound() {
  const auto report = reportOf({false, 0.25F});
  QVERIFY(report && report->outcome);
  QVERIFY2(report->outcome->interval.low > 0.05, qPrintable(QString::number(report->outcome->interval.low)));
  QVERIFY(report->outcome->interval.high < 0.45);
  QVERIFY(std::abs(report->risk.difference) < 0.01);  // the model cannot know
}

/// The sicker lack it: before matching the groups differ in "a", afterwards not, and so the risk does not.
void TestMissingness::matchingUndoesWhoLacksIt() {
  const auto report = reportOf({true, 0});
  QVERIFY(report);
  QCOMPARE(report->balance.size(), 2U);
  QCOMPARE(QString::fromStdString(report->balance.front().feature), QString("a: x"));
  const Balance& balance = balanceOf(*report, "a: x");
  QVERIFY2(balance.before > 0.5 && std::abs(balance.after) < 0.1, qPrintable(QString::number(balance.before)));
  QVERIFY(std::abs(report->risk.difference) < 0.02);
  QVERIFY(report->distance >= 0 && report->distance < 0.2);
}

/// All that lack "b" have "c", of those that have it only few: matches come from the few.
void TestMissingness::pairsShareTheirModalities() {
  KeptSamples samples;
  for (int i = 0; i < 120; ++i) {
    const bool lacks = i < 20, hasC = lacks || i >= 110;
    samples.add(stayOf(i + 1, {0.3F, lacks ? kAbsent : 1, hasC ? 1 : kAbsent}, static_cast<float>(i % 2)));
  }
  MissingnessOptions options;
  options.modality = 1;
  const auto report = naturalAgainstForced(model(), samples, options, {}, {});
  QVERIFY(report);
  QCOMPARE(report->pairs, 20U);
  QVERIFY(report->controls <= 10U);
}

void TestMissingness::unknownLabels() {
  Story story;
  story.labels = false;
  const auto report = reportOf(story);
  QVERIFY(report && !report->outcome && report->pairs > 100);
}

/// Series of two variables: a match that lacks a variable too is nearer than one that has it, whatever it says.
void TestMissingness::oneNumberMissing() {
  FakeModel series = model();
  series.editConfig().modalities[0] = {"a", "", ModalityKind::Static, {{"x", "", ""}, {"y", "", ""}}};
  KeptSamples samples;
  for (int i = 0; i < 60; ++i) {
    auto sample = std::make_shared<Sample>(*stayOf(i + 1, {0.5F, i < 20 ? kAbsent : 1, kAbsent}, 0));
    // Lacking "b": y is missing. Of the others every second has it, and x is a label of the two groups.
    const bool hasY = i >= 20 && i % 2 == 0;
    if (hasY) sample->modalities[0].variables.push_back({"y", {{0, static_cast<float>(i)}}});
    sample->modalities[0].variables[0].observations[0].value = hasY ? 0.1F : 0.2F;
    if (i < 20) sample->modalities[0].variables[0].observations[0].value = 0.15F;
    samples.add(sample);
  }
  MissingnessOptions options;
  options.modality = 1;
  const auto report = naturalAgainstForced(series, samples, options, {}, {});
  QVERIFY(report);
  QVERIFY(std::abs(report->risk.forced - 0.2) < 1e-6);  // those without y, as x tells
}

void TestMissingness::failures() {
  const auto said = [](const KeptSamples& samples, int modality, int output = 0) {
    MissingnessOptions options;
    options.modality = modality;
    options.output = output;
    const auto report = naturalAgainstForced(model(), samples, options, {}, {});
    return report ? std::string() : report.error().what;
  };
  QVERIFY(said(cohort({}), 0).find("Every stay of the slice has 'a'") == 0);
  KeptSamples nobody;
  for (int i = 0; i < 30; ++i) nobody.add(stayOf(i + 1, {0.3F, kAbsent, kAbsent}, 0));
  QVERIFY(said(nobody, 1).find("No stay of the slice has 'b'") == 0);
  KeptSamples few;
  for (int i = 0; i < 30; ++i) few.add(stayOf(i + 1, {0.3F, i < 9 ? kAbsent : 1, kAbsent}, 0));
  QVERIFY(said(few, 1).find("Only 9 stays") == 0);
  QVERIFY(said(cohort({}), 3).find("no modality number 4") != std::string::npos);
  QVERIFY(said(cohort({}), 1, 1).find("no output number 2") != std::string::npos);
  QVERIFY(!said(KeptSamples(), 1).empty());
}

QTEST_APPLESS_MAIN(TestMissingness)
#include "tst_missingness.moc"
