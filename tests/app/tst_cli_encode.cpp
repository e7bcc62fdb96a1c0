#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

#include "cohort/cohort_store.h"
#include "program_run.h"
#include "script_fixture.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

/// Mean, brightest, rows and columns of a picture.
constexpr const char* kPicture = R"JIT(
def forward(self, x: Tensor) -> Tensor:
    return torch.stack([x.mean(), x.max(), torch.full([], float(x.size(2))), torch.full([], float(x.size(3)))])
)JIT";
constexpr const char* kAboutPicture = R"({"modality": "cxr", "input": "image", "width": 4})";

/// Leads, samples, and the mean of lead II.
constexpr const char* kWave = R"JIT(
def forward(self, x: Tensor) -> Tensor:
    return torch.stack([torch.full([], float(x.size(1))), torch.full([], float(x.size(2))), x[0, 1].mean()]).unsqueeze(0)
)JIT";
constexpr const char* kAboutWave = R"({"modality": "ecg", "input": "waveform", "width": 3, "rate": 100})";

/// The first number doubled.
constexpr const char* kDouble = R"JIT(
def forward(self, x: Tensor) -> Tensor:
    return 2.0 * x[:, 0:1]
)JIT";
constexpr const char* kAboutDouble = R"({"modality": "text", "input": "vector", "width": 1})";

const CohortModality& modalityOf(const CohortStore& store, const std::string& name) {
  return *std::ranges::find(store.info().modalities, name, &CohortModality::name);
}

bool near(float value, double expected) {
  return std::abs(value - expected) < 1e-6;
}

}  // namespace

/// `fusemoe encode`, and TorchScript models on the command line, on a small synthetic cohort.
class TestCliEncode : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  QString path(const QString& name) const { return m_folder.filePath(name); }
  QString encoder(const char* source, const QByteArray& about) const {
    saveProgram(path("encoder.pt").toStdString(), source, {{"fusemoe_encoder.json", about.toStdString()}});
    return path("encoder.pt");
  }
  QStringList encode(const QString& modality, const QString& file, const QStringList& more = {"--trust"}) const {
    return QStringList{"encode",    "--json", "--cohort", path("icu.sqlite"), "--modality", modality,
                       "--encoder", file,     "--out",    path("out.sqlite")} +
           more;
  }
  static CohortPtr open(const QString& file) {
    const auto store = CohortStore::open(file.toStdString());
    if (!store) qFatal("%s", store.error().line().c_str());
    return *store;
  }
  void allElseIsTheSame(const CohortStore& from, const CohortStore& to, const std::string& modality);

 private Q_SLOTS:
  void initTestCase();
  void cleanup() { QFile::remove(path("out.sqlite")); }
  void picturesBecomeVectors();
  void waveformsBecomeVectors();
  void vectorsBecomeVectors();
  void staysWithoutDocumentsLoseTheModality();
  void nothingRunsWithoutTrust();
  void anotherModalitysEncoderIsNoted();
  void failures_data();
  void failures();
  void modelsOnTheCommandLine();
};

void TestCliEncode::initTestCase() {
  const Outcome made = run({"generate", "icu", "--stays", "20", "--documents", "20", "--out", path("icu.sqlite")});
  QVERIFY2(made.status == 0, made.err.constData());
}

void TestCliEncode::allElseIsTheSame(const CohortStore& from, const CohortStore& to, const std::string& modality) {
  const auto before = from.stays(), after = to.stays();
  QCOMPARE(after->size(), before->size());
  for (std::size_t i = 0; i < before->size(); ++i) {
    const std::int64_t id = (*before)[i].stayId;
    QCOMPARE((*after)[i].stayId, id);
    QCOMPARE((*after)[i].split, (*before)[i].split);
    const SamplePtr one = *from.read(id), other = *to.read(id);
    QVERIFY(one->labels == other->labels);
    for (std::size_t m = 0; m < one->modalities.size(); ++m)
      if (one->modalities[m].name != modality) QVERIFY(one->modalities[m] == other->modalities[m]);
    QVERIFY(*from.documents(id) == *to.documents(id));
  }
  for (const CohortModality& each : from.info().modalities)
    if (each.name != modality) QCOMPARE(modalityOf(to, each.name).width, each.width);
}

