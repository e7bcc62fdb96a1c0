#include <ATen/ATen.h>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

#include "api/script_file.h"
#include "script_fixture.h"
#include "test_model.h"
#include "torch/inference/prepare.h"
#include "torch/torch_engine.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

/// Log-odds 1 for vitals, 2 for notes, 4 for body; in layer l and router r the experts l + r and l + r + 1 have gate
/// logits 3 and 2, the others 0.
constexpr const char* kKnown = R"JIT(
def forward(self, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
    outputs: Dict[str, Tensor] = {}
    score = torch.zeros([1])
    if not bool(inputs["vitals.missing"][0]):
        score = score + 1.0
    if not bool(inputs["notes.missing"][0]):
        score = score + 2.0
    if not bool(inputs["body.missing"][0]):
        score = score + 4.0
    outputs["logits"] = torch.stack([torch.zeros([1]), score], 1)
    for layer in range(2):
        for router in range(3):
            gate = torch.zeros([6, 6])
            gate[:, layer + router] = 3.0
            gate[:, layer + router + 1] = 2.0
            outputs["layers." + str(layer) + ".router." + str(router) + ".logits"] = gate
    return outputs
)JIT";

/// A program that answers kKnown's shapes with one expression changed.
std::string answering(const std::string& logits, const std::string& gate = "torch.zeros([6, 6])") {
  return "def forward(self, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:\n"
         "    outputs: Dict[str, Tensor] = {}\n"
         "    outputs[\"logits\"] = " +
         logits +
         "\n"
         "    for layer in range(2):\n"
         "        for router in range(3):\n"
         "            outputs[\"layers.\" + str(layer) + \".router.\" + str(router) + \".logits\"] = " +
         gate +
         "\n"
         "    return outputs\n";
}

const char* const kImage = R"({"modality": "cxr", "input": "image", "width": 2})";
const char* const kMean = R"JIT(
def forward(self, x: Tensor) -> Tensor:
    return torch.stack([x.mean(), x.max()])
)JIT";

double sigmoid(double x) {
  return 1 / (1 + std::exp(-x));
}

}  // namespace

/// TorchScript models and encoders. Each program's answer is known by construction.
class TestScript : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  Engine* m_engine = nullptr;

  std::string path(const char* name) const { return m_folder.filePath(name).toStdString(); }
  std::string model(const std::string& source, const ModelConfig& config = smallConfig()) const {
    saveProgram(path("model.pt"), source, {{"fusemoe_config.json", toJson(config)}});
    return path("model.pt");
  }
  std::string encoder(const std::string& source, const std::string& description) const {
    saveProgram(path("encoder.pt"), source, {{"fusemoe_encoder.json", description}});
    return path("encoder.pt");
  }
  Result<ModelPtr> openTrusted(const std::string& file) const { return m_engine->open(file, {.runProgram = true}); }
  static Result<ResultPtr> predict(const Model& model, const SamplePtr& sample, ModalityMask mask,
                                   const PredictOptions& options = {}) {
    const PredictRequest request{sample, mask};
    auto results = model.predict({&request, 1}, options, {});
    if (!results) return failure(results.error());
    return results->front();
  }

 private Q_SLOTS:
  void initTestCase();
  void answersWhatTheProgramSays();
  void givesItWhatOurNetworksGet();
  void everyMaskAsAlone();
  void oneExpertNeedsNoRouter();
  void hidesItsInside();
  void nothingRunsWithoutTrust();
  void repeatedIsTheSame();
  void wrongPrograms_data();
  void wrongPrograms();
  void wrongConfigs_data();
  void wrongConfigs();
  void truncated();
  void flipped();
  void otherFilesAreNoPrograms();
  void encodes();
  void resizes();
  void wrongEncoders_data();
  void wrongEncoders();
};

void TestScript::initTestCase() {
  auto engine = TorchEngine::create(Device::Cpu, 2);
  QVERIFY(engine.has_value());
  m_engine = *engine;
}

