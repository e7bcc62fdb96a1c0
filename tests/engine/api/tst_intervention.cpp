#include <QtTest>
#include <random>

#include "api/intervention.h"

using namespace fusemoe;

Q_DECLARE_METATYPE(fusemoe::Intervention)

namespace {

using Kind = ExpertChange::Kind;

ModelConfig modelWith(Router router) {
  ModelConfig config;
  for (const char* name : {"vitals", "notes", "body"}) {
    config.modalities.emplace_back();
    config.modalities.back().name = name;
  }
  config.layers = 2;
  config.experts = 6;
  config.topK = router == Router::Disjoint ? 1 : 2;
  config.router = router;
  return config;
}

Intervention randomIntervention(std::mt19937& random) {
  Intervention made;
  for (std::size_t i = random() % 5; i > 0; --i) {
    ExpertChange change{static_cast<Kind>(random() % 3), static_cast<int>(random() % 4) - 1,
                        static_cast<int>(random() % 20), -1};
    if (change.kind == Kind::Swap) change.other = static_cast<int>(random() % 20);
    made.experts.push_back(change);
  }
  made.topK = static_cast<int>(random() % 4);
  if (random() % 2) made.gate = static_cast<Gate>(random() % 3);
  made.missing = static_cast<MissingSubstitute>(random() % 4);
  return made;
}

}  // namespace