void TestCliEncode::picturesBecomeVectors() {
  const Outcome outcome = run(encode("cxr", encoder(kPicture, kAboutPicture)));
  QVERIFY2(outcome.status == 0, outcome.err.constData());
  const CohortPtr from = open(path("icu.sqlite")), to = open(path("out.sqlite"));
  allElseIsTheSame(*from, *to, "cxr");
  QCOMPARE(modalityOf(*to, "cxr").width, 4);
  QVERIFY(to->info().description.ends_with("Vectors of cxr are by the encoder encoder.pt."));
  int vectors = 0, stays = 0;
  const auto list = from->stays();
  for (const StaySummary& stay : *list) {
    std::vector<StayDocument> pictures;
    const auto documents = from->documents(stay.stayId);
    for (const DocumentEntry& entry : *documents)
      if (entry.modality == "cxr") pictures.push_back(*from->document(stay.stayId, "cxr", entry.position));
    const SamplePtr sample = *to->read(stay.stayId);
    const std::vector<Event>& events = sample->modality("cxr")->events;
    QCOMPARE(events.size(), pictures.size());
    stays += !events.empty();
    for (std::size_t i = 0; i < events.size(); ++i, ++vectors) {
      const QImage image =
          QImage::fromData(QByteArray::fromStdString(pictures[i].content)).convertToFormat(QImage::Format_Grayscale8);
      double sum = 0, brightest = 0;
      for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
          const double level = qGray(image.pixel(x, y)) / 255.0;
          sum += level;
          brightest = std::max(brightest, level);
        }
      const std::vector<float>& vector = events[i].vector;
      QCOMPARE(vector.size(), std::size_t{4});
      QCOMPARE(events[i].hour, pictures[i].entry.hour);
      QVERIFY2(near(vector[0], sum / (image.width() * image.height())), qPrintable(QString::number(vector[0])));
      QVERIFY(near(vector[1], brightest));
      QCOMPARE(vector[2], float(image.height()));
      QCOMPARE(vector[3], float(image.width()));
    }
  }
  QVERIFY(vectors >= 3 && stays >= 3);  // of 20 stays a fifth has pictures
  const QJsonObject answer = outcome.json();
  QCOMPARE(answer["vectors"].toInt(), vectors);
  QCOMPARE(answer["stays"].toInt(), 20);
  QCOMPARE(answer["stays_before"].toInt(), stays);
  QCOMPARE(answer["stays_after"].toInt(), stays);
  QCOMPARE(answer["stays_lost"].toInt(), 0);
  QCOMPARE(answer["width"].toInt(), 4);
  QCOMPARE(answer["encoder"].toObject()["input"].toString(), QString("image"));
  QVERIFY(answer["notes"].toArray().isEmpty());
}

void TestCliEncode::waveformsBecomeVectors() {
  const Outcome outcome = run(encode("ecg", encoder(kWave, kAboutWave)));
  QVERIFY2(outcome.status == 0, outcome.err.constData());
  const CohortPtr from = open(path("icu.sqlite")), to = open(path("out.sqlite"));
  allElseIsTheSame(*from, *to, "ecg");
  int vectors = 0;
  const auto list = from->stays();
  for (const StaySummary& stay : *list) {
    const SamplePtr sample = *to->read(stay.stayId);
    for (std::size_t i = 0; i < sample->modality("ecg")->events.size(); ++i, ++vectors) {
      const std::vector<float>& vector = sample->modality("ecg")->events[i].vector;
      const auto wave = decodeWaveform(from->document(stay.stayId, "ecg", int(i))->content);
      double sum = 0;
      for (const float value : wave->leads[1].values) sum += value;
      QCOMPARE(vector[0], 3.0F);
      QCOMPARE(vector[1], 500.0F);
      QVERIFY(near(vector[2], sum / 500));
    }
  }
  QVERIFY(vectors > 5);
  QCOMPARE(outcome.json()["vectors"].toInt(), vectors);
}