void TestScript::answersWhatTheProgramSays() {
  const std::string file = model(kKnown);
  const auto opened = openTrusted(file);
  QVERIFY2(opened, opened ? "" : opened.error().line().c_str());
  const ModelInfo& info = (*opened)->info();
  QCOMPARE(info.format, std::string("torchscript"));
  QCOMPARE(info.path, file);
  QCOMPARE(info.digest.size(), std::size_t{64});
  QCOMPARE(info.parameters, 6);
  QCOMPARE(info.weights, std::string("f32"));
  QVERIFY((*opened)->config() == smallConfig());

  const auto result = predict(**opened, sample(1, {"notes"}), 0b100);
  QVERIFY2(result, result ? "" : result.error().line().c_str());
  const RoutingResult& answer = **result;
  QVERIFY(std::abs(answer.probability.at(0) - sigmoid(1)) < 1e-6);
  QCOMPARE(answer.headLogits, (std::vector<float>{0, 1}));
  QCOMPARE(answer.states,
           (std::vector<ModalityState>{ModalityState::Present, ModalityState::Absent, ModalityState::Masked}));
  QCOMPARE(answer.layers.size(), std::size_t{2});
  const RouterResult& router = answer.layers.at(1).routers.at(2);
  QCOMPARE(router.modality, 2);
  QCOMPARE(router.tokens, 6);
  for (int token = 0; token < 6; ++token) {
    QCOMPARE(router.topKExpert.at(2 * token), 3);
    QCOMPARE(router.topKExpert.at(2 * token + 1), 4);
    QVERIFY(std::abs(router.topKWeight.at(2 * token) - sigmoid(1)) < 1e-6);
  }
  const double sum = std::exp(3) + std::exp(2) + 4;
  QVERIFY(std::abs(router.meanDense.at(3) - std::exp(3) / sum) < 1e-6);
  QVERIFY(std::abs(router.meanDense.at(0) - 1 / sum) < 1e-6);
  QVERIFY(std::abs(router.meanTopK.at(4) - sigmoid(-1)) < 1e-6);
  // Expert 3 of layer 1: router 2's first choice and router 1's second, six tokens each.
  QCOMPARE(answer.layers.at(1).load.at(3), 12.0F);
  QVERIFY(std::abs(answer.layers.at(1).importance.at(3) - 6) < 1e-5);
  QVERIFY(std::abs(answer.layers.at(1).composition.at(3 * 3 + 2) - sigmoid(1)) < 1e-6);
}

/// The program answers the sum of each input, one a label; expected are the sums of what `prepare` makes.
void TestScript::givesItWhatOurNetworksGet() {
  ModelConfig config = smallConfig();
  config.task = {"sums", "", TaskKind::MultiLabel, {}};
  std::string source = "def forward(self, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:\n    sums = []\n";
  const SamplePtr stay = sample(7);
  const PredictRequest request{stay, 0};
  const auto batch = prepare(config, {&request, 1});
  QVERIFY(batch.has_value());
  std::vector<double> expected;
  for (std::size_t m = 0; m < 3; ++m) {
    const ModalityInput& input = batch->modalities[m];
    for (const auto& [part, tensor] :
         {std::pair("missing", input.missing), std::pair("times", input.times), std::pair("values", input.values),
          std::pair("mask", input.mask), std::pair("grid", input.grid)}) {
      if (!tensor.defined()) continue;
      const std::string name = config.modalities[m].name + "." + part;
      config.task.labels.push_back(name);
      source += "    sums.append(inputs[\"" + name + "\"].float().sum())\n";
      source += "    if inputs[\"" + name + "\"].dim() != " + std::to_string(tensor.dim()) +
                ":\n        assert False, \"rank\"\n";
      expected.push_back(tensor.to(at::kFloat).sum().item<double>());
    }
  }
  QCOMPARE(expected.size(), std::size_t{11});
  source +=
      "    outputs: Dict[str, Tensor] = {\"logits\": torch.stack(sums).unsqueeze(0)}\n"
      "    for layer in range(2):\n        for router in range(3):\n"
      "            outputs[\"layers.\" + str(layer) + \".router.\" + str(router) + \".logits\"] = torch.zeros([6, 6])\n"
      "    return outputs\n";
  const auto opened = openTrusted(model(source, config));
  QVERIFY2(opened, opened ? "" : opened.error().line().c_str());
  const auto result = predict(**opened, stay, 0);
  QVERIFY(result.has_value());
  for (std::size_t i = 0; i < expected.size(); ++i)
    QVERIFY2(std::abs((*result)->headLogits.at(i) - expected[i]) < 1e-5 * (1 + std::abs(expected[i])),
             config.task.labels[i].c_str());
  // Masked is as absent, in every input.
  for (int m = 0; m < 3; ++m) {
    const auto masked = predict(**opened, stay, ModalityMask{1} << m);
    const auto absent = predict(**opened, sample(7, {config.modalities[std::size_t(m)].name}), 0);
    QVERIFY(masked && absent);
    QCOMPARE((*masked)->headLogits, (*absent)->headLogits);
    QVERIFY((*masked)->headLogits != (*result)->headLogits);
  }
}

