// How far a stay's routing lies from the reference, on routing that is made up.
#include <QtTest>
#include <cmath>

#include "analysis/stay_view.h"
#include "analysis/support.h"
#include "support/fake_model.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

constexpr float kAbsent = std::numeric_limits<float>::quiet_NaN();

/// Two routers, one layer, three experts. Router a: expert 0 with a share that is x of "a", the rest to expert 1.
/// Router b: expert 0 while "b" is shown; without it expert 2, which it never otherwise chooses.
FakeModel routed() {
  return {2, 1, 3, [](const Sample& sample, std::uint32_t present, const Intervention&, MaskedRouting& routing) {
            const float share = valueOf(sample, 0);
            const bool seesB = (present & 2U) != 0;
            routing.meanDense = {share, 1 - share, 0, seesB ? 1.0F : 0.0F, 0, seesB ? 0.0F : 1.0F};
            routing.meanTopK = routing.meanDense;
          }};
}

/// 60 stays with "a" about 0.5; the first 30 have "b" as well.
KeptSamples cohort() {
  KeptSamples samples;
  for (int i = 0; i < 60; ++i)
    samples.add(stayOf(i + 1, {0.5F + 0.05F * noise(static_cast<std::uint64_t>(i)), i < 30 ? 1 : kAbsent}, 0));
  return samples;
}

MaskedRouting routingOf(const FakeModel& model, const SamplePtr& sample, ModalityMask mask) {
  return (*model.predictMasks({&sample, 1}, {&mask, 1}, {}, {}))[0][0];
}

SupportOptions optionsFor(std::uint32_t present, ModalityMask mask) {
  SupportOptions options;
  options.mask = mask;
  options.present = present;
  return options;
}

}  // namespace

class TestSupport : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void alarmForAnOutlierAlone();
  void distanceByHand();
  void memberIsNotComparedWithItself();
  void calibration();
  void patterns();
  void misrouted();
  void jointRouterMisroutesNothing();
  void tooFewStays();
};

void TestSupport::alarmForAnOutlierAlone() {
  const FakeModel model = routed();
  const auto reference = SupportReference::make(model, cohort(), optionsFor(3, 0), {}, {});
  QVERIFY2(reference, reference ? "" : reference.error().what.c_str());
  const SupportReport usual = (*reference)->report(routingOf(model, stayOf(100, {0.5F, 1}, 0), 0), 100);
  QVERIFY2(!usual.alarm && usual.percentile < 80, qPrintable(QString::number(usual.percentile)));
  const SupportReport outlier = (*reference)->report(routingOf(model, stayOf(101, {0.95F, 1}, 0), 0), 101);
  QVERIFY(outlier.alarm && outlier.distance > usual.distance);
  QCOMPARE(outlier.percentile, 100.0);
  QVERIFY(!outlier.note.empty());
}

/// All reference stays alike: the distance is that of two distributions over two experts, in one of two routers.
void TestSupport::distanceByHand() {
  const FakeModel model = routed();
  KeptSamples samples;
  for (int i = 0; i < 20; ++i) samples.add(stayOf(i + 1, {0.25F, 1}, 0));
  const auto reference = SupportReference::make(model, samples, optionsFor(3, 0), {}, {});
  QVERIFY(reference);
  const SupportReport report = (*reference)->report(routingOf(model, stayOf(50, {0.64F, 1}, 0), 0), 50);
  const double overlap = std::sqrt(0.25 * 0.64) + std::sqrt(0.75 * 0.36);
  QVERIFY(std::abs(report.distance - std::sqrt(1 - overlap) / 2) < 1e-6);
  // Among its equals a patient is in the middle, and not alarming.
  const SupportReport same = (*reference)->report(routingOf(model, stayOf(51, {0.25F, 1}, 0), 0), 51);
  QVERIFY(same.distance == 0 && same.percentile == 50 && !same.alarm);
}

void TestSupport::memberIsNotComparedWithItself() {
  const FakeModel model = routed();
  const KeptSamples samples = cohort();
  SupportOptions options = optionsFor(3, 0);
  options.neighbours = 1;
  const auto reference = SupportReference::make(model, samples, options, {}, {});
  QVERIFY(reference);
  for (std::size_t i = 0; i < 30; ++i) {
    const MaskedRouting routing = routingOf(model, samples[i], 0);
    const SupportReport member = (*reference)->report(routing, samples[i]->stayId);
    QCOMPARE(member.reference, 29U);
    QCOMPARE((*reference)->report(routing, 999).distance, 0.0);  // of one just like it
    QVERIFY(std::ranges::binary_search(member.distances, member.distance));
  }
}