void TestCliEncode::vectorsBecomeVectors() {
  const Outcome outcome = run(encode("text", encoder(kDouble, kAboutDouble)));
  QVERIFY2(outcome.status == 0, outcome.err.constData());
  const CohortPtr from = open(path("icu.sqlite")), to = open(path("out.sqlite"));
  allElseIsTheSame(*from, *to, "text");
  int vectors = 0;
  const auto list = from->stays();
  for (const StaySummary& stay : *list) {
    const SamplePtr one = *from->read(stay.stayId), other = *to->read(stay.stayId);
    const auto &before = one->modality("text")->events, &after = other->modality("text")->events;
    QCOMPARE(after.size(), before.size());
    for (std::size_t i = 0; i < before.size(); ++i, ++vectors) {
      QCOMPARE(after[i].hour, before[i].hour);
      QCOMPARE(after[i].code, before[i].code);
      QCOMPARE(after[i].vector, std::vector<float>{2 * before[i].vector[0]});
    }
  }
  QVERIFY(vectors > 5);
}

void TestCliEncode::staysWithoutDocumentsLoseTheModality() {
  const QString some = path("some.sqlite");
  QCOMPARE(run({"generate", "icu", "--stays", "20", "--documents", "8", "--out", some}).status, 0);
  const Outcome outcome = run({"encode", "--json", "--trust", "--cohort", some, "--modality", "cxr", "--encoder",
                               encoder(kPicture, kAboutPicture), "--out", path("out.sqlite")});
  QVERIFY2(outcome.status == 0, outcome.err.constData());
  int before = 0, kept = 0;
  const CohortPtr from = open(some), to = open(path("out.sqlite"));
  const auto staysBefore = *from->stays(), staysAfter = *to->stays();
  const auto place = std::size_t(&modalityOf(*from, "cxr") - from->info().modalities.data());
  for (std::size_t i = 0; i < staysBefore.size(); ++i) {
    const bool had = staysBefore[i].present >> place & 1U;
    before += had;
    kept += had && i < 8;
    QCOMPARE(bool(staysAfter[i].present >> place & 1U), had && i < 8);
  }
  QVERIFY(kept > 0 && kept < before);
  QCOMPARE(outcome.json()["stays_before"].toInt(), before);
  QCOMPARE(outcome.json()["stays_after"].toInt(), kept);
  QCOMPARE(outcome.json()["stays_lost"].toInt(), before - kept);
}

void TestCliEncode::nothingRunsWithoutTrust() {
  const Outcome outcome = run(encode("cxr", encoder(kPicture, kAboutPicture), {}));
  QCOMPARE(outcome.status, 1);
  QVERIFY2(outcome.err.contains("is a TorchScript program") && outcome.err.contains("--trust"),
           outcome.err.constData());
  QCOMPARE(outcome.err.count('\n'), 1);
  QVERIFY(!QFile::exists(path("out.sqlite")));
}

void TestCliEncode::anotherModalitysEncoderIsNoted() {
  const Outcome outcome = run(encode("cxr", encoder(kPicture, R"({"modality": "ct", "input": "image", "width": 4})")));
  QVERIFY2(outcome.status == 0, outcome.err.constData());
  QCOMPARE(outcome.json()["notes"].toArray().at(0).toString(),
           QString("The encoder was made for 'ct', not for 'cxr'."));
  QVERIFY(outcome.err.contains("made for 'ct'"));
}

void TestCliEncode::failures_data() {
  QTest::addColumn<QString>("modality");
  QTest::addColumn<QByteArray>("source");
  QTest::addColumn<QByteArray>("about");
  QTest::addColumn<QByteArray>("said");
  const auto row = [](const char* name, const char* modality, const char* source, const char* about, const char* said) {
    QTest::newRow(name) << modality << QByteArray(source) << QByteArray(about) << QByteArray(said);
  };
  row("no such modality", "mri", kPicture, kAboutPicture, "has no modality 'mri'. Of vectors are: ");
  row("a series", "ts", kPicture, kAboutPicture, "is not one of vectors");
  row("no document of the kind", "text", kPicture, kAboutPicture, "has images of 'text'");
  row("other rate", "ecg", kWave, R"({"modality": "ecg", "input": "waveform", "width": 3, "rate": 250})",
      "samples a second where the encoder needs 250");
  row("raises", "cxr", "def forward(self, x: Tensor) -> Tensor:\n    assert False, \"too dark\"\n    return x\n",
      kAboutPicture, "too dark");
  row("another width", "cxr", kPicture, R"({"modality": "cxr", "input": "image", "width": 5})", "gives 4 numbers");
  row("no description", "cxr", kPicture, "", "fusemoe_encoder.json");
}