void TestScript::everyMaskAsAlone() {
  const auto opened = openTrusted(model(kKnown));
  QVERIFY(opened.has_value());
  const std::vector<SamplePtr> stays{sample(1), sample(2, {"vitals"})};
  const std::vector<ModalityMask> masks{0, 1, 2, 4, 7};
  const auto all = (*opened)->predictMasks(stays, masks, {}, {});
  QVERIFY(all.has_value());
  for (std::size_t s = 0; s < stays.size(); ++s)
    for (std::size_t i = 0; i < masks.size(); ++i) {
      const MaskedRouting& one = all->at(s).at(i);
      const unsigned present = (s == 0 ? 7U : 6U) & ~masks[i];
      QCOMPARE(one.mask, masks[i]);
      QCOMPARE(one.present, present);
      QVERIFY(std::abs(one.probability.at(0) - sigmoid(present)) < 1e-6);
      QCOMPARE(one.meanDense.size(), RoutingShape((*opened)->config()).size());
      const auto alone = predict(**opened, stays[s], masks[i]);
      QVERIFY(alone.has_value());
      QCOMPARE(one.probability, (*alone)->probability);
      const RoutingShape shape((*opened)->config());
      const auto means = shape.of(one.meanTopK, 1, 2);
      QCOMPARE(std::vector<float>(means.begin(), means.end()), (*alone)->layers[1].routers[2].meanTopK);
    }
  std::stop_source stop;
  stop.request_stop();
  QVERIFY(!(*opened)->predictMasks(stays, masks, {}, stop.get_token()));
}

/// A program without experts says so by a configuration with one.
void TestScript::oneExpertNeedsNoRouter() {
  ModelConfig config = smallConfig(Router::Joint);
  config.layers = config.experts = config.topK = 1;
  const auto opened =
      openTrusted(model("def forward(self, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:\n"
                        "    return {\"logits\": torch.zeros([1, 2])}\n",
                        config));
  QVERIFY2(opened, opened ? "" : opened.error().line().c_str());
  const auto result = predict(**opened, sample(3), 0);
  QVERIFY(result.has_value());
  QCOMPARE((*result)->probability.at(0), 0.5F);
  QCOMPARE((*result)->layers.at(0).routers.at(0).meanTopK, std::vector<float>{1});
  QCOMPARE((*result)->layers.at(0).load, std::vector<float>{6});
}

void TestScript::hidesItsInside() {
  const auto opened = openTrusted(model(kKnown));
  QVERIFY(opened.has_value());
  QVERIFY(QString::fromStdString((*opened)->gateGeometry().error().what).contains("does not show"));
  QVERIFY(QString::fromStdString((*opened)->encodingMeans(MemoryCohort(), "train", {}, {}).error().what)
              .contains("does not show"));
  PredictOptions changed;
  changed.intervention.topK = 1;
  const auto refused = predict(**opened, sample(1), 0, changed);
  QVERIFY(!refused && QString::fromStdString(refused.error().what).contains("does not show"));
  const std::vector<SamplePtr> stays{sample(1)};
  const std::vector<ModalityMask> masks{0};
  QVERIFY(!(*opened)->predictMasks(stays, masks, changed.intervention, {}));

  // The 3-D view asks for points: none come, and the result is that of the request.
  PredictOptions projected;
  projected.projection = projected.attention = true;
  const auto first = predict(**opened, sample(1), 0, projected);
  QVERIFY(first.has_value());
  QVERIFY((*first)->layers[0].projection.tokens.empty());
  QVERIFY((*first)->attention.empty());
  QVERIFY((*first)->basis && (*first)->basis->layers.empty());
  projected.basis = (*first)->basis;
  const auto second = predict(**opened, sample(1), 1, projected);
  QVERIFY(second.has_value());
  QCOMPARE((*second)->key.basis, projectionSource((*first)->key));
}

