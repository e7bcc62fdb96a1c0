#include <QtTest>
#include <cmath>
#include <random>

#include "cohort/stay_filter.h"
#include "cohort_fixture.h"

using namespace fusemoe;
using Kind = QueryProblem::Kind;
Q_DECLARE_METATYPE(fusemoe::QueryProblem::Kind)

namespace {

/// vitals, notes, body, image; task death (binary).
CohortInfo info() {
  CohortInfo described = test::smallInfo();
  described.modalities[3].title = "Röntgen ÜBERSICHT";
  return described;
}

std::vector<StaySummary> stays() {
  return {
      {300, 0b0001, "train", {1}}, {301, 0b0011, "test", {0}}, {31, 0b1010, "validation", {NAN}}, {4, 0b1111, "", {0}}};
}

}  // namespace

class TestStayFilter : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void words_data();
  void words();
  void riskRelations_data();
  void riskRelations();
  void severalLabels();
  void ownWords();
  void lowerCaseOfLatin();
  void hostileText();
};

void TestStayFilter::words_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("accepted");
  QTest::addColumn<Kind>("problem");
  const auto row = [](const char* text, const char* accepted, Kind problem = Kind::None) {
    QTest::newRow(text) << QString::fromUtf8(text) << accepted << problem;
  };
  row("", "300 301 31 4");
  row("30", "300 301");
  row("id:300", "300");
  row("-30", "31 4");
  row("id:12345678901234567890", "300 301 31 4", Kind::NoId);
  row("id:x", "300 301 31 4", Kind::NoId);
  row("notes", "301 31 4");
  row("-notes", "300");
  row("NOTES, vitals", "301 4");
  row("\"röntgen über\"", "31 4");
  row("\"RÖNTGEN Ü\"", "31 4");
  row("death", "300");
  row("label:no", "301 4");
  row("label:unknown", "31");
  row("split:train", "300");
  row("train", "300");
  row("split:none", "4");
  row("-split:test", "300 31 4");
  row("elephant", "", Kind::Nothing);
  row("label:x", "", Kind::NoLabel);
  row("split:x", "", Kind::NoSplit);
  row("colour:red", "300 301 31 4", Kind::UnknownKey);
  row("label:", "300 301 31 4", Kind::NoValue);
  row("risk>x", "300 301 31 4", Kind::RiskNumber);
  row("risk>inf", "300 301 31 4", Kind::RiskNumber);
  row("risk>0.1", "");
}

void TestStayFilter::words() {
  QFETCH(QString, text);
  QFETCH(QString, accepted);
  QFETCH(Kind, problem);
  const StayFilter filter(text.toStdString(), info());
  QStringList found;
  for (const StaySummary& stay : stays())
    if (filter.accepts(stay, NAN)) found << QString::number(stay.stayId);
  QCOMPARE(found.join(' '), accepted);
  QCOMPARE(filter.problem().kind, problem);
  QCOMPARE(sentenceOf(filter.problem()).empty(), problem == Kind::None);
}

void TestStayFilter::riskRelations_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("holds");  // for 0.25, 0.5
  for (const auto& [text, holds] :
       {std::pair("risk>0.25", "01"), std::pair("risk>=0.25", "11"), std::pair("risk<0.5", "10"),
        std::pair("risk<=0.5", "11"), std::pair("risk=0.25", "10"), std::pair("Risk  >=  +0.3", "01"),
        std::pair("risk>30%", "01"), std::pair("risk>2e-1 risk<.3", "10")})
    QTest::newRow(text) << text << holds;
}

void TestStayFilter::riskRelations() {
  QFETCH(QString, text);
  const StayFilter filter(text.toStdString(), info());
  QVERIFY(filter.usesRisk() && filter.problem().kind == Kind::None);
  QString holds;
  for (const float risk : {0.25F, 0.5F}) holds += filter.accepts(stays()[0], risk) ? '1' : '0';
  QTEST(holds, "holds");
  QVERIFY(!filter.accepts(stays()[0], NAN));
}

void TestStayFilter::severalLabels() {
  CohortInfo cohort = info();
  cohort.tasks = {{"pheno", "", TaskKind::MultiLabel, {"Heart failure", "Shock"}}};
  const StaySummary both{1, 1, "", {1, 1}}, none{2, 1, "", {0, 0}};
  QVERIFY(StayFilter("\"heart f\" shock", cohort).accepts(both, NAN));
  QVERIFY(!StayFilter("shock", cohort).accepts(none, NAN));
  QVERIFY(StayFilter("none", cohort).accepts(none, NAN));
}

void TestStayFilter::ownWords() {
  const QueryWords german{"unbekannt", "nein", "keins"};
  QVERIFY(StayFilter("label:unbek", info(), german).accepts(stays()[2], NAN));
  QVERIFY(StayFilter("label:unknown", info(), german).accepts(stays()[2], NAN));
  QVERIFY(StayFilter("label:nein", info(), german).accepts(stays()[1], NAN));
  QCOMPARE(StayFilter("label:nein", info()).problem().kind, Kind::NoLabel);
}

void TestStayFilter::lowerCaseOfLatin() {
  QCOMPARE(lowerCase("ABC xyz ÄÖÜ ÀÞ × ß é 中"), std::string("abc xyz äöü àþ × ß é 中"));
  QCOMPARE(lowerCase(""), std::string());
}

/// Whatever is typed, an answer comes.
void TestStayFilter::hostileText() {
  std::mt19937_64 random(9);
  const std::string alphabet = "risk<>=%:-\", 0123aztn\xC3\x84\xFF\n";
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::uint64_t length = random() % 40; length > 0; --length) text += alphabet[random() % alphabet.size()];
    const StayFilter filter(text, info());
    for (const StaySummary& stay : stays()) filter.accepts(stay, 0.5F);
    QCOMPARE(filter.problem().kind == Kind::None, sentenceOf(filter.problem()).empty());
  }
  QVERIFY(StayFilter(std::string(100000, '-'), info()).accepts(stays()[0], NAN) ||
          StayFilter(std::string(100000, '-'), info()).problem().kind != Kind::None);
}

QTEST_APPLESS_MAIN(TestStayFilter)
#include "tst_stay_filter.moc"