void TestCliEncode::failures() {
  QFETCH(QString, modality);
  QFETCH(QByteArray, source);
  QFETCH(QByteArray, about);
  QFETCH(QByteArray, said);
  const Outcome outcome = run(encode(modality, encoder(source.constData(), about)));
  QCOMPARE(outcome.status, 1);
  QVERIFY2(outcome.err.contains(said), outcome.err.constData());
  QVERIFY(outcome.out.isEmpty());
  QVERIFY(!QFile::exists(path("out.sqlite")));
}

/// A model that looks at cxr and text: log-odds 1 and 2 where they are shown.
void TestCliEncode::modelsOnTheCommandLine() {
  const CohortPtr cohort = open(path("icu.sqlite"));
  ModelConfig config;
  config.name = "script";
  config.task = {"ihm", "Death", TaskKind::Binary, {"death"}};
  for (const char* name : {"cxr", "text"}) {
    ModalityConfig modality;
    modality.name = name;
    modality.kind = ModalityKind::Vectors;
    modality.width = modalityOf(*cohort, name).width;
    config.modalities.push_back(modality);
  }
  config.router = Router::Joint;
  config.layers = config.experts = config.topK = 1;
  saveProgram(path("model.pt").toStdString(), R"JIT(
def forward(self, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
    print("a program may talk")
    shown = 1.0 - inputs["cxr.missing"].float() + 2.0 * (1.0 - inputs["text.missing"].float())
    return {"logits": torch.stack([torch.zeros([1]), shown], 1)}
)JIT",
              {{"fusemoe_config.json", toJson(config)}});
  const Outcome refused = run({"inspect", path("model.pt")});
  QCOMPARE(refused.status, 1);
  QVERIFY2(refused.err.contains("--trust") && !refused.err.contains("may talk"), refused.err.constData());

  const Outcome inspected = run({"inspect", "--json", "--trust", path("model.pt")});
  QVERIFY2(inspected.status == 0, inspected.err.constData());
  QCOMPARE(inspected.json()["format"].toString(), QString("torchscript"));
  QVERIFY(inspected.err.contains("a program may talk"));

  const auto stays = *cohort->stays();
  const auto rich = std::ranges::find_if(stays, [&](const StaySummary& stay) {
    const SamplePtr sample = *cohort->read(stay.stayId);
    return sample->modality("cxr")->present() && sample->modality("text")->present();
  });
  QVERIFY(rich != stays.end());
  const QStringList stay{"--cohort", path("icu.sqlite"), "--stay",  QString::number(rich->stayId),
                         "--model",  path("model.pt"),   "--trust", "--json"};
  for (const auto& [mask, logOdds] : {std::pair("", 3.0), std::pair("cxr", 2.0), std::pair("cxr,text", 0.0)}) {
    const Outcome predicted = run(QStringList{"predict", "--mask", mask} + stay);
    QVERIFY2(predicted.status == 0, predicted.err.constData());
    const double expected = 1 / (1 + std::exp(-logOdds));
    QVERIFY(std::abs(predicted.json()["probability"].toArray().at(0).toDouble() - expected) < 1e-6);
  }
  const Outcome lattice = run(QStringList{"lattice"} + stay);
  QVERIFY2(lattice.status == 0, lattice.err.constData());
  QCOMPARE(lattice.json()["masks"].toArray().size(), 4);
  QCOMPARE(run(QStringList{"gates"} + stay).status, 1);
}

QTEST_GUILESS_MAIN(TestCliEncode)
#include "tst_cli_encode.moc"
