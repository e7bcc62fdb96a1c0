#include <QtTest>
#include <set>
#include <sstream>

#include "cohort/import/icd_conditions.h"

using namespace fusemoe;

class TestIcdConditions : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void means_data();
  void means();
  void tablesAreSound();
};

void TestIcdConditions::means_data() {
  QTest::addColumn<int>("version");
  QTest::addColumn<QString>("code");
  QTest::addColumn<QList<int>>("categories");  // CCS numbers

  using Categories = QList<int>;
  QTest::newRow("ICD-9 sepsis, whole code") << 9 << "99591" << Categories{2};
  QTest::newRow("ICD-9 sepsis by its beginning") << 9 << "03849" << Categories{2};
  QTest::newRow("ICD-9 keeps its leading zero") << 9 << "3849" << Categories{};
  QTest::newRow("ICD-9 acute renal failure") << 9 << "5849" << Categories{157};
  QTest::newRow("ICD-9 chronic kidney disease") << 9 << "5856" << Categories{158};
  QTest::newRow("ICD-9 renal failure after surgery is a complication") << 9 << "9975" << Categories{238};
  QTest::newRow("ICD-9 native vessel") << 9 << "41401" << Categories{101};
  QTest::newRow("ICD-9 bypass graft is another category") << 9 << "41402" << Categories{};
  QTest::newRow("ICD-9 whole code alone") << 9 << "4140" << Categories{101};
  QTest::newRow("ICD-9 transfusion overload is a complication") << 9 << "27661" << Categories{238};
  QTest::newRow("ICD-9 other fluid overload") << 9 << "27669" << Categories{55};
  QTest::newRow("ICD-9 stenosis without infarction") << 9 << "43310" << Categories{};
  QTest::newRow("ICD-9 stenosis with infarction") << 9 << "43311" << Categories{109};
  QTest::newRow("ICD-9 ventricular fibrillation is no dysrhythmia") << 9 << "42741" << Categories{};
  QTest::newRow("ICD-9 pacemaker") << 9 << "V4501" << Categories{105};
  QTest::newRow("ICD-9 catheter infection is another category") << 9 << "99931" << Categories{};
  QTest::newRow("ICD-9 malignant hypertension") << 9 << "4010" << Categories{99};
  QTest::newRow("ICD-10 septic shock is two") << 10 << "R6521" << Categories{2, 249};
  QTest::newRow("ICD-10 other abnormal breathing is two") << 10 << "R0689" << Categories{133, 134};
  QTest::newRow("ICD-10 severe sepsis is one") << 10 << "R6520" << Categories{2};
  QTest::newRow("ICD-10 sepsis") << 10 << "A4151" << Categories{2};
  QTest::newRow("ICD-10 acute kidney failure") << 10 << "N179" << Categories{157};
  QTest::newRow("ICD-10 essential hypertension alone") << 10 << "I10" << Categories{98};
  QTest::newRow("ICD-10 hypertensive heart disease") << 10 << "I110" << Categories{99};
  QTest::newRow("ICD-10 diabetes without complication") << 10 << "E119" << Categories{49};
  QTest::newRow("ICD-10 diabetes with complication") << 10 << "E1122" << Categories{50};
  QTest::newRow("ICD-10 transfusion overload") << 10 << "E8771" << Categories{238};
  QTest::newRow("ICD-10 other fluid overload") << 10 << "E8770" << Categories{55};
  QTest::newRow("ICD-10 ventricular fibrillation") << 10 << "I4901" << Categories{};
  QTest::newRow("ICD-10 ARDS") << 10 << "J80" << Categories{131};
  QTest::newRow("ICD-10 malignant effusion is another category") << 10 << "J910" << Categories{};
  QTest::newRow("ICD-10 pneumonia") << 10 << "J189" << Categories{122};
  QTest::newRow("ICD-10 hypostatic pneumonia") << 10 << "J182" << Categories{133};
  QTest::newRow("ICD-10 aspiration is another category") << 10 << "J690" << Categories{};
  QTest::newRow("ICD-10 catheter infection is another category") << 10 << "T80211A" << Categories{};
  QTest::newRow("ICD-10 wound infection") << 10 << "T8149XA" << Categories{238};
  QTest::newRow("a code of the other version") << 9 << "N179" << Categories{};
  QTest::newRow("E codes of ICD-9 are not those of ICD-10") << 9 << "E8701" << Categories{};
  QTest::newRow("spaces and small letters") << 10 << " n179  " << Categories{157};
  QTest::newRow("empty") << 10 << "" << Categories{};
  QTest::newRow("nothing of the 25") << 10 << "Z66" << Categories{};
}

void TestIcdConditions::means() {
  QFETCH(int, version);
  QFETCH(QString, code);
  QFETCH(QList<int>, categories);
  const std::uint32_t found = conditionsOf(version == 9 ? IcdVersion::Icd9 : IcdVersion::Icd10, code.toStdString());
  QList<int> means;
  for (std::size_t i = 0; i < kConditionCount; ++i)
    if (found >> i & 1U) means << acuteConditions()[i].category;
  std::sort(means.begin(), means.end());
  std::sort(categories.begin(), categories.end());
  QCOMPARE(means, categories);
}

void TestIcdConditions::tablesAreSound() {
  std::set<int> categories;
  std::string previous;
  for (std::size_t i = 0; i < kConditionCount; ++i) {
    const AcuteCondition& condition = acuteConditions()[i];
    categories.insert(condition.category);
    QVERIFY2(previous < condition.title, previous.c_str());  // the benchmark's order
    previous = condition.title;
    for (const auto& [version, codes] :
         {std::pair(IcdVersion::Icd9, condition.icd9), std::pair(IcdVersion::Icd10, condition.icd10)}) {
      std::istringstream words{std::string(codes)};
      std::string code;
      while (words >> code) {
        if (code.back() == '$') code.pop_back();
        QVERIFY2(conditionsOf(version, code) >> i & 1U, code.c_str());
        // A code means one condition, but for septic shock and other abnormal breathing.
        const bool single = std::popcount(conditionsOf(version, code)) == 1;
        QVERIFY2(single || code == "R6521" || code == "R0689", code.c_str());
      }
    }
  }
  QCOMPARE(categories.size(), kConditionCount);
}

QTEST_GUILESS_MAIN(TestIcdConditions)
#include "tst_icd_conditions.moc"
