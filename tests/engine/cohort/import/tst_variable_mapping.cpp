#include <QtTest>

#include "cohort/import/variable_mapping.h"
#include "cohort_fixture.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

using Wishes = std::map<std::string, std::string>;

/// "vitals(hr rr) notes(3) …" of a description.
QString layoutOf(const CohortInfo& info) {
  QStringList modalities;
  for (const CohortModality& modality : info.modalities) {
    QStringList names;
    for (const CohortVariable& variable : modality.variables) names << QString::fromStdString(variable.name);
    if (modality.kind == ModalityKind::Vectors) names << QString::number(modality.width);
    modalities << QString::fromStdString(modality.name) + "(" + names.join(' ') + ")";
  }
  return modalities.join(' ');
}

}  // namespace

class TestVariableMapping : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void layout_data();
  void layout();
  void refused_data();
  void refused();
  void sampleFollowsItsDescription();
  void indices();
};

void TestVariableMapping::layout_data() {
  QTest::addColumn<QString>("variable");
  QTest::addColumn<QString>("modality");
  QTest::addColumn<QString>("result");
  QTest::newRow("nothing") << ""
                           << ""
                           << "vitals(hr rr) notes(3) body(age sex) image(7)";
  QTest::newRow("where it is") << "hr"
                               << "vitals"
                               << "vitals(hr rr) notes(3) body(age sex) image(7)";
  QTest::newRow("new modality") << "hr"
                                << "heart"
                                << "vitals(rr) notes(3) body(age sex) image(7) heart(hr)";
  QTest::newRow("new static") << "sex"
                              << "person"
                              << "vitals(hr rr) notes(3) body(age) image(7) person(sex)";
  QTest::newRow("left out") << "age"
                            << ""
                            << "vitals(hr rr) notes(3) body(sex) image(7)";
  QTest::newRow("all to one") << "hr,rr"
                              << "all,all"
                              << "notes(3) body(age sex) image(7) all(hr rr)";
  QTest::newRow("emptied") << "age,sex"
                           << ","
                           << "vitals(hr rr) notes(3) image(7)";
}

void TestVariableMapping::layout() {
  QFETCH(QString, variable);
  QFETCH(QString, modality);
  Wishes wishes;
  const QStringList variables = variable.split(',', Qt::SkipEmptyParts), modalities = modality.split(',');
  for (int i = 0; i < variables.size(); ++i) wishes[variables[i].toStdString()] = modalities[i].toStdString();
  const auto mapping = VariableMapping::of(smallInfo(), wishes);
  QVERIFY2(mapping, mapping ? "" : mapping.error().line().c_str());
  QTEST(layoutOf(mapping->info()), "result");
  for (const CohortModality& made : mapping->info().modalities) QVERIFY(!made.title.empty());
}

void TestVariableMapping::refused_data() {
  QTest::addColumn<QString>("variable");
  QTest::addColumn<QString>("modality");
  QTest::addColumn<QString>("what");
  QTest::newRow("unknown") << "pulse"
                           << "vitals"
                           << "The source has no variable 'pulse'.";
  QTest::newRow("series to static") << "hr"
                                    << "body"
                                    << "The variable hr cannot go to body: it is of measurements over time, and that "
                                       "modality holds static values.";
  QTest::newRow("static to series") << "age"
                                    << "vitals"
                                    << "The variable age cannot go to vitals: it is of static values, and that "
                                       "modality holds measurements over time.";
  QTest::newRow("to vectors") << "hr"
                              << "notes"
                              << "The variable hr cannot go to notes: it is of measurements over time, and that "
                                 "modality holds vectors.";
}

void TestVariableMapping::refused() {
  QFETCH(QString, variable);
  QFETCH(QString, modality);
  const auto mapping = VariableMapping::of(smallInfo(), {{variable.toStdString(), modality.toStdString()}});
  QVERIFY(!mapping);
  QTEST(QString::fromStdString(mapping.error().what), "what");
  // Two kinds in one new modality, a name twice, nothing left.
  QVERIFY(!VariableMapping::of(smallInfo(), {{"hr", "new"}, {"age", "new"}}));
  CohortInfo twice = smallInfo();
  twice.modalities.push_back({"more", "More", ModalityKind::Series, 0, {{"hr", "", "", 0, 0}}});
  QVERIFY(!VariableMapping::of(twice, {{"hr", "vitals"}}));
  CohortInfo one = smallInfo();
  one.modalities.resize(1);
  const auto nothing = VariableMapping::of(one, {{"hr", ""}, {"rr", ""}});
  QVERIFY(!nothing);
  QCOMPARE(nothing.error().what, std::string("No modality is left."));
}

void TestVariableMapping::sampleFollowsItsDescription() {
  const Wishes wishes = {{"hr", "heart"}, {"age", ""}};
  const auto mapping = VariableMapping::of(smallInfo(), wishes);
  QVERIFY(mapping);
  LeftOut leftOut;
  std::int64_t ages = 0;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const Sample before = smallSample(4, seed);
    const Sample after = mapping->apply(before, leftOut);
    ages += static_cast<std::int64_t>(before.modality("body")->variables[0].observations.size());
    QCOMPARE(after.modalities.size(), mapping->info().modalities.size());
    for (std::size_t m = 0; m < after.modalities.size(); ++m) {
      QCOMPARE(after.modalities[m].name, mapping->info().modalities[m].name);
      QCOMPARE(after.modalities[m].variables.size(), mapping->info().modalities[m].variables.size());
    }
    QVERIFY(after.modality("heart")->variables[0] == before.modality("vitals")->variables[0]);
    QVERIFY(after.modality("vitals")->variables[0] == before.modality("vitals")->variables[1]);
    QVERIFY(after.modality("body")->variables[0] == before.modality("body")->variables[1]);
    QVERIFY(after.modality("notes")->events == before.modality("notes")->events);
    QVERIFY(after.modality("image")->events == before.modality("image")->events);
    QVERIFY(sameLabels(after, before) && after.stayId == 4);
    LeftOut none;
    QVERIFY(VariableMapping::of(smallInfo(), {})->apply(before, none).modalities == before.modalities);
    QCOMPARE(none.series + none.statics, 0);
  }
  QVERIFY(ages > 0);
  QCOMPARE(leftOut.statics, ages);
  QCOMPARE(leftOut.series, 0);
}

void TestVariableMapping::indices() {
  const CohortInfo info = smallInfo();
  QVERIFY(variableIndex(info, "hr") == 0U && variableIndex(info, "sex") == 3U && !variableIndex(info, "x"));
  QVERIFY(modalityIndex(info, "image") == 3U && !modalityIndex(info, "hr"));
}

QTEST_APPLESS_MAIN(TestVariableMapping)
#include "tst_variable_mapping.moc"