class TestIntervention : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void text() {
    Intervention all;
    all.experts = {{Kind::KnockOut, 1, 6, -1}, {Kind::Swap, -1, 0, 3}, {Kind::Pin, 0, 1, -1}};
    all.topK = 1;
    all.gate = Gate::Gaussian;
    all.missing = MissingSubstitute::TrainingMean;
    const std::string expected = "knock-out 2:7; swap *:1:4; pin 1:2; top-k 1; gate gaussian; missing training-mean";
    QCOMPARE(describe(all), expected);
    QVERIFY(*interventionFromText(expected) == all);
    QVERIFY(*interventionFromText(
                "  gate gaussian;top-k  1 ;missing\ttraining-mean; knock-out 2 : 7;swap *:1:4;pin 1:2") == all);
    QVERIFY(describe({}).empty());
    QVERIFY(interventionFromText(" \n")->empty());
  }

  void roundTrip() {
    std::mt19937 random(7);
    std::map<std::string, Intervention> seen;
    for (int i = 0; i < 2000; ++i) {
      const Intervention made = randomIntervention(random);
      const std::string text = describe(made);
      const auto read = interventionFromText(text);
      QVERIFY2(read && *read == made, text.c_str());
      const auto [place, added] = seen.emplace(text, made);
      QVERIFY(place->second == made);  // equal texts only for equal interventions
    }
    QVERIFY(seen.size() > 1500);
  }

  void badText_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("says");
    QTest::newRow("unknown word") << std::string("kill 2:7") << std::string("'kill 2:7' is not known");
    QTest::newRow("no expert") << std::string("knock-out 2") << std::string("which expert");
    QTest::newRow("too many") << std::string("pin 1:2:3") << std::string("which expert");
    QTest::newRow("one of a swap") << std::string("swap 1:2") << std::string("which expert");
    QTest::newRow("from 1") << std::string("knock-out 0:1") << std::string("which expert");
    QTest::newRow("negative") << std::string("knock-out -1:1") << std::string("which expert");
    QTest::newRow("overflow") << std::string("knock-out 1:99999999999999999999") << std::string("which expert");
    QTest::newRow("star expert") << std::string("pin 1:*") << std::string("which expert");
    QTest::newRow("top-k") << std::string("top-k all") << std::string("how many");
    QTest::newRow("top-k nothing") << std::string("top-k") << std::string("how many");
    QTest::newRow("top-k twice") << std::string("top-k 1; top-k 2") << std::string("twice");
    QTest::newRow("gate") << std::string("gate cosine") << std::string("no gate");
    QTest::newRow("gate twice") << std::string("gate softmax; gate softmax") << std::string("twice");
    QTest::newRow("missing") << std::string("missing mean") << std::string("stands for a missing");
    QTest::newRow("empty part") << std::string("top-k 1;; gate softmax") << std::string("between two semicolons");
    QTest::newRow("last semicolon") << std::string("top-k 1;") << std::string("semicolon");
    QTest::newRow("zero byte") << std::string("top-k 1\0", 8) << std::string("how many");
    QTest::newRow("control") << std::string("\x1b[31m;") << std::string("'?[31m'");
    QTest::newRow("long") << std::string(100000, 'x') << std::string("longer than");
    std::string many;
    for (int i = 0; i < 1100; ++i) many += "pin 1:1;";
    QTest::newRow("many") << many << std::string("more than 1024");
  }
  void badText() {
    QFETCH(std::string, text);
    QFETCH(std::string, says);
    const auto read = interventionFromText(text);
    QVERIFY(!read);
    QVERIFY2(read.error().what.find(says) != std::string::npos || read.error().hint.find(says) != std::string::npos,
             read.error().what.c_str());
    QVERIFY(read.error().what.size() < 200);
    QVERIFY(!read.error().hint.empty());
  }

  void hostileTextNeverCrashes() {
    std::mt19937 random(3);
    const std::string letters = "knock-out pin swap top-k gate missing zeros 12:*;;\t\0\xff";
    for (int i = 0; i < 20000; ++i) {
      std::string text;
      for (std::size_t n = random() % 40; n > 0; --n) text += letters[random() % letters.size()];
      if (const auto read = interventionFromText(text)) QVERIFY(*interventionFromText(describe(*read)) == *read);
    }
  }

  void rules_data() {
    QTest::addColumn<Router>("router");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");  // empty: valid
    const QString valid;
    QTest::newRow("nothing") << Router::Joint << "" << valid;
    QTest::newRow("all") << Router::PerModality << "knock-out 2:6; pin 2:1; swap *:1:4; top-k 1; gate softmax" << valid;
    QTest::newRow("layer") << Router::Joint << "pin 3:1"
                           << "layer 3";
    QTest::newRow("expert") << Router::Joint << "pin 2:7"
                            << "expert 7";
    QTest::newRow("other") << Router::Joint << "swap 2:1:7"
                           << "expert 7";
    QTest::newRow("itself") << Router::Joint << "swap 2:1:1"
                            << "itself";
    QTest::newRow("four out") << Router::Joint << "knock-out 1:1; knock-out 1:2; knock-out 1:3; knock-out *:4" << valid;
    QTest::newRow("twice is once") << Router::Joint
                                   << "knock-out 1:1; knock-out 1:1; knock-out 1:2; knock-out 1:3; knock-out *:1"
                                   << valid;
    QTest::newRow("five out") << Router::PerModality
                              << "knock-out 1:1; knock-out *:2; knock-out *:3; knock-out *:4; knock-out 1:5"
                              << "leaves 1 experts in layer 1";
    QTest::newRow("five out, one kept") << Router::PerModality
                                        << "top-k 1; knock-out 1:1; knock-out *:2; knock-out *:3; knock-out *:4; "
                                           "knock-out 1:5"
                                        << valid;
    QTest::newRow("a pool emptied") << Router::Disjoint << "knock-out 2:3; knock-out 2:4"
                                    << "leaves 0 experts of notes in layer 2";
    QTest::newRow("a pool halved") << Router::Disjoint << "knock-out 2:3; knock-out 2:5" << valid;
    QTest::newRow("too many pins") << Router::Joint << "pin *:1; pin 1:2; pin *:3"
                                   << "pins 3 experts in layer 1";
    QTest::newRow("pins of two pools") << Router::Disjoint << "pin *:1; pin *:3" << valid;
    QTest::newRow("pins of one pool") << Router::Disjoint << "pin *:1; pin *:2"
                                      << "pins 2 experts of vitals";
    QTest::newRow("both") << Router::Joint << "pin *:1; knock-out 2:1"
                          << "expert 1 in layer 2";
    QTest::newRow("top-k") << Router::Joint << "top-k 7"
                           << "keeps 7";
    QTest::newRow("top-k of a pool") << Router::Disjoint << "top-k 3"
                                     << "keeps 3";
    QTest::newRow("learned") << Router::Joint << "missing learned" << valid;
  }
  void rules() {
    QFETCH(Router, router);
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto read = interventionFromText(text.toStdString());
    QVERIFY(read.has_value());
    const auto valid = validate(*read, modelWith(router));
    QCOMPARE(valid.has_value(), says.isEmpty());
    if (!valid) QVERIFY2(QString::fromStdString(valid.error().what).contains(says), valid.error().what.c_str());
  }

  void learnedNeedsAnEmbedding() {
    ModelConfig config = modelWith(Router::Joint);
    config.missing = MissingMechanism::Zeros;
    QVERIFY(!validate(*interventionFromText("missing learned"), config));
    QVERIFY(validate(*interventionFromText("missing zeros"), config).has_value());
  }

  void meansMustFit() {
    const ModelConfig config = modelWith(Router::Joint);
    auto means = std::make_shared<EncodingMeans>();
    means->means.assign(3, std::vector<float>(static_cast<std::size_t>(config.bins * config.width)));
    means->means[1].clear();  // nobody had it
    Intervention intervention;
    intervention.missing = MissingSubstitute::TrainingMean;
    intervention.means = means;
    QVERIFY(validate(intervention, config).has_value());
    means->means[0].pop_back();
    QVERIFY(!validate(intervention, config));
    means->means.resize(2);
    QVERIFY(!validate(intervention, config));
  }
};

QTEST_APPLESS_MAIN(TestIntervention)
#include "tst_intervention.moc"
