#include <ATen/ATen.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <cstring>
#include <random>

#include "test_model.h"
#include "torch/model/model_file.h"
#include "torch/parity/parity.h"

using namespace fusemoe;

namespace {

/// A .safetensors of one header and some data.
QByteArray file(const QByteArray& header, const QByteArray& data = QByteArray(16, '\0')) {
  const auto size = static_cast<quint64>(header.size());
  QByteArray bytes(8, '\0');
  std::memcpy(bytes.data(), &size, 8);
  return bytes + header + data;
}

const QByteArray kEntry = R"({"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}})";

}  // namespace

class TestModelFiles : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::string write(const QByteArray& bytes) const {
    QFile opened(m_folder.filePath("file.safetensors"));
    if (!opened.open(QIODevice::WriteOnly) || opened.write(bytes) != bytes.size())
      qFatal("cannot write the test's file");
    return opened.fileName().toStdString();
  }
  static std::string parityFile(const char* name) {
    return std::string(FUSEMOE_SOURCE_DIR) + "/tests/data/parity/" + name;
  }

 private Q_SLOTS:
  void readsWhatIsWritten() {
    const std::string path = m_folder.filePath("written.safetensors").toStdString();
    SafeTensors content{{{"key", "value"}},
                        {{"a", at::arange(6, at::kFloat).view({2, 3})}, {"empty", at::zeros({0, 4})}}};
    QVERIFY(writeSafeTensors(path, content));
    const auto read = readSafeTensors(path);
    QVERIFY(read.has_value());
    QCOMPARE(read->metadata, content.metadata);
    QVERIFY(read->tensors.at("a").equal(content.tensors.at("a")));
    QCOMPARE(read->tensors.at("empty").numel(), 0);
  }

  void malformedFiles_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* name, const QByteArray& bytes, const char* said) {
      QTest::newRow(name) << bytes << QString(said);
    };
    row("empty", {}, "empty");
    row("short", "1234", "too short");
    row("header beyond the file", QByteArray(8, '\x11') + "{}", "header claims");
    row("header of 2^60", QByteArray("\0\0\0\0\0\0\0\x10", 8) + "{}", "header claims");
    row("not JSON", file("{\"a\":"), "not readable");
    row("a list", file("[]"), "not an object");
    row("deep", file(QByteArray("[").repeated(1000)), "not readable");
    row("metadata not text", file(R"({"__metadata__":{"k":1}})"), "metadata 'k'");
    row("metadata a list", file(R"({"__metadata__":[]})"), "metadata");
    row("no dtype", file(R"({"a":{"shape":[4],"data_offsets":[0,16]}})"), "'a'");
    row("unknown dtype", file(R"({"a":{"dtype":"F8","shape":[4],"data_offsets":[0,16]}})"), "F8");
    row("outside the file", file(R"({"a":{"dtype":"F32","shape":[8],"data_offsets":[0,32]}})"), "outside");
    row("backwards", file(R"({"a":{"dtype":"F32","shape":[0],"data_offsets":[16,8]}})"), "outside");
    row("one offset", file(R"({"a":{"dtype":"F32","shape":[4],"data_offsets":[0]}})"), "outside");
    row("negative offset", file(R"({"a":{"dtype":"F32","shape":[4],"data_offsets":[-16,0]}})"), "whole numbers");
    row("shape too large", file(R"({"a":{"dtype":"F32","shape":[5],"data_offsets":[0,16]}})"), "does not match");
    row("shape overflows", file(R"({"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}})"),
        "does not match");
    row("negative shape", file(R"({"a":{"dtype":"F32","shape":[-4],"data_offsets":[0,16]}})"), "does not match");
    row("overlap",
        file(
            R"({"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}})"),
        "overlap");
    row("no configuration", file(kEntry), "no FuseMoE configuration");
    row("other version", file(R"({"__metadata__":{"fusemoe_config":"{}","fusemoe_format":"9"}})"), "version 9");
    row("empty configuration", file(R"({"__metadata__":{"fusemoe_config":"{}","fusemoe_format":"1"}})"), "modalities");
    row("upstream without args",
        file(
            R"({"__metadata__":{"args":"{}"},"x.layers.0.moe.mean":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}})"),
        "task");
    row("upstream without MoE",
        file(R"({"__metadata__":{"args":"{}"},"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}})"), "mixture");
  }
  void malformedFiles() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, said);
    const auto opened = openModelFile(write(bytes));
    QVERIFY(!opened);
    QVERIFY2(QString::fromStdString(opened.error().what).contains(said), opened.error().what.c_str());
    QVERIFY(!opened.error().hint.empty());
  }

  void missingFileIsNamed() {
    QVERIFY(openModelFile("/no/such/model.safetensors").error().what.find("/no/such/model") != std::string::npos);
  }
  void folderIsNoFile() {
    QVERIFY(openModelFile(m_folder.path().toStdString()).error().what.find("not a file") != std::string::npos);
  }

  void truncationAnywhereIsAnError() {
    QFile whole(QString::fromStdString(parityFile("permod-laplace.model.safetensors")));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    std::mt19937 random(1);
    for (int i = 0; i < 40; ++i) QVERIFY(!openModelFile(write(bytes.left(int(random() % unsigned(bytes.size() - 1))))));
  }

  /// Any byte of the header may be hostile: opening gives a model or an error, never a crash.
  void changedHeaderBytesNeverCrash() {
    QFile whole(QString::fromStdString(parityFile("joint-softmax.model.safetensors")));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    std::mt19937 random(2);
    int errors = 0;
    for (int i = 0; i < 60; ++i) {
      QByteArray changed = bytes;
      for (int k = 0; k < 3; ++k) changed[int(random() % 20000)] = char(random());
      errors += openModelFile(write(changed)) ? 0 : 1;
    }
    QVERIFY(errors > 40);
  }

  void tensorsAreChecked_data() {
    QTest::addColumn<QString>("change");
    QTest::newRow("missing") << "missing";
    QTest::newRow("unknown") << "unknown";
    QTest::newRow("shape") << "shape";
    QTest::newRow("nan") << "nan";
    QTest::newRow("infinity") << "infinity";
  }
  void tensorsAreChecked() {
    QFETCH(QString, change);
    const ModelConfig config = test::smallConfig();
    TensorMap parameters = test::randomParameters(config, 1);
    const std::string name = "layers.1.expert.3.fc1.weight";
    if (change == "missing") parameters.erase(name);
    if (change == "unknown") parameters["layers.9.extra"] = at::ones({1});
    if (change == "shape") parameters[name] = parameters[name].t().contiguous();
    if (change == "nan") parameters[name][0][0] = std::nan("");
    if (change == "infinity") parameters[name][1][1] = INFINITY;
    const std::string path = m_folder.filePath("changed.safetensors").toStdString();
    QVERIFY(writeModelFile(path, config, parameters, {}));
    const auto opened = openModelFile(path);
    QVERIFY(!opened);
    QVERIFY2(opened.error().what.find(change == "unknown" ? "layers.9.extra" : name) != std::string::npos,
             opened.error().what.c_str());
  }

  void modelRoundTrip() {
    const ModelConfig config = test::smallConfig(Router::Disjoint);
    const TensorMap parameters = test::randomParameters(config, 4);
    const std::string path = m_folder.filePath("model.safetensors").toStdString();
    QVERIFY(writeModelFile(path, config, parameters, {{kCardKey, "# card"}}));
    const auto opened = openModelFile(path);
    QVERIFY(opened.has_value());
    QVERIFY(opened->config == config);
    QCOMPARE(opened->info.card, std::string("# card"));
    QCOMPARE(opened->info.tensors, std::int64_t(parameters.size()));
    for (const auto& [name, tensor] : parameters) QVERIFY(opened->parameters.at(name).equal(tensor));
  }

  void upstreamWithoutRouterWeightsSaysSo() {
    auto content = readSafeTensors(parityFile("permod-laplace.model.safetensors"));
    QVERIFY(content.has_value());
    std::erase_if(content->tensors, [](const auto& item) { return item.first.find("w_gate") != std::string::npos; });
    const std::string path = m_folder.filePath("faulty.safetensors").toStdString();
    QVERIFY(writeSafeTensors(path, *content));
    const auto opened = openModelFile(path);
    QVERIFY(opened.has_value());
    QCOMPARE(opened->info.notes.size(), std::size_t(1));
    QVERIFY(opened->parameters.at("layers.0.router.cxr.gate").eq(0).all().item<bool>());
  }

  /// With the fast BLAS, whose rounding differs: within five times the tolerance that `fusemoe parity` demands.
  void parityWithTheFastBlas_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"joint-softmax", "permod-laplace", "disjoint-gaussian"}) QTest::newRow(name) << name;
  }
  void parityWithTheFastBlas() {
    QFETCH(QString, name);
    const auto report = runParity(parityFile(qPrintable(name + ".model.safetensors")),
                                  parityFile(qPrintable(name + ".input.safetensors")),
                                  parityFile(qPrintable(name + ".expected.safetensors")));
    QVERIFY(report.has_value());
    QVERIFY(report->stages.size() >= 20);
    for (const ParityStage& stage : report->stages)
      QVERIFY2(stage.pass || stage.maxDifference < 5e-5,
               qPrintable(QString::fromStdString(stage.name) + " " + QString::number(stage.maxDifference)));
  }

  void parityFailsForAnotherModel() {
    const auto report =
        runParity(parityFile("permod-laplace.model.safetensors"), parityFile("disjoint-gaussian.input.safetensors"),
                  parityFile("permod-laplace.expected.safetensors"));
    QVERIFY(report.has_value());
    QVERIFY(!report->pass);
  }
};

QTEST_APPLESS_MAIN(TestModelFiles)
#include "tst_model_files.moc"
