// Models whose experts are not read to open them: what is read, what stays the same, and files that are cut short.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <sys/mman.h>
#include <unistd.h>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>
#include <sstream>

#include "cohort/cohort_store.h"
#include "cohort/generate/paper_config.h"
#include "torch/inference/torch_model.h"
#include "torch/model/generate.h"
#include "torch/model/parameters.h"
#include "torch/training/memory_check.h"

using namespace fusemoe;

namespace {

/// The paper's model made smaller, over the bundled synthetic ICU cohort: 129 MB, nearly all experts.
ModelConfig config() {
  ModelConfig config = paperConfig();
  config.bins = 24;
  config.width = 64;
  config.timeWidth = 32;
  config.expertHidden = 128;
  config.layers = 2;
  config.modalities[1].width = 32;
  config.modalities[2].width = 32;
  config.modalities[3].width = 16;
  return config;
}

std::vector<SamplePtr> stays(std::size_t count) {
  const auto store = CohortStore::open(FUSEMOE_SOURCE_DIR "/resources/cohorts/icu-synthetic.sqlite");
  std::vector<SamplePtr> samples;
  if (!store || !(*store)->visit("test", [&](const SamplePtr& stay) {
        samples.push_back(stay);
        return samples.size() < count;
      }))
    qFatal("the bundled cohort cannot be read");
  return samples;
}

std::unique_ptr<TorchModel> opened(const std::string& path) {
  auto loaded = openModelFile(path);
  if (!loaded) qFatal("%s", loaded.error().line().c_str());
  return std::make_unique<TorchModel>(std::move(*loaded), at::Device(at::kCPU));
}

Result<std::vector<ResultPtr>> predict(const Model& model, const std::vector<SamplePtr>& samples,
                                       ModalityMask mask = 0) {
  std::vector<PredictRequest> requests;
  for (const SamplePtr& sample : samples) requests.push_back({sample, mask});
  return model.predict(requests, {}, {});
}

/// Bytes of a file that this process has mapped and touched.
std::size_t resident(const std::string& path) {
  std::ifstream maps("/proc/self/smaps");
  std::size_t kilobytes = 0;
  bool ours = false;
  for (std::string line; std::getline(maps, line);) {
    if (line.find('-') < line.find(' ')) ours = line.ends_with(path);
    if (ours && line.rfind("Rss:", 0) == 0) kilobytes += std::stoul(line.substr(4));
  }
  return kilobytes << 10;
}

/// Makes the kernel map single pages, not sixteen around each, so that `resident` counts what was read.
void readPageByPage(const std::string& path) {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);)
    if (line.ends_with(path)) {
      std::uintptr_t begin = 0, end = 0;
      char dash = 0;
      std::istringstream(line) >> std::hex >> begin >> dash >> end;
      ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_RANDOM);
    }
}

std::size_t expertBytes() {
  return std::size_t(4) * std::size_t(config().expertHidden) *
         std::size_t(config().tokenWidth() + config().expertOutputWidth());
}

}  // namespace