/// The share of reference stays beyond the alarm's percentile is what it says.
void TestSupport::calibration() {
  const FakeModel model = routed();
  KeptSamples samples;
  for (int i = 0; i < 400; ++i)
    samples.add(stayOf(i + 1, {0.5F + 0.4F * noise(7, static_cast<std::uint64_t>(i)), 1}, 0));
  const auto reference = SupportReference::make(model, samples, optionsFor(3, 0), {}, {});
  QVERIFY(reference);
  int alarms = 0;
  for (std::size_t i = 0; i < samples.size(); ++i)
    alarms += (*reference)->report(routingOf(model, samples[i], 0), samples[i]->stayId).alarm ? 1 : 0;
  QCOMPARE(alarms, 20);
}

void TestSupport::patterns() {
  const FakeModel model = routed();
  // "b" masked: every stay shows "a" alone then, but only half truly have nothing else.
  const auto masked = SupportReference::make(model, cohort(), optionsFor(1, 2), {}, {});
  QVERIFY(masked);
  const SupportReport report = (*masked)->report(routingOf(model, stayOf(100, {0.5F, 1}, 0), 2), 100);
  QVERIFY(report.samePattern);
  QCOMPARE(report.reference, 60U);
  QCOMPARE(report.patternStays, 30U);
  QCOMPARE(report.splitStays, 60U);
  // Nobody shows "b" alone without a mask: all are compared with.
  const auto nobody = SupportReference::make(model, cohort(), optionsFor(2, 0), {}, {});
  QVERIFY(nobody);
  const SupportReport rare = (*nobody)->report(routingOf(model, stayOf(100, {kAbsent, 1}, 0), 0), 100);
  QVERIFY(!rare.samePattern && rare.patternStays == 0 && rare.reference == 60);
  QVERIFY2(QString::fromStdString(rare.note).contains("all count"), rare.note.c_str());
}

void TestSupport::misrouted() {
  const FakeModel model = routed();
  const auto reference = SupportReference::make(model, cohort(), optionsFor(1, 2), {}, {});
  QVERIFY(reference);
  const SamplePtr patient = stayOf(100, {0.5F, 1}, 0);
  const SupportReport report = (*reference)->report(routingOf(model, patient, 2), 100);
  QCOMPARE(report.misrouted.size(), 1U);
  QVERIFY(report.misrouted[0].modality == 1 && report.misrouted[0].expert == 2 && report.misrouted[0].layer == 0);
  QCOMPARE(report.misrouted[0].share, 1.0);
  QCOMPARE(report.misrouted[0].training, 0.0);
  const auto whole = SupportReference::make(model, cohort(), optionsFor(3, 0), {}, {});
  QVERIFY((*whole)->report(routingOf(model, patient, 0), 100).misrouted.empty());
  // What a router has seen is not known where nobody has its modality.
  KeptSamples without;
  for (int i = 0; i < 25; ++i) without.add(stayOf(i + 1, {0.5F, kAbsent}, 0));
  const auto blind = SupportReference::make(model, without, optionsFor(1, 2), {}, {});
  const SupportReport unknown = (*blind)->report(routingOf(model, patient, 2), 100);
  QVERIFY(unknown.misrouted.empty());
  QVERIFY2(QString::fromStdString(unknown.note).contains("not known"), unknown.note.c_str());
}

void TestSupport::jointRouterMisroutesNothing() {
  FakeModel model(2, 1, 3, [](const Sample&, std::uint32_t present, const Intervention&, MaskedRouting& routing) {
    const bool seesB = (present & 2U) != 0;
    routing.meanDense = routing.meanTopK = {seesB ? 1.0F : 0.0F, 0, seesB ? 0.0F : 1.0F};
  });
  model.editConfig().router = Router::Joint;
  const auto reference = SupportReference::make(model, cohort(), optionsFor(1, 2), {}, {});
  QVERIFY(reference);
  const SupportReport report = (*reference)->report(routingOf(model, stayOf(100, {0.5F, 1}, 0), 2), 100);
  QVERIFY(report.misrouted.empty() && report.distance == 0);
  QVERIFY2(QString::fromStdString(report.note).contains("joint router"), report.note.c_str());
}

void TestSupport::tooFewStays() {
  KeptSamples samples;
  for (int i = 0; i < 19; ++i) samples.add(stayOf(i + 1, {0.5F, 1}, 0));
  const auto reference = SupportReference::make(routed(), samples, optionsFor(3, 0), {}, {});
  QVERIFY(!reference && reference.error().what.find("19 stays") != std::string::npos);
  std::stop_source stop;
  stop.request_stop();
  QVERIFY(!SupportReference::make(routed(), cohort(), optionsFor(3, 0), {}, stop.get_token()));
}

QTEST_APPLESS_MAIN(TestSupport)
#include "tst_support.moc"