/// Loading runs __setstate__, which here writes a file: with trust it is there, without it is not.
void TestScript::nothingRunsWithoutTrust() {
  const std::string mark = path("it-ran");
  const std::string runs =
      "def __getstate__(self) -> Tensor:\n    return self.weight\n"
      "def __setstate__(self, state: Tensor) -> None:\n    self.weight = state\n    torch.save(state, \"" +
      mark + "\")\n";
  for (const bool asEncoder : {false, true}) {
    const std::string file = asEncoder ? encoder(runs + kMean, kImage) : model(runs + kKnown);
    const auto open = [&](bool trust) -> Result<void> {
      if (asEncoder) {
        if (const auto opened = m_engine->openEncoder(file, {.runProgram = trust}); !opened)
          return failure(opened.error());
      } else if (const auto opened = m_engine->open(file, {.runProgram = trust}); !opened) {
        return failure(opened.error());
      }
      return {};
    };
    const auto refused = open(false);
    QVERIFY(!refused);
    QVERIFY2(refused.error().what.starts_with(file + " is a TorchScript program"), refused.error().what.c_str());
    QVERIFY(QString::fromStdString(refused.error().hint).contains("--trust"));
    QVERIFY(isScriptFile(file));
    QVERIFY(readScriptExtra(file, asEncoder ? "fusemoe_encoder.json" : "fusemoe_config.json"));
    QVERIFY(!QFile::exists(QString::fromStdString(mark)));
    const auto opened = open(true);
    QVERIFY2(opened, opened ? "" : opened.error().line().c_str());
    QVERIFY(QFile::remove(QString::fromStdString(mark)));
  }
}

/// LibTorch would rewrite a program after its first runs.
void TestScript::repeatedIsTheSame() {
  const auto opened =
      openTrusted(model(answering("torch.stack([inputs[\"vitals.values\"].exp().mul(0.37).tanh().sum(), "
                                  "inputs[\"vitals.grid\"].sin().mean().mul(1.7).add(0.3)]).unsqueeze(0)")));
  QVERIFY2(opened, opened ? "" : opened.error().line().c_str());
  const auto first = predict(**opened, sample(5), 0);
  for (int i = 0; i < 10; ++i) QCOMPARE((*predict(**opened, sample(5), 0))->headLogits, (*first)->headLogits);
}

void TestScript::wrongPrograms_data() {
  QTest::addColumn<std::string>("source");
  QTest::addColumn<QString>("said");
  const auto row = [](const char* name, const std::string& source, const char* said) {
    QTest::newRow(name) << source << QString(said);
  };
  const std::string head = "def forward(self, inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:\n";
  row("raises", head + "    assert False, \"no such luck\"\n    return inputs\n", "no such luck");
  row("reads what is not there", head + "    return {\"logits\": inputs[\"xray.values\"]}\n", "failed");
  row("no logits", head + "    return {\"logit\": torch.zeros([1, 2])}\n", "gives no 'logits'");
  row("logits of another shape", answering("torch.zeros([2, 1])"), "'logits' of shape [2, 1]");
  row("logits without a batch", answering("torch.zeros([2])"), "needs [1, 2]");
  row("NaN", answering("torch.full([1, 2], float(\"nan\"))"), "not finite as 'logits'");
  row("infinite", answering("torch.full([1, 2], float(\"inf\"))"), "not finite as 'logits'");
  row("whole numbers", answering("torch.zeros([1, 2], dtype=4)"), "no plain floating-point tensor as 'logits'");
  row("sparse", answering("torch.zeros([1, 2]).to_sparse()"), "no plain floating-point tensor");
  row("complex", answering("torch.zeros([1, 2], dtype=9)"), "no plain floating-point tensor");
  row("router of another shape", answering("torch.zeros([1, 2])", "torch.zeros([6, 5])"),
      "'layers.0.router.0.logits' of shape [6, 5]");
  row("router not finite", answering("torch.zeros([1, 2])", "torch.zeros([6, 6]).log()"),
      "not finite as 'layers.0.router.0.logits'");
  row("no router", head + "    return {\"logits\": torch.zeros([1, 2])}\n", "gives no 'layers.0.router.0.logits'");
  row("takes a tensor", "def forward(self, x: Tensor) -> Tensor:\n    return x\n", "has no forward(Dict[str, Tensor])");
  row("no forward", "def backward(self, x: Tensor) -> Tensor:\n    return x\n", "has no forward");
  row("more memory than there is", answering("torch.zeros([1000000000000, 1000000])"), "failed");
}

void TestScript::wrongPrograms() {
  QFETCH(std::string, source);
  QFETCH(QString, said);
  const auto opened = openTrusted(model(source));
  QVERIFY(!opened);
  const QString line = QString::fromStdString(opened.error().line());
  QVERIFY2(line.contains(said), qPrintable(line));
  QVERIFY(line.contains("model.pt"));
  QVERIFY(!line.contains('\n'));
}

