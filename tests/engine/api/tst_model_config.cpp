#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include "api/model_config.h"
#include "api/training.h"

using namespace fusemoe;

namespace {

ModelConfig example() {
  ModelConfig config;
  config.name = "example";
  config.task = {"death", "Death", TaskKind::Binary, {"died"}};
  ModalityConfig vitals;
  vitals.name = "vitals";
  vitals.variables = {{"hr", "Heart rate", "/min", 80, 15}, {"sbp", "Systolic pressure", "mmHg", 120, 20}};
  vitals.utde = true;
  ModalityConfig notes;
  notes.name = "notes";
  notes.kind = ModalityKind::Vectors;
  notes.width = 16;
  ModalityConfig body;
  body.name = "body";
  body.kind = ModalityKind::Static;
  body.variables = {{"age", "Age", "y", 60, 10}};
  config.modalities = {vitals, notes, body};
  config.experts = 6;
  config.topK = 2;
  return config;
}

}  // namespace

class TestModelConfig : public QObject {
  Q_OBJECT

  /// The example's JSON with one field replaced ("a.b" descends; a number indexes the modalities).
  static std::string with(const QString& field, const QJsonValue& value) {
    QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(toJson(example()))).object();
    const QStringList parts = field.split('.');
    if (parts.size() == 1) {
      object[field] = value;
    } else if (parts[0] == "modality") {
      QJsonArray modalities = object["modalities"].toArray();
      QJsonObject modality = modalities[parts[1].toInt()].toObject();
      modality[parts[2]] = value;
      modalities[parts[1].toInt()] = modality;
      object["modalities"] = modalities;
    } else {
      QJsonObject child = object[parts[0]].toObject();
      child[parts[1]] = value;
      object[parts[0]] = child;
    }
    return QJsonDocument(object).toJson().toStdString();
  }

 private Q_SLOTS:
  void roundTrip() {
    const ModelConfig config = example();
    const auto parsed = modelConfigFromJson(toJson(config));
    QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().what.c_str());
    QVERIFY(*parsed == config);
  }

  void everyEnumeratorRoundTrips() {
    for (const Gate gate : {Gate::Softmax, Gate::Laplace, Gate::Gaussian})
      for (const Router router : {Router::Joint, Router::PerModality, Router::Disjoint})
        for (const UtdeGate utde : {UtdeGate::Batch, UtdeGate::BatchSeq, UtdeGate::BatchSeqFeature}) {
          ModelConfig config = example();
          config.gate = gate;
          config.router = router;
          config.modalities[0].utdeGate = utde;
          config.token = TokenGranularity::Sequence;
          config.expertOutput = ExpertOutput::LogSoftmax;
          config.missing = MissingMechanism::Zeros;
          config.pooling = Pooling::MeanLast;
          config.modalities[0].grid = GridChannels::Summary;
          config.modalities[0].logSkewed = true;
          config.modalities[0].variables[0].logarithm = true;
          QVERIFY(modelConfigFromJson(toJson(config)) == config);
        }
  }

  void rejectsBadFields_data() {
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("named");
    const auto row = [](const char* field, const QJsonValue& value, const char* named) {
      QTest::addRow("%s=%s", field,
                    qPrintable(QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact))))
          << QString(field) << value << QString(named);
    };
    row("bins", 1, "bins");
    row("bins", "many", "bins");
    row("bins", 12.5, "bins");
    row("bins", 1e300, "bins");
    row("width", 130, "width");
    row("width", -8, "width");
    row("heads", 0, "heads");
    row("layers", 65, "layers");
    row("experts", 5000, "experts");
    row("top_k", 7, "top_k");
    row("gate", "sigmoid", "gate");
    row("router", "", "router");
    row("router", 3, "router");
    row("window_hours", 0, "window_hours");
    row("dropout", 1, "dropout");
    row("pooling", "max", "pooling");
    row("loss.balance", -1, "loss.balance");
    row("loss.entrophy", 0.1, "entrophy");
    row("task.labels", QJsonArray(), "task.labels");
    row("task.kind", "regression", "task.kind");
    row("modalities", QJsonArray(), "modalities");
    row("modalities", "none", "modalities");
    row("modality.0.kind", "video", "modalities[0].kind");
    row("modality.0.name", "a,b", "modalities[0].name");
    row("modality.0.variables", QJsonArray(), "modalities[0].variables");
    row("modality.1.width", 0, "modalities[1].width");
    row("modality.1.name", "vitals", "modalities[1].name");
    row("modality.2.utde", true, "modalities[2].utde");
    row("unheard_of", 1, "unheard_of");
  }
  void rejectsBadFields() {
    QFETCH(QString, field);
    QFETCH(QJsonValue, value);
    QFETCH(QString, named);
    const auto parsed = modelConfigFromJson(with(field, value));
    QVERIFY(!parsed);
    QVERIFY2(QString::fromStdString(parsed.error().what).contains(named), parsed.error().what.c_str());
    QVERIFY(!parsed.error().hint.empty());
  }

  void rejectsDisjointRoutersThatDoNotDivide() {
    ModelConfig config = example();
    config.router = Router::Disjoint;
    config.experts = 7;
    QVERIFY(validate(config).error().what.find("experts") != std::string::npos);
    config.experts = 6;  // two experts each: top 2 keeps all, top 3 cannot
    QVERIFY(validate(config).has_value());
    config.topK = 3;
    QVERIFY(validate(config).error().what.find("top_k") != std::string::npos);
  }

  void rejectsTextThatIsNoJson_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("half") << QByteArray("{\"bins\": 4");
    QTest::newRow("list") << QByteArray("[1, 2]");
    QTest::newRow("bytes") << QByteArray("\xff\xfe\x00\x01", 4);
    QTest::newRow("deep") << QByteArray(100000, '[');
    QTest::newRow("deep objects") << QByteArray("{\"a\":").repeated(1000);
  }
  void rejectsTextThatIsNoJson() {
    QFETCH(QByteArray, text);
    QVERIFY(!modelConfigFromJson(text.toStdString()));
  }

  void masks() {
    const ModelConfig config = example();
    QCOMPARE(*maskFromNames(config, {}), ModalityMask(0));
    QCOMPARE(*maskFromNames(config, {"body", "vitals", "body"}), ModalityMask(5));
    const auto unknown = maskFromNames(config, {"ecg"});
    QVERIFY(!unknown);
    QVERIFY(unknown.error().line().find("vitals, notes, body") != std::string::npos);
  }

  void experiments() {
    const auto good = experimentFromJson(R"({"model": {"modalities": [{"name": "labs"}]}, "training": {"epochs": 3}})");
    QVERIFY(good.has_value());
    QCOMPARE(good->training.epochs, 3);
    QCOMPARE(good->model.modalities[0].name, std::string("labs"));
    QVERIFY(!experimentFromJson(R"({"training": {}})"));
    QVERIFY(experimentFromJson(R"({"model": {}, "training": {"epochs": 0}})").error().what.find("training.epochs") !=
            std::string::npos);
    QVERIFY(experimentFromJson(R"({"model": {}, "trainin": {}})").error().what.find("trainin") != std::string::npos);
  }
};

QTEST_APPLESS_MAIN(TestModelConfig)
#include "tst_model_config.moc"
