// convert: other types, the authors' checkpoints, in place, and what cannot be done.
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <cstring>

#include "program_run.h"

using fusemoe::test::Outcome;
using fusemoe::test::run;

namespace {

const QString kResources = QStringLiteral(FUSEMOE_SOURCE_DIR "/resources/");
const QString kNafld = kResources + "models/nafld-permod-laplace.safetensors";
const QString kParity = QStringLiteral(FUSEMOE_SOURCE_DIR "/tests/data/parity/");

QByteArray bytesOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The header of a .safetensors file.
QJsonObject headerOf(const QString& path) {
  const QByteArray bytes = bytesOf(path);
  quint64 size = 0;
  if (bytes.size() > 8) std::memcpy(&size, bytes.constData(), sizeof size);
  return QJsonDocument::fromJson(bytes.mid(8, qsizetype(size))).object();
}

double predicted(const QString& model, int stay) {
  const Outcome outcome = run({"predict", "--json", "--model", model, "--cohort", kResources + "cohorts/nafld.sqlite",
                               "--stay", QString::number(stay)});
  return outcome.json()["probability"].toArray().at(0).toDouble(NAN);
}

}  // namespace

class TestCliConvert : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  QString out(const char* name) const { return m_folder.filePath(name); }

 private Q_SLOTS:
  /// Same config and card; experts' matrices narrow, the rest float32; the same prediction within what the type allows.
  void types_data() {
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("stored");
    QTest::addColumn<QString>("weights");
    QTest::addColumn<double>("tolerance");
    QTest::newRow("f32") << "f32"
                         << "F32"
                         << "f32" << 0.0;
    QTest::newRow("bf16") << "bf16"
                          << "BF16"
                          << "bf16, f32" << 2e-3;
    QTest::newRow("f16") << "f16"
                         << "F16"
                         << "f16, f32" << 5e-4;
  }
  void types() {
    QFETCH(QString, type);
    QFETCH(QString, stored);
    QFETCH(QString, weights);
    QFETCH(double, tolerance);
    const QString path = out("model.safetensors");
    const Outcome outcome = run({"convert", kNafld, path, "--dtype", type, "--json"});
    QVERIFY2(outcome.status == 0, outcome.err.constData());
    const QJsonObject document = outcome.json(), before = run({"inspect", kNafld, "--json"}).json();
    QCOMPARE(document["weights"].toString(), weights);
    QCOMPARE(document["parameters"], before["parameters"]);
    QCOMPARE(document["card"], before["card"]);
    QCOMPARE(document["bytes_after"].toInteger(), QFileInfo(path).size());
    QCOMPARE(run({"inspect", path, "--json"}).json()["config"], before["config"]);
    const QJsonObject header = headerOf(path), metadata = header["__metadata__"].toObject();
    QCOMPARE(metadata, headerOf(kNafld)["__metadata__"].toObject());
    int narrow = 0;
    for (const QString& name : header.keys()) {
      if (name == "__metadata__") continue;
      const bool matrix = name.contains(".expert.") && name.endsWith(".weight");
      narrow += matrix ? 1 : 0;
      QCOMPARE(header[name].toObject()["dtype"].toString(), matrix ? stored : QString("F32"));
    }
    QVERIFY(narrow > 0);
    for (const int stay : {1, 4, 20}) {
      const double difference = std::abs(predicted(path, stay) - predicted(kNafld, stay));
      QVERIFY2(difference <= tolerance, qPrintable(QString::number(difference)));
    }
  }

  /// The authors' checkpoint and the same weights as .safetensors become the same tensors.
  void authorsCheckpoint() {
    const QString archived = out("archived.safetensors"), plain = out("plain.safetensors");
    QCOMPARE(run({"convert", kParity + "joint-softmax.pth.tar", archived}).status, 0);
    QCOMPARE(run({"convert", kParity + "joint-softmax.model.safetensors", plain}).status, 0);
    const QJsonObject document = run({"inspect", archived, "--json"}).json();
    QCOMPARE(document["format"].toString(), QString("fusemoe"));
    QVERIFY(document["card"].toString().contains("joint-softmax.pth.tar"));
    const auto weightsOf = [](const QString& path) {
      const QByteArray bytes = bytesOf(path);
      quint64 size = 0;
      std::memcpy(&size, bytes.constData(), sizeof size);
      return bytes.mid(8 + qsizetype(size));
    };
    QVERIFY(weightsOf(archived).size() > 900'000);
    QVERIFY(weightsOf(archived) == weightsOf(plain));
  }

  void inPlace() {
    const QString path = out("here.safetensors");
    QVERIFY(QFile::copy(kNafld, path));
    const double before = predicted(path, 4);
    const qint64 size = QFileInfo(path).size();
    QCOMPARE(run({"convert", path, path, "--dtype", "bf16"}).status, 0);
    QVERIFY(QFileInfo(path).size() < size);
    QVERIFY(std::abs(predicted(path, 4) - before) <= 2e-3);
  }

  /// The tensor is named, and what was at the target stays.
  void tooLargeForHalf() {
    QByteArray bytes = bytesOf(kNafld);
    quint64 size = 0;
    std::memcpy(&size, bytes.constData(), sizeof size);
    const QString name = "layers.0.expert.0.fc1.weight";
    const auto begin = headerOf(kNafld)[name].toObject()["data_offsets"].toArray().at(0).toInteger() + 8 + qint64(size);
    const float large = 1e6F;
    bytes.replace(begin, 4, QByteArray(reinterpret_cast<const char*>(&large), 4));
    const QString in = out("large.safetensors"), target = out("target.safetensors");
    for (const auto& [path, content] : {std::pair{in, bytes}, std::pair{target, QByteArray("kept")}}) {
      QFile file(path);
      QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    }
    const Outcome outcome = run({"convert", in, target, "--dtype", "f16"});
    QCOMPARE(outcome.status, 1);
    const QByteArray said = outcome.err.trimmed().split('\n').last();  // after lines of progress
    QVERIFY2(said.contains(name.toUtf8()) && said.contains("too large for f16"), said.constData());
    QCOMPARE(bytesOf(target), QByteArray("kept"));
    QCOMPARE(run({"convert", in, target, "--dtype", "bf16"}).status, 0);
  }

  void failures_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("said");
    const QString target = out("never.safetensors");
    QTest::newRow("no file") << QStringList{"/no/such.pth.tar", target} << 1 << QByteArray("/no/such.pth.tar");
    QTest::newRow("no model") << QStringList{kResources + "cohorts/nafld.sqlite", target} << 1
                              << QByteArray("nafld.sqlite");
    QTest::newRow("no folder") << QStringList{kNafld, "/no/such/model.safetensors"} << 1
                               << QByteArray("/no/such/model.safetensors");
    QTest::newRow("no target") << QStringList{kNafld} << 2 << QByteArray("OUT");
    QTest::newRow("type") << QStringList{kNafld, target, "--dtype", "int4"} << 2 << QByteArray("--dtype");
  }
  void failures() {
    QFETCH(QStringList, arguments);
    QFETCH(int, status);
    QFETCH(QByteArray, said);
    const Outcome outcome = run(QStringList{"convert"} + arguments);
    QCOMPARE(outcome.status, status);
    QVERIFY2(outcome.err.contains(said), outcome.err.constData());
    QVERIFY(outcome.out.isEmpty());
    QVERIFY(!QFile::exists(out("never.safetensors")));
  }
};

QTEST_APPLESS_MAIN(TestCliConvert)
#include "tst_cli_convert.moc"