void TestScript::wrongConfigs_data() {
  QTest::addColumn<QString>("config");
  QTest::addColumn<QString>("said");
  QTest::newRow("none") << QString() << "holds no fusemoe_config.json";
  QTest::newRow("no JSON") << "{"
                           << "fusemoe_config.json";
  QTest::newRow("a field too many") << R"({"colour": "red"})"
                                    << "colour";
  QTest::newRow("too large") << QString(17 << 20, ' ') << "more than 16 MiB";
}

void TestScript::wrongConfigs() {
  QFETCH(QString, config);
  QFETCH(QString, said);
  std::map<std::string, std::string> extras;
  if (!config.isEmpty()) extras["fusemoe_config.json"] = config.toStdString();
  saveProgram(path("model.pt"), kKnown, extras);
  const auto opened = openTrusted(path("model.pt"));
  QVERIFY(!opened);
  QVERIFY2(QString::fromStdString(opened.error().line()).contains(said), opened.error().line().c_str());
}

void TestScript::truncated() {
  QFile file(QString::fromStdString(model(kKnown)));
  QVERIFY(file.open(QIODevice::ReadOnly));
  const QByteArray bytes = file.readAll();
  const QString cut = m_folder.filePath("cut.pt");
  for (qsizetype length = 0; length < bytes.size(); length += 1 + bytes.size() / 120) {
    QFile part(cut);
    QVERIFY(part.open(QIODevice::WriteOnly));
    part.write(bytes.left(length));
    part.close();
    const auto opened = openTrusted(cut.toStdString());
    QVERIFY2(!opened, qPrintable(QString::number(length)));
    QVERIFY(opened.error().what.find("cut.pt") != std::string::npos);
  }
}

/// A flipped bit is found, or stands where nothing is read.
void TestScript::flipped() {
  QFile file(QString::fromStdString(model(kKnown)));
  QVERIFY(file.open(QIODevice::ReadOnly));
  const QByteArray bytes = file.readAll();
  const QString path = m_folder.filePath("flipped.pt");
  int refused = 0, tried = 0;
  for (qsizetype place = 0; place < bytes.size(); place += 1 + bytes.size() / 250) {
    QByteArray changed = bytes;
    changed[place] = static_cast<char>(changed[place] ^ (1 << place % 8));
    QFile other(path);
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write(changed);
    other.close();
    ++tried;
    const auto opened = openTrusted(path.toStdString());
    if (!opened) {
      ++refused;
      continue;
    }
    const auto result = predict(**opened, sample(1), 0);
    QVERIFY2(result && std::abs((*result)->probability.at(0) - sigmoid(7)) < 1e-6, qPrintable(QString::number(place)));
  }
  QVERIFY2(tried > 200 && refused > tried / 4, qPrintable(QString("%1 of %2").arg(refused).arg(tried)));
}

void TestScript::otherFilesAreNoPrograms() {
  QVERIFY(!isScriptFile(path("nothing")));
  QVERIFY(!isScriptFile(m_folder.path().toStdString()));
  QVERIFY(!isScriptFile(std::string(FUSEMOE_SOURCE_DIR) + "/tests/data/parity/joint-softmax.model.safetensors"));
  QFile zip(m_folder.filePath("no.zip"));
  QVERIFY(zip.open(QIODevice::WriteOnly));
  zip.write("PK\x03\x04 and then nothing that is a zip archive");
  zip.close();
  QVERIFY(!isScriptFile(zip.fileName().toStdString()));
  const auto encoder = m_engine->openEncoder(zip.fileName().toStdString(), {.runProgram = true});
  QVERIFY(!encoder && QString::fromStdString(encoder.error().what).contains("no TorchScript file"));
}

void TestScript::encodes() {
  const auto opened = m_engine->openEncoder(encoder(kMean, kImage), {.runProgram = true});
  QVERIFY2(opened, opened ? "" : opened.error().line().c_str());
  QCOMPARE((*opened)->name(), std::string("encoder.pt"));
  QCOMPARE((*opened)->width(), 2);
  const std::vector<float> values{0, 0.25F, 0.5F, 0.75F};
  const std::vector<std::int64_t> shape{1, 1, 2, 2};
  const auto vector = (*opened)->encode(values, shape, {});
  QVERIFY2(vector, vector ? "" : vector.error().line().c_str());
  QCOMPARE(*vector, (std::vector<float>{0.375F, 0.75F}));
  const std::vector<std::int64_t> wrong{1, 1, 2, 3};
  QVERIFY(!(*opened)->encode(values, wrong, {}));
  std::stop_source stop;
  stop.request_stop();
  QVERIFY(!(*opened)->encode(values, shape, stop.get_token()));
}

