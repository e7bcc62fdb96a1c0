// Another stay's modality in a patient's place, with a model that is linear in it.
#include <QtTest>
#include <cmath>

#include "analysis/donors.h"
#include "analysis/stay_view.h"
#include "support/fake_model.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

constexpr float kAbsent = std::numeric_limits<float>::quiet_NaN();

/// 0.4 with nothing, plus "b" / 100; without "b" 0.4. Routing: all to expert 0 without "b", to expert 1 with it.
FakeModel linear() {
  return {3, 1, 2, [](const Sample& sample, std::uint32_t present, const Intervention&, MaskedRouting& routing) {
            RoutingShape shape;
            shape.layers = 1;
            shape.routers = 3;
            shape.experts = 2;
            const bool seesB = (present & 2U) != 0;
            for (int r = 0; r < 3; ++r) sendTo(shape, routing, 0, r, seesB ? 1 : 0);
            routing.probability = {0.4F + (seesB ? valueOf(sample, 1) / 100 : 0)};
          }};
}

/// Stay i has "a" = i and "b" = i, for i from 1 to 40; stays 41 to 50 lack "b"; 51 to 60 have "b" but not "a".
KeptSamples cohort() {
  KeptSamples samples;
  for (int i = 1; i <= 60; ++i) {
    const auto value = static_cast<float>(i);
    samples.add(stayOf(i, {i > 50 ? kAbsent : value, i > 40 && i <= 50 ? kAbsent : value, kAbsent}, 0));
  }
  return samples;
}

DonorOptions optionsFor(int donors) {
  DonorOptions options;
  options.modality = 1;
  options.donors = donors;
  return options;
}

}  // namespace

class TestDonors : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void nearestGiveTheirs();
  void range();
  void maskedPatientHasItsOwn();
  void donorWithoutTheSharedModalityIsFar();
  void failures();
};

void TestDonors::nearestGiveTheirs() {
  const SamplePtr patient = stayOf(100, {20.2F, kAbsent, kAbsent}, 0);
  const auto report = donorPredictions(linear(), cohort(), patient, optionsFor(3), {}, {});
  QVERIFY2(report, report ? "" : report.error().what.c_str());
  QCOMPARE(report->candidates, 40U);  // with "b" and "a"
  QCOMPARE(report->features, 1U);     // x of "a"
  QCOMPARE(report->donors.size(), 3U);
  const std::int64_t expected[] = {20, 21, 19};
  for (std::size_t i = 0; i < 3; ++i) {
    QCOMPARE(report->donors[i].stayId, expected[i]);
    QVERIFY(std::abs(report->donors[i].probability - (0.4 + static_cast<double>(expected[i]) / 100)) < 1e-6);
    QVERIFY(std::abs(report->donors[i].drift - std::log(2.0)) < 1e-6);
  }
  // "a" of stays 1 to 50 has the variance (50² − 1) / 12.
  QVERIFY(std::abs(report->donors[0].distance - 0.2 / std::sqrt(2499.0 / 12)) < 1e-5);
  QVERIFY(std::abs(report->without - 0.4) < 1e-6 && !report->recorded);
  QVERIFY(std::abs(report->median - 0.6) < 1e-6);
}

/// Donors 1 to 40 at 0.41 to 0.80: those from 10 on reach 0.5.
void TestDonors::range() {
  const SamplePtr patient = stayOf(100, {20.2F, kAbsent, kAbsent}, 0);
  const auto report = donorPredictions(linear(), cohort(), patient, optionsFor(1000), {}, {});
  QVERIFY(report);
  QCOMPARE(report->donors.size(), 40U);
  QVERIFY(std::abs(report->range.low - (0.41 + 0.1 * 0.39)) < 1e-6);
  QVERIFY(std::abs(report->range.high - (0.41 + 0.9 * 0.39)) < 1e-6);
  QVERIFY(std::abs(report->crossing - 31.0 / 40) < 1e-9);
  for (const char* word : {"should not", "order", "recommend"})
    QVERIFY(!QString::fromStdString(report->note).contains(word));
  QVERIFY(QString::fromStdString(report->note).contains("not that it should be measured"));
}

void TestDonors::maskedPatientHasItsOwn() {
  DonorOptions options = optionsFor(5);
  options.mask = 2;
  const KeptSamples samples = cohort();
  const SamplePtr patient = samples[29];  // stay 30
  const auto report = donorPredictions(linear(), samples, patient, options, {}, {});
  QVERIFY(report && report->recorded);
  QVERIFY(std::abs(*report->recorded - 0.7) < 1e-6 && std::abs(report->without - 0.4) < 1e-6);
  QCOMPARE(report->candidates, 39U);
  for (const Donor& donor : report->donors) QVERIFY(donor.stayId != 30);
}

/// Of those with "b", stays above 50 share "c" alone here: a missing "a" counts as far as a random stay.
void TestDonors::donorWithoutTheSharedModalityIsFar() {
  KeptSamples samples;
  for (int i = 1; i <= 20; ++i)
    samples.add(stayOf(i, {i <= 10 ? static_cast<float>(i) : kAbsent, 5, static_cast<float>(i % 2)}, 0));
  const auto report = donorPredictions(linear(), samples, stayOf(100, {1, kAbsent, 1}, 0), optionsFor(20), {}, {});
  QVERIFY(report);
  QCOMPARE(report->candidates, 20U);
  QCOMPARE(report->features, 2U);
  const auto distanceOf = [&](std::int64_t id) {
    return std::ranges::find(report->donors, id, &Donor::stayId)->distance;
  };
  QCOMPARE(distanceOf(1), 0.0);
  QVERIFY(std::abs(distanceOf(11) - 1) < 1e-6);  // √(2 / 2): "a" in one alone, "c" the same
  QVERIFY(distanceOf(3) < distanceOf(11));
}

void TestDonors::failures() {
  const SamplePtr patient = stayOf(100, {20, kAbsent, kAbsent}, 0);
  const auto said = [&](const SamplePtr& sample, const DonorOptions& options) {
    const auto report = donorPredictions(linear(), cohort(), sample, options, {}, {});
    return report ? std::string() : report.error().what;
  };
  DonorOptions options = optionsFor(5);
  options.mask = 1;
  QVERIFY(said(patient, options).find("no other modality") != std::string::npos);
  options = optionsFor(5);
  options.modality = 2;
  QVERIFY(said(patient, options).find("No other stay has 'c'") != std::string::npos);
  options.modality = 9;
  QVERIFY(said(patient, options).find("no modality number 10") != std::string::npos);
  options = optionsFor(5);
  options.output = 1;
  QVERIFY(said(patient, options).find("no output number 2") != std::string::npos);
  std::stop_source stop;
  stop.request_stop();
  QVERIFY(!donorPredictions(linear(), cohort(), patient, optionsFor(5), {}, stop.get_token()));
}

QTEST_APPLESS_MAIN(TestDonors)
#include "tst_donors.moc"
