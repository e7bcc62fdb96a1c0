#include <QtTest>
#include <cmath>

#include "analysis/summary_features.h"

using namespace fusemoe;

class TestSummaryFeatures : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void byHand();
  void oneObservation();
  void nothing();
  void row();
};

/// 2, 4, 9 at hours 0, 1, 5: mean 5, population variance (9 + 1 + 16) / 3; slope (6 + 1 + 12) / (4 + 1 + 9).
void TestSummaryFeatures::byHand() {
  const VariableData data{"hr", {{0, 2}, {1, 4}, {5, 9}}};
  const SeriesSummary summary = summarise(&data);
  QCOMPARE(summary.count, 3U);
  QCOMPARE(summary.first, 2.0);
  QCOMPARE(summary.last, 9.0);
  QCOMPARE(summary.mean, 5.0);
  QCOMPARE(summary.least, 2.0);
  QCOMPARE(summary.most, 9.0);
  QCOMPARE(summary.deviation, std::sqrt(26.0 / 3));
  QCOMPARE(summary.slope, 19.0 / 14);
  QCOMPARE(summary.lastHour, 5.0);
}

void TestSummaryFeatures::oneObservation() {
  const VariableData data{"hr", {{3, 7}}};
  const SeriesSummary summary = summarise(&data);
  QVERIFY(summary.first == 7 && summary.last == 7 && summary.mean == 7 && summary.deviation == 0 && summary.slope == 0);
}

void TestSummaryFeatures::nothing() {
  const VariableData empty{"hr", {}};
  for (const VariableData* data : {static_cast<const VariableData*>(nullptr), &empty}) {
    const SeriesSummary summary = summarise(data);
    QVERIFY(summary.count == 0 && std::isnan(summary.last) && std::isnan(summary.slope));
  }
  QVERIFY(variableNamed(nullptr, "hr") == nullptr);
  QCOMPARE(eventSum(nullptr, 2), (std::vector<double>{0, 0}));
}

void TestSummaryFeatures::row() {
  ModelConfig config;
  config.windowHours = 48;
  config.modalities = {{"vitals", "", ModalityKind::Series, {{"hr", "", ""}, {"rr", "", ""}}, 0},
                       {"notes", "", ModalityKind::Vectors, {}, 2},
                       {"image", "", ModalityKind::Vectors, {}, 1},
                       {"body", "", ModalityKind::Static, {{"age", "", ""}, {"sex", "", ""}}, 0}};
  Sample sample;
  sample.modalities = {{"vitals", ModalityKind::Series, {{"hr", {{0, 2}, {2, 4}}}}, {}},
                       {"notes", ModalityKind::Vectors, {}, {{1, "", {1, 2}}, {2, "", {3, 5}}}},
                       {"body", ModalityKind::Static, {{"age", {{0, 60}}}}, {}}};
  const std::vector<float> found = richFeatures(config, sample);
  QCOMPARE(found.size(), 9U + 9U + 3U + 2U + 2U);
  const float hr[] = {4, 2, 3, 2, 4, 1, 2, 1, 46};  // last, first, mean, least, most, deviation, count, slope, recency
  for (std::size_t i = 0; i < 9; ++i) QCOMPARE(found[i], hr[i]);
  for (std::size_t i = 9; i < 18; ++i) QVERIFY(i == 15 ? found[i] == 0 : std::isnan(found[i]));  // 15: the count
  const float notes[] = {4, 7, 2};
  for (std::size_t i = 0; i < 3; ++i) QCOMPARE(found[18 + i], notes[i]);
  QVERIFY(std::isnan(found[21]) && found[22] == 0);  // no image
  QVERIFY(found[23] == 60 && std::isnan(found[24]));

  const std::vector<RichFeature> layout = richFeatureLayout(config);
  QCOMPARE(layout.size(), found.size());
  const auto check = [&](std::size_t index, int modality, const char* name) {
    QCOMPARE(layout[index].modality, modality);
    QCOMPARE(QString::fromStdString(layout[index].name), QString(name));
  };
  check(0, 0, "vitals: hr, last");
  check(8, 0, "vitals: hr, hours since last");
  check(15, 0, "vitals: rr, count");
  check(19, 1, "notes: sum of number 2");
  check(22, 2, "image: events");
  check(24, 3, "body: sex");
}

QTEST_APPLESS_MAIN(TestSummaryFeatures)
#include "tst_summary_features.moc"