/// Four pixels become one: their mean. One becomes four: itself.
void TestScript::resizes() {
  const std::string flat = "def forward(self, x: Tensor) -> Tensor:\n    return x.flatten()\n";
  const auto small = m_engine->openEncoder(
      encoder(flat, R"({"modality": "cxr", "input": "image", "width": 1, "image_height": 1, "image_width": 1})"),
      {.runProgram = true});
  QVERIFY2(small, small ? "" : small.error().line().c_str());
  const std::vector<float> values{0, 0.25F, 0.5F, 0.75F}, one{0.5F};
  const std::vector<std::int64_t> shape{1, 1, 2, 2}, single{1, 1, 1, 1};
  const auto mean = (*small)->encode(values, shape, {});
  QVERIFY2(mean, mean ? "" : mean.error().line().c_str());
  QVERIFY(std::abs(mean->at(0) - 0.375F) < 1e-6);
  const auto large = m_engine->openEncoder(
      encoder(flat, R"({"modality": "cxr", "input": "image", "width": 4, "image_height": 2, "image_width": 2})"),
      {.runProgram = true});
  QVERIFY(large.has_value());
  QCOMPARE(*(*large)->encode(one, single, {}), std::vector<float>(4, 0.5F));
}

void TestScript::wrongEncoders_data() {
  QTest::addColumn<std::string>("source");
  QTest::addColumn<std::string>("description");
  QTest::addColumn<QString>("said");
  const auto row = [](const char* name, const std::string& source, const std::string& description, const char* said) {
    QTest::newRow(name) << source << description << QString(said);
  };
  row("raises", "def forward(self, x: Tensor) -> Tensor:\n    assert False, \"too dark\"\n    return x\n", kImage,
      "too dark");
  row("too long", "def forward(self, x: Tensor) -> Tensor:\n    return torch.zeros([3])\n", kImage, "gives 3 numbers");
  row("no vector", "def forward(self, x: Tensor) -> Tensor:\n    return torch.zeros([2, 1])\n", kImage,
      "in 2 dimensions");
  row("NaN", "def forward(self, x: Tensor) -> Tensor:\n    return torch.zeros([2]).log()\n", kImage, "not finite");
  row("a model's forward", kKnown, kImage, "has no forward(Tensor) -> Tensor");
  row("description: no JSON", kMean, "image", "fusemoe_encoder.json");
  row("description: no modality", kMean, R"({"input": "image", "width": 2})", "modality");
  row("description: no input", kMean, R"({"modality": "cxr", "width": 2})", "input");
  row("description: unknown input", kMean, R"({"modality": "cxr", "input": "smell", "width": 2})", "image, waveform");
  row("description: no width", kMean, R"({"modality": "cxr", "input": "image"})", "width");
  row("description: width as text", kMean, R"({"modality": "cxr", "input": "image", "width": "2"})", "width");
  row("description: two channels", kMean, R"({"modality": "cxr", "input": "image", "width": 2, "channels": 2})",
      "1 or 3");
  row("description: half a size", kMean, R"({"modality": "cxr", "input": "image", "width": 2, "image_height": 9})",
      "image_width");
  row("description: a field too many", kMean, R"({"modality": "cxr", "input": "image", "width": 2, "depth": 2})",
      "depth");
}

void TestScript::wrongEncoders() {
  QFETCH(std::string, source);
  QFETCH(std::string, description);
  QFETCH(QString, said);
  const auto opened = m_engine->openEncoder(encoder(source, description), {.runProgram = true});
  Error error;
  if (opened) {
    const std::vector<float> values(4, 0.5F);
    const std::vector<std::int64_t> shape{1, 1, 2, 2};
    const auto vector = (*opened)->encode(values, shape, {});
    QVERIFY(!vector);
    error = vector.error();
  } else {
    error = opened.error();
  }
  QVERIFY2(QString::fromStdString(error.line()).contains(said), error.line().c_str());
}

QTEST_GUILESS_MAIN(TestScript)
#include "tst_script.moc"