class TestLargeModels : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::vector<SamplePtr> m_stays = stays(6);

  std::string generated(const char* name, ModelLayout layout = ModelLayout::Ours, WeightType type = WeightType::F32) {
    const std::string path = m_folder.filePath(name).toStdString();
    if (QFile::exists(QString::fromStdString(path))) return path;
    if (const auto written = generateModel({config(), layout, type, 32, path}, {}, {}); !written)
      qFatal("%s", written.error().line().c_str());
    return path;
  }
  std::string copied(const char* name) {
    const QString copy = m_folder.filePath(name);
    QFile::remove(copy);
    if (!QFile::copy(QString::fromStdString(generated("large.safetensors")), copy)) qFatal("cannot copy");
    return copy.toStdString();
  }

 private Q_SLOTS:
  void initTestCase() { at::set_num_threads(2); }

  void equalSeedsGiveEqualBytes() {
    ModelConfig small = config();
    small.expertHidden = 4;
    const auto bytes = [&](const char* name, std::uint64_t seed) {
      const std::string path = m_folder.filePath(name).toStdString();
      if (!generateModel({small, ModelLayout::Ours, WeightType::F32, seed, path}, {}, {})) qFatal("not written");
      QFile file(QString::fromStdString(path));
      if (!file.open(QIODevice::ReadOnly)) qFatal("not read");
      return file.readAll();
    };
    QCOMPARE(bytes("a.safetensors", 1), bytes("b.safetensors", 1));
    QVERIFY(bytes("a.safetensors", 1) != bytes("c.safetensors", 2));
  }

  void aConfigTheAuthorsCannotHoldIsRefused() {
    ModelConfig other = config();
    other.missing = MissingMechanism::Learned;
    const auto written = generateModel(
        {other, ModelLayout::Upstream, WeightType::F32, 1, m_folder.filePath("no.safetensors").toStdString()}, {}, {});
    QVERIFY(!written && written.error().what.find("missing must be zeros") != std::string::npos);
    QVERIFY(!QFile::exists(m_folder.filePath("no.safetensors")));
  }

  void aStopWritesNothing() {
    std::stop_source stop;
    stop.request_stop();
    const QString path = m_folder.filePath("stopped.safetensors");
    QVERIFY(
        !generateModel({config(), ModelLayout::Ours, WeightType::F32, 1, path.toStdString()}, {}, stop.get_token()));
    QVERIFY(!QFile::exists(path));
  }

  void trainingThatCannotFitIsRefusedBefore() {
    ModelConfig huge = config();
    QVERIFY(checkTrainingMemory(huge).has_value());
    huge.expertHidden = 8192;
    huge.experts = 512;
    huge.layers = 8;  // a quarter of a trillion parameters
    const auto refused = checkTrainingMemory(huge);
    QVERIFY(!refused && refused.error().what.find("GB of memory") != std::string::npos);
  }

  void expertsAreNotReadToOpen() {
    const std::string path = generated("large.safetensors");
    const auto model = opened(path);
    QVERIFY(model->info().bytes > 120'000'000);
    QVERIFY(resident(path) < std::size_t(model->info().bytes) / 8);
    QCOMPARE(model->info().digestOf, std::string("header and all but expert weights"));
    QCOMPARE(model->info().weights, std::string("f32"));
    QCOMPARE(opened(copied("copy.safetensors"))->info().digest, model->info().digest);
  }

  void aPredictionReadsTheExpertsItChose() {
    const std::string path = copied("touched.safetensors");
    const auto model = opened(path);
    readPageByPage(path);
    const std::size_t before = resident(path);
    const auto results = predict(*model, {m_stays.front()});
    QVERIFY(results.has_value());
    std::size_t chosen = 0;
    for (const LayerResult& layer : results->front()->layers)
      chosen += std::size_t(std::count_if(layer.load.begin(), layer.load.end(), [](float load) { return load > 0; }));
    QVERIFY(chosen < std::size_t(config().experts * config().layers));
    // Missing modalities of the first layer are computed once for all stays, whether this one lacks them or not.
    const std::size_t most = chosen + std::size_t(config().modalityCount() * config().topK);
    const std::size_t read = resident(path) - before;
    QVERIFY2(read >= chosen * expertBytes() * 9 / 10 && read <= most * expertBytes() * 11 / 10,
             qPrintable(QString("%1 bytes, %2 experts of %3").arg(read).arg(chosen).arg(expertBytes())));
  }

  void bothLayoutsPredictTheSame() {
    const auto ours = opened(generated("large.safetensors")),
               theirs = opened(generated("upstream.safetensors", ModelLayout::Upstream));
    QCOMPARE(theirs->info().format, std::string("upstream"));
    QVERIFY(theirs->info().notes.empty());  // their routers are in the file
    // Variables have other names in the authors' layout, so only modalities of vectors are fed.
    const auto a = predict(*ours, m_stays, 1), b = predict(*theirs, m_stays, 1);
    QVERIFY(a.has_value() && b.has_value());
    for (std::size_t i = 0; i < m_stays.size(); ++i) QCOMPARE((*a)[i]->probability, (*b)[i]->probability);
  }

  void narrowWeightsStayNarrow_data() {
    QTest::addColumn<int>("type");
    QTest::newRow("bf16") << int(WeightType::BF16);
    QTest::newRow("f16") << int(WeightType::F16);
  }
  void narrowWeightsStayNarrow() {
    QFETCH(int, type);
    const std::string path = generated(type == int(WeightType::BF16) ? "bf16.safetensors" : "f16.safetensors",
                                       ModelLayout::Ours, WeightType(type));
    const auto wide = opened(generated("large.safetensors")), narrow = opened(path);
    QVERIFY(narrow->info().bytes < wide->info().bytes * 6 / 10);
    QCOMPARE(narrow->info().parameters, wide->info().parameters);
    const auto a = predict(*wide, m_stays), b = predict(*narrow, m_stays);
    QVERIFY(a.has_value() && b.has_value());
    for (std::size_t i = 0; i < m_stays.size(); ++i)
      QVERIFY(std::abs((*a)[i]->probability[0] - (*b)[i]->probability[0]) <= 2e-3);
  }

  /// Each model anew, so that nothing is shared through what one remembers of the last requests.
  void theSameAloneInABatchAndUnderAllMasks() {
    const std::string path = generated("large.safetensors");
    const auto batch = predict(*opened(path), m_stays);
    QVERIFY(batch.has_value());
    const std::vector<ModalityMask> masks{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    const auto lattice = opened(path)->predictMasks(m_stays, masks, {}, {});
    QVERIFY(lattice.has_value());
    for (std::size_t i = 0; i < m_stays.size(); ++i) {
      const auto alone = predict(*opened(path), {m_stays[i]});
      QVERIFY(alone.has_value());
      QCOMPARE((*batch)[i]->probability, alone->front()->probability);
      QCOMPARE((*batch)[i]->headLogits, alone->front()->headLogits);
      QCOMPARE((*batch)[i]->layers[1].routers[0].logits, alone->front()->layers[1].routers[0].logits);
      QCOMPARE((*lattice)[i][0].headLogits, alone->front()->headLogits);
    }
    const auto masked = predict(*opened(path), {m_stays[1]}, 5);
    QCOMPARE((*lattice)[1][5].headLogits, masked->front()->headLogits);
    at::set_num_threads(1);
    const auto oneThread = predict(*opened(path), m_stays);
    at::set_num_threads(2);
    for (std::size_t i = 0; i < m_stays.size(); ++i) QCOMPARE((*oneThread)[i]->headLogits, (*batch)[i]->headLogits);
  }

  /// What a toggle keeps of the last states changes no number.
  void togglingBackAndForthIsAsFresh() {
    const std::string path = generated("large.safetensors");
    const auto model = opened(path);
    for (const ModalityMask mask : {0U, 1U, 3U, 2U, 0U, 8U}) {
      const auto kept = predict(*model, {m_stays.front()}, mask),
                 fresh = predict(*opened(path), {m_stays.front()}, mask);
      QCOMPARE(kept->front()->headLogits, fresh->front()->headLogits);
    }
  }

  void aFileCutShortIsAnErrorNotACrash() {
    const std::string path = copied("shrinks.safetensors");
    const auto model = opened(path);
    QVERIFY(predict(*model, {m_stays.front()}).has_value());
    QCOMPARE(::truncate(path.c_str(), 1 << 20), 0);
    const auto after = predict(*model, {m_stays.back()}, 3);
    QVERIFY(!after);
    QVERIFY2(after.error().what.find(path) != std::string::npos &&
                 after.error().what.find("was cut short") != std::string::npos,
             after.error().what.c_str());
    const auto again = openModelFile(path);
    QVERIFY(!again && again.error().what.find("lies outside the file") != std::string::npos);
    QVERIFY(predict(*opened(generated("large.safetensors")), {m_stays.front()}).has_value());
  }

  void anExpertThatIsNotFiniteIsNamed() {
    ModelConfig all = config();
    const std::string path = copied("nan.safetensors");
    {
      auto loaded = openModelFile(path);
      QVERIFY(loaded.has_value());
      const char* start = loaded->file->data();
      std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
      const float nan = NAN;
      for (int expert = 0; expert < all.experts; ++expert) {
        const auto& weight = loaded->parameters.at("layers.1.expert." + std::to_string(expert) + ".fc1.weight");
        file.seekp(static_cast<const char*>(weight.data_ptr()) - start);
        for (int i = 0; i < 200; ++i) file.write(reinterpret_cast<const char*>(&nan), sizeof nan);
      }
    }
    const auto result = predict(*opened(path), {m_stays.front()});
    QVERIFY(!result);
    QVERIFY2(result.error().what.find("layers.1.expert.0.fc1.weight") != std::string::npos,
             result.error().what.c_str());
  }

  void aStopEndsAPrediction() {
    const auto model = opened(generated("large.safetensors"));
    std::stop_source stop;
    stop.request_stop();
    const PredictRequest request{m_stays.front(), 0};
    const auto refused = model->predict({&request, 1}, {}, stop.get_token());
    QVERIFY(!refused && refused.error().what.find("stopped") != std::string::npos);
    QVERIFY(model->predict({&request, 1}, {}, {}).has_value());  // and leaves nothing half done behind
  }
};

QTEST_GUILESS_MAIN(TestLargeModels)
#include "tst_large_models.moc"
