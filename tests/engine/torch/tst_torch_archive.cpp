#include <ATen/ATen.h>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <nlohmann/json.hpp>
#include <random>

#include "test_model.h"
#include "torch/inference/torch_model.h"
#include "torch/model/archive/torch_archive.h"
#include "torch/model/model_file.h"
#include "torch/model/upstream.h"
#include "torch/parity/parity.h"
#include "torch_archive_writer.h"

using namespace fusemoe;
using namespace fusemoe::test;
using nlohmann::json;

namespace {

template <class T>
QByteArray raw(std::initializer_list<T> values) {
  QByteArray bytes;
  for (const T& value : values) bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  return bytes;
}

const QByteArray kFloats = raw<float>({0, 1, 2, 3, 4, 5});
const QByteArray kTensor = tensor(storage("FloatStorage", "0", 6), 0, {2, 3}, {3, 1});

/// A checkpoint's pickle of these entries of `network` and of `args`.
QByteArray checkpoint(const QByteArrayList& network, const QByteArrayList& arguments = {text("seed"), integer(1)}) {
  return pickle(dict({text("network"), orderedDict(network), text("args"), nameSpace(arguments)}));
}

/// numpy.float64(value) as protocol 2 has it; `bytes` are Latin-1 text.
QByteArray numpyScalar(const QByteArray& type, const QByteArray& order, const QByteArray& bytes) {
  const QByteArray dtype = call(global("numpy", "dtype"), tuple({text(type), "\x89", "\x88"})) +
                           tuple({integer(3), text(order), "N", "N", "N", integer(-1), integer(-1), integer(0)}) + "b";
  return call(global("numpy.core.multiarray", "scalar"), tuple({dtype, bytes}));
}
QByteArray latin1(const QByteArray& utf8) {
  return call(global("_codecs", "encode"), tuple({text(utf8), text("latin1")}));
}

qint64 residentBytes() {
  QFile file("/proc/self/statm");
  if (!file.open(QIODevice::ReadOnly)) return 0;
  return file.readAll().split(' ').at(1).toLongLong() * 4096;
}

}  // namespace

class TestTorchArchive : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::string write(const QByteArray& bytes) const {
    QFile opened(m_folder.filePath("file.pth.tar"));
    opened.remove();  // a mapping of the last one keeps its bytes
    if (!opened.open(QIODevice::WriteOnly) || opened.write(bytes) != bytes.size())
      qFatal("cannot write the test's file");
    return opened.fileName().toStdString();
  }
  Result<SafeTensors> read(const QByteArray& bytes) const { return readTorchArchive(write(bytes)); }
  Result<SafeTensors> read(const QByteArray& pickled, const QByteArrayList& storages) const {
    return read(zipFile(archive(pickled, storages)));
  }
  static std::string parityFile(const char* name) {
    return std::string(FUSEMOE_SOURCE_DIR) + "/tests/data/parity/" + name;
  }
  static QByteArray bytesOf(const std::string& path) {
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly)) qFatal("cannot read %s", path.c_str());
    return file.readAll();
  }

 private Q_SLOTS:
  /// The authors' own file: the same tensors, to the bit, and the same arguments as the .safetensors of that case.
  void referencePairsAreEqual_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"joint-softmax", "permod-laplace"}) QTest::newRow(name) << name;
  }
  void referencePairsAreEqual() {
    QFETCH(QString, name);
    const auto archived = readTorchArchive(parityFile(qPrintable(name + ".pth.tar")));
    QVERIFY2(archived.has_value(), archived ? "" : archived.error().line().c_str());
    const auto expected = readSafeTensors(parityFile(qPrintable(name + ".model.safetensors")));
    QVERIFY(expected.has_value());
    QCOMPARE(archived->tensors.size(), expected->tensors.size());
    for (const auto& [key, tensor] : expected->tensors) {
      const auto found = archived->tensors.find(key);
      QVERIFY2(found != archived->tensors.end() && found->second.equal(tensor), key.c_str());
    }
    const json given = json::parse(archived->metadata.at("args")), wanted = json::parse(expected->metadata.at("args"));
    for (const auto& [key, value] : wanted.items())
      if (given.contains(key)) QVERIFY2(given[key] == value, key.c_str());
    for (const char* key : {"task", "tt_max", "num_of_experts", "modeltype", "dropout"}) QVERIFY(given.contains(key));
  }

  void referencePairsPredictAlike_data() { referencePairsAreEqual_data(); }
  void referencePairsPredictAlike() {
    QFETCH(QString, name);
    auto expected = openModelFile(parityFile(qPrintable(name + ".model.safetensors")));
    auto archived = openModelFile(parityFile(qPrintable(name + ".pth.tar")));
    QVERIFY(expected.has_value() && archived.has_value());
    QCOMPARE(archived->info.format, std::string("upstream"));
    const TorchModel first(std::move(*expected), at::kCPU), second(std::move(*archived), at::kCPU);
    const auto stay = std::make_shared<Sample>();
    stay->stayId = 1;
    const PredictRequest request{stay, (ModalityMask{1} << first.config().modalities.size()) - 1};
    const auto one = first.predict({&request, 1}, {}, {}), other = second.predict({&request, 1}, {}, {});
    QVERIFY2(one.has_value(), one ? "" : one.error().line().c_str());
    QVERIFY(other.has_value());
    QCOMPARE((*one)[0]->probability, (*other)[0]->probability);
    const auto report =
        runParity(parityFile(qPrintable(name + ".pth.tar")), parityFile(qPrintable(name + ".input.safetensors")),
                  parityFile(qPrintable(name + ".expected.safetensors")));
    QVERIFY(report.has_value());
    for (const ParityStage& stage : report->stages) QVERIFY2(stage.maxDifference < 5e-5, stage.name.c_str());
  }

  /// What the authors' own code saves of a router a modality: no weights of it (fault 1).
  void missingRouterWeightsAreSaid() {
    auto content = readTorchArchive(parityFile("permod-laplace.pth.tar"));
    QVERIFY(content.has_value());
    QVERIFY(std::erase_if(content->tensors,
                          [](const auto& item) { return item.first.find("moe.w_gate") != std::string::npos; }) == 8);
    const auto model = readUpstream(std::move(*content));
    QVERIFY(model.has_value());
    QCOMPARE(model->info.notes.size(), std::size_t(1));
    QVERIFY(model->info.notes[0].find("no router weights") != std::string::npos);
    QVERIFY(model->parameters.at("layers.1.router.ecg.gate").eq(0).all().item<bool>());
  }

  void tensorsAreViewsThatKeepTheMapping() {
    const auto content = read(checkpoint({text("a"), kTensor}), {kFloats});
    QVERIFY2(content.has_value(), content ? "" : content.error().line().c_str());
    QVERIFY(QFile::remove(m_folder.filePath("file.pth.tar")));
    QVERIFY(content->tensors.at("a").equal(at::arange(6, at::kFloat).view({2, 3})));
  }

  /// 512 MB of weights: opening touches none of them.
  void bigRecordsAreNotReadAtOpen() {
    constexpr qint64 kBytes = 512LL << 20;
    const QByteArray pickled =
        checkpoint({text("a"), tensor(storage("FloatStorage", "0", kBytes / 4), 0, {kBytes / 4}, {1})});
    QList<ZipRecord> records{{"archive/data.pkl", pickled}, {"archive/data/0", QByteArray(64, '\0')}};
    const QByteArray bytes = zipFile(aligned(records));
    // The record grown in place to a hole in the file; the directory follows it.
    const qsizetype data = bytes.indexOf("PK\x01\x02");
    records[1].size = kBytes;
    const QByteArray tail = zipFile(aligned(records)).mid(data);
    const std::string path = write(bytes.left(data));
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.resize(data - 64 + kBytes) && file.seek(data - 64 + kBytes));
    QByteArray end = tail;
    const auto begin = quint32(data - 64 + kBytes);
    end.replace(end.size() - 6, 4, raw<quint32>({begin}));
    QCOMPARE(file.write(end), end.size());
    file.close();
    const qint64 before = residentBytes();
    const auto content = readTorchArchive(path);
    QVERIFY2(content.has_value(), content ? "" : content.error().line().c_str());
    QVERIFY(residentBytes() - before < (8LL << 20));
    QCOMPARE(content->tensors.at("a").numel(), kBytes / 4);
    QCOMPARE(content->tensors.at("a")[kBytes / 4 - 1].item<float>(), 0.0F);
  }

  void types_data() {
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("double") << QByteArray("DoubleStorage") << raw<double>({1.5, -2});
    QTest::newRow("half") << QByteArray("HalfStorage") << raw<c10::Half>({1.5F, -2.F});
    QTest::newRow("bfloat16") << QByteArray("BFloat16Storage") << raw<c10::BFloat16>({1.5F, -2.F});
    QTest::newRow("float") << QByteArray("FloatStorage") << raw<float>({1.5, -2});
  }
  void types() {
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, bytes);
    const auto content = read(checkpoint({text("a"), tensor(storage(type, "0", 2), 0, {2}, {1})}), {bytes});
    QVERIFY2(content.has_value(), content ? "" : content.error().line().c_str());
    QVERIFY(content->tensors.at("a").to(at::kFloat).equal(at::tensor({1.5F, -2.F})));
    QCOMPARE(content->tensors.at("a").nbytes(), std::size_t(bytes.size()));
  }

  void views() {
    const QByteArray held = storage("FloatStorage", "0", 6);
    const auto content = read(
        checkpoint({text("whole"), tensor(held, 0, {6}, {1}), text("part"), tensor(held, 2, {2}, {1}),
                    text("transposed"), tensor(held, 0, {3, 2}, {1, 3}), text("scalar"), tensor(held, 5, {}, {}),
                    text("empty"), tensor(held, 0, {0, 4}, {4, 1}), text("spread"), tensor(held, 1, {2, 2}, {0, 0})}),
        {kFloats});
    QVERIFY2(content.has_value(), content ? "" : content.error().line().c_str());
    const TensorMap& tensors = content->tensors;
    QVERIFY(tensors.at("part").equal(at::tensor({2.F, 3.F})));
    QCOMPARE(tensors.at("part").data_ptr<float>(), tensors.at("whole").data_ptr<float>() + 2);
    QVERIFY(tensors.at("transposed").equal(at::arange(6, at::kFloat).view({2, 3}).t()));
    QVERIFY(tensors.at("transposed").is_contiguous());
    QCOMPARE(tensors.at("scalar").item<float>(), 5.0F);
    QCOMPARE(tensors.at("empty").numel(), 0);
    QVERIFY(tensors.at("spread").equal(at::ones({2, 2})));
  }

  void recordsAtOddAddressesAreCopied() {
    const auto content =
        read(zipFile(aligned(archive(checkpoint({text("a"), kTensor, text("b"), kTensor}), {kFloats}), 1)));
    QVERIFY2(content.has_value(), content ? "" : content.error().line().c_str());
    QVERIFY(content->tensors.at("a").equal(at::arange(6, at::kFloat).view({2, 3})));
    QCOMPARE(content->tensors.at("a").data_ptr(), content->tensors.at("b").data_ptr());
  }

  void parametersAndSubclassesAreTensors() {
    const QByteArray parameter = call(global("torch._utils", "_rebuild_parameter"),
                                      tuple({kTensor, "\x88", call(global("collections", "OrderedDict"), ")")}));
    const QByteArray subclass = call(
        global("torch._tensor", "_rebuild_from_type_v2"),
        tuple({global("torch._utils", "_rebuild_tensor_v2"), global("my.module", "Tensor"),
               tuple({storage("FloatStorage", "0", 6), integer(0),
                      call(global("torch", "Size"), tuple({tuple({integer(6)})})), tuple({integer(1)}), "\x89", "N"}),
               dict({text("k"), "N"})}));
    const auto content =
        read(checkpoint({text("p"), parameter, text("s"), subclass, text("n"), integer(3)}), {kFloats});
    QVERIFY2(content.has_value(), content ? "" : content.error().line().c_str());
    QCOMPARE(content->tensors.size(), std::size_t(2));
    QVERIFY(content->tensors.at("p").view({6}).equal(content->tensors.at("s")));
  }

  void placesOfTheStateDict_data() {
    QTest::addColumn<QByteArray>("pickled");
    const QByteArray bare = dict({text("a"), kTensor});
    QTest::newRow("bare, one item") << pickle(bare);
    QTest::newRow("bare, ordered") << pickle(orderedDict({text("a"), kTensor, text("epoch"), integer(4)}));
    for (const char* key : {"network", "state_dict", "model_state_dict", "model"})
      QTest::newRow(key) << pickle(dict({text(key), bare, text("epoch"), integer(1)}));
    QTest::newRow("_metadata") << pickle(orderedDict({text("a"), kTensor}) +
                                         dict({text("_metadata"), orderedDict({})}) + "b");
  }
  void placesOfTheStateDict() {
    QFETCH(QByteArray, pickled);
    const auto content = read(pickled, {kFloats});
    QVERIFY2(content.has_value(), content ? "" : content.error().line().c_str());
    QCOMPARE(content->tensors.size(), std::size_t(1));
    QVERIFY(content->tensors.at("a").equal(at::arange(6, at::kFloat).view({2, 3})));
    QVERIFY(content->metadata.empty());
  }

  void argumentsAsJson() {
    const QByteArray eight = latin1(QByteArray("\0\0\0\0\0\0\xc3\xa8?", 9));  // 0.75 in Latin-1 bytes as UTF-8
    const auto content =
        read(checkpoint({text("a"), kTensor},
                        {text("none"),     "N",
                         text("yes"),      "\x88",
                         text("rate"),     number(4e-4),
                         text("negative"), integer(-7),
                         text("wide"),     integer(1LL << 40),
                         text("long"),     QByteArray("\x8a\x09\0\0\0\0\0\0\0\0\1", 11),
                         text("minus"),    QByteArray("\x8a\x01\xff", 3),
                         text("names"),    list({text("Ä"), text("b")}),
                         text("pair"),     tuple({integer(1), number(0.5)}),
                         text("set"),      QByteArray("\x8f(") + integer(1) + "\x90",
                         text("inner"),    nameSpace({text("deep"), dict({integer(3), text("three"), text("x"), "}"})}),
                         text("f8"),       numpyScalar("f8", "<", eight),
                         text("i4"),       numpyScalar("i4", ">", QByteArray("C\4\0\0\1\2", 6)),
                         text("device"),   call(global("torch", "device"), tuple({text("cpu")})),
                         text("odd"),      numpyScalar("f8", "<", latin1("\xe2\x82\xac"))}),
             {kFloats});
    QVERIFY2(content.has_value(), content ? "" : content.error().line().c_str());
    const json given = json::parse(content->metadata.at("args"));
    QVERIFY(given.at("none").is_null());
    QVERIFY(given.at("yes") == true && given.at("negative") == -7 && given.at("minus") == -1);
    QVERIFY(given.at("rate") == 4e-4 && given.at("wide") == (1LL << 40) && given.at("long") == std::ldexp(1.0, 64));
    QVERIFY(given.at("names") == json({"Ä", "b"}) && given.at("pair") == json({1, 0.5}) &&
            given.at("set") == json({1}));
    QVERIFY(given.at("inner") == json({{"deep", {{"3", "three"}, {"x", json::object()}}}}));
    QCOMPARE(given.at("f8").get<double>(), 0.75);
    QVERIFY(given.at("i4") == 0x102);
    QVERIFY(given.at("device") == "<torch.device>" && given.at("odd") == "<numpy.core.multiarray.scalar>");
  }

  /// Protocol 4: frames, short texts, STACK_GLOBAL, MEMOIZE, bytes as bytes.
  void protocolFour() {
    const auto brief = [](const QByteArray& value) {
      return "\x8c" + QByteArray(1, char(value.size())) + value + "\x94";
    };
    const QByteArray ordered = brief("collections") + brief("OrderedDict") + "\x93\x94";  // memo 0, 1, 2
    const QByteArray rebuild = brief("torch._utils") + brief("_rebuild_tensor_v2") + "\x93";
    const QByteArray held = "(" + brief("storage") + brief("torch") + brief("FloatStorage") + "\x93" + brief("0") +
                            brief("cpu") + "K\6t" + "Q";
    const QByteArray made = rebuild + "(" + held + QByteArray("K\0K\6\x85K\1\x85\x89h\2)Rt", 14) + "R";
    const QByteArray frame("\x95\xff\0\0\0\0\0\0\0", 9);
    const auto content = read(pickle(frame + ordered + ")R" + brief("a") + made + "s", 4), {kFloats});
    QVERIFY2(content.has_value(), content ? "" : content.error().line().c_str());
    QVERIFY(content->tensors.at("a").equal(at::arange(6, at::kFloat)));
  }

  void zip64() {
    const auto content = read(zipFile(archive(checkpoint({text("a"), kTensor}), {kFloats}), true));
    QVERIFY2(content.has_value(), content ? "" : content.error().line().c_str());
    QVERIFY(content->tensors.at("a").equal(at::arange(6, at::kFloat).view({2, 3})));
  }

  /// One clear sentence each, and the line of Python that helps where one does.
  void refused_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("hint");
    const auto row = [](const char* name, const QByteArray& bytes, const char* said, const char* hint) {
      QTest::newRow(name) << bytes << QString(said) << QString(hint);
    };
    const auto rowOf = [&](const char* name, const QByteArray& pickled, const char* said, const char* hint = "damaged",
                           const QByteArrayList& storages = {kFloats}) {
      row(name, zipFile(archive(pickled, storages)), said, hint);
    };
    const auto change = [](int record, const auto& how, const QByteArray& pickled = checkpoint({text("a"), kTensor})) {
      auto records = archive(pickled, {kFloats});
      how(records[record]);
      return zipFile(records);
    };
    const char* kPython = "weights_only=False";
    row("legacy", QByteArray("\x80\2\x8a\nl\xfc\x9c\x46\xf9 j\xa8P\x19.\x80\2", 17), "before version 1.6", kPython);
    row("tar", QByteArray(257, 'x') + "ustar" + QByteArray(250, '\0'), "before version 1.6", kPython);
    row("encrypted", change(2, [](auto& record) { record.flags = 1; }), "encrypted", "Decrypt");
    row("compressed", change(2, [](auto& record) { record.method = 8; }), "compressed", kPython);
    row("compressed pickle", change(0, [](auto& record) { record.method = 8; }), "compressed", kPython);
    row("big-endian", change(1, [](auto& record) { record.bytes = "big"; }), "big-endian", kPython);
    row("program", change(3, [](auto& record) { record.name = "archive/constants.pkl"; }), "program", "trust");
    row("other zip", change(0, [](auto& record) { record.name = "archive/else.txt"; }), "no data.pkl", "Choose");
    row("wrong CRC", change(0, [](auto& record) { record.crc = 1; }), "checksum", "damaged");
    row("no storage", change(2, [](auto& record) { record.name = "archive/data/7"; }), "'archive/data/0' is missing",
        "damaged");
    row("two of a name", change(3, [](auto& record) { record.name = "archive/data/0"; }), "two of its records",
        "damaged");
    row("overlap", change(2, [](auto& record) { record.size = 60; }), "overlap", "damaged");
    row("record of 2^31", change(2, [](auto& record) { record.size = 1U << 31U; }), "outside the file", "damaged");
    row("header elsewhere", change(2, [](auto& record) { record.offset = 7; }), "no header", "damaged");
    row("header outside", change(2, [](auto& record) { record.offset = 1U << 31U; }), "outside the file", "damaged");
    QList<ZipRecord> wide = archive(checkpoint({text("a"), kTensor}), {kFloats});
    wide[2].size = quint64(1) << 60U;
    row("record of 2^60", zipFile(wide, true), "outside the file", "damaged");
    wide[2].size = ~quint64(0);
    row("record of 2^64-1", zipFile(wide, true), "outside the file", "damaged");
    row("no directory", change(0, [](auto&) {}).chopped(1), "directory at its end", "damaged");

    rowOf("tensor beyond its storage",
          checkpoint({text("a"), tensor(storage("FloatStorage", "0", 6), 1, {2, 3}, {3, 1})}),
          "lies outside its storage");
    rowOf("storage beyond its record", checkpoint({text("a"), tensor(storage("FloatStorage", "0", 7), 0, {7}, {1})}),
          "longer than its record");
    rowOf("storage of 2^60", checkpoint({text("a"), tensor(storage("FloatStorage", "0", 1LL << 60), 0, {1}, {1})}),
          "has no storage");
    rowOf("shape of 2^60", checkpoint({text("a"), tensor(storage("FloatStorage", "0", 6), 0, {1LL << 60}, {1})}),
          "cannot be");
    rowOf("shape overflows",
          checkpoint({text("a"), tensor(storage("FloatStorage", "0", 6), 0, {1LL << 40, 1LL << 40}, {0, 0})}),
          "cannot be");
    rowOf("empty overflows",
          checkpoint({text("a"), tensor(storage("FloatStorage", "0", 6), 0, {0, 1LL << 47, 1LL << 47}, {0, 0, 0})}),
          "cannot be");
    rowOf("strides overflow",
          checkpoint(
              {text("a"), tensor(storage("FloatStorage", "0", 6), 0, {1LL << 24, 1LL << 24}, {1LL << 47, 1LL << 47})}),
          "outside its storage");
    rowOf("negative offset", checkpoint({text("a"), tensor(storage("FloatStorage", "0", 6), -1, {1}, {1})}),
          "cannot be");
    rowOf("negative stride", checkpoint({text("a"), tensor(storage("FloatStorage", "0", 6), 5, {6}, {-1})}),
          "cannot be");
    rowOf("spread to 2^40", checkpoint({text("a"), tensor(storage("FloatStorage", "0", 6), 0, {1LL << 40}, {0})}),
          "claim more than the file");
    rowOf("no shape",
          checkpoint({text("a"),
                      call(global("torch._utils", "_rebuild_tensor_v2"), tuple({storage("FloatStorage", "0", 6)}))}),
          "incompletely");
    rowOf("storage is no storage", checkpoint({text("a"), tensor(integer(4), 0, {1}, {1})}), "no storage");
    rowOf("quantised", checkpoint({text("a"), call(global("torch._utils", "_rebuild_qtensor"), ")")}), "quantised",
          "dequantize");
    rowOf("sparse", checkpoint({text("a"), call(global("torch._utils", "_rebuild_sparse_tensor"), ")")}), "sparse",
          "to_dense");
    rowOf("complex", checkpoint({text("a"), tensor(storage("ComplexFloatStorage", "0", 3), 0, {3}, {1})}),
          "ComplexFloatStorage", kPython);
    rowOf("whole module", pickle(call(global("my.model", "Net"), ")")), "my.model.Net", "state_dict()");
    rowOf("module in a dict", pickle(dict({text("model"), call(global("my.model", "Net"), ")")})), "my.model.Net",
          "d['model'].state_dict()");
    rowOf("a list", pickle("]"), "Python list", "Choose");
    rowOf("no tensors", checkpoint({text("a"), integer(1)}), "no tensors", "Choose");
    rowOf("deep arguments",
          checkpoint({text("a"), kTensor}, {text("x"), QByteArray("]").repeated(99) + QByteArray("a").repeated(98)}),
          "nested deeper");
    rowOf("later protocol", pickle("}", 6), "later protocol");
    rowOf("truncated pickle", checkpoint({text("a"), kTensor}).chopped(1), "ends too early");
    rowOf("empty pickle", {}, "ends too early");
    rowOf("stack underflow", pickle("0"), "from its stack");
    rowOf("no mark", pickle("t"), "never opened");
    rowOf("unknown opcode", pickle("\xfe"), "opcode 254");
    rowOf("extension", pickle("\x82\1"), "opcode 130");
    rowOf("memo", pickle("h\7"), "does not hold");
    rowOf("memo of 2^32", pickle("]r\xff\xff\xff\xff"), "remembers more");
    rowOf("text of 2^60", pickle(QByteArray("\x8d\0\0\0\0\0\0\0\x10", 9)), "ends too early");
    rowOf("long of 2^31", pickle("\x8b\xff\xff\xff\x7f"), "ends too early");
    rowOf("key without value", pickle("}(K\1u"), "without a value");
    rowOf("items of a number", pickle("K\1K\2a"), "holds none");
    rowOf("attributes of a list", pickle("]}b"), "has none");
    rowOf("too large", pickle(QByteArray(17 << 20, 'N')), "16 MiB", "alone");
    rowOf("too many values", pickle(QByteArray(3'000'000, ']')), "more than 2000000 values");
  }
  void refused() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, said);
    QFETCH(QString, hint);
    const std::string path = write(bytes);
    QVERIFY(isTorchFile(**MappedFile::open(path)));
    const auto opened = openModelFile(path);
    QVERIFY(!opened);
    const Error& error = opened.error();
    QVERIFY2(QString::fromStdString(error.what).contains(said), error.what.c_str());
    QVERIFY2(QString::fromStdString(error.hint).contains(hint), error.hint.c_str());
    QVERIFY2(error.what.find(path) != std::string::npos && error.what.find('\n') == std::string::npos,
             error.what.c_str());
  }

  /// A name of a file that could end the line of Python stands for itself in it.
  void hintsQuoteNoStrangeNames() {
    const std::string path = m_folder.filePath("a'); import os; os.system('x.pt").toStdString();
    QVERIFY(QFile::copy(QString::fromStdString(write("\x80\x02.")), QString::fromStdString(path)));
    const auto content = readTorchArchive(path);
    QVERIFY(!content);
    QVERIFY2(content.error().hint.find("os.system") == std::string::npos, content.error().hint.c_str());
  }

  /// Whatever a pickle would have Python call stays data.
  void nothingIsEverRun_data() {
    QTest::addColumn<QByteArray>("attack");
    QTest::addColumn<bool>("onTop");
    const QByteArray marker = m_folder.filePath("marker").toUtf8();
    const auto attack = [](const char* module, const char* name, const QByteArray& argument) {
      return call(global(module, name), tuple({text(argument)}));
    };
    const QByteArray touch = "touch " + marker, open = "open('" + marker + "', 'w')";
    for (const bool onTop : {true, false}) {
      const QByteArray where = onTop ? " on top" : " inside";
      QTest::newRow("os.system" + where) << attack("os", "system", touch) << onTop;
      QTest::newRow("posix.system" + where) << attack("posix", "system", touch) << onTop;
      QTest::newRow("builtins.eval" + where) << attack("builtins", "eval", open) << onTop;
      QTest::newRow("__builtin__.exec" + where) << attack("__builtin__", "exec", open) << onTop;
      QTest::newRow("runpy" + where) << attack("runpy", "_run_code", open) << onTop;
      QTest::newRow("new object" + where) << global("subprocess", "Popen") + tuple({text(touch)}) + "\x81" << onTop;
      QTest::newRow("state" + where) << call(global("code", "InteractiveInterpreter"), ")") +
                                            dict({text("__setstate__"), attack("os", "system", touch)}) + "b"
                                     << onTop;
    }
  }
  void nothingIsEverRun() {
    QFETCH(QByteArray, attack);
    QFETCH(bool, onTop);
    const QByteArray pickled = onTop ? pickle(attack)
                                     : checkpoint({text("a"), kTensor, text("evil"), attack},
                                                  {text("evil"), attack, text("seed"), integer(1)});
    const auto content = read(pickled, {kFloats});
    QCOMPARE(content.has_value(), !onTop);
    if (content) {
      QCOMPARE(content->tensors.size(), std::size_t(1));
      const auto shown = json::parse(content->metadata.at("args")).at("evil").get<std::string>();
      QVERIFY2(shown.starts_with('<') && shown.ends_with('>'), shown.c_str());
    } else {
      QVERIFY(content.error().what.find("nothing of it was run") != std::string::npos);
    }
    QVERIFY(!QFile::exists(m_folder.filePath("marker")));
  }

  /// Cycles, depth and laughs where nobody looks cost nothing; in the arguments they are an error.
  void referencesAreBounded_data() {
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("depth 100,000") << QByteArray("]").repeated(100'000) + QByteArray("a").repeated(99'999);
    QTest::newRow("tuples 100,000") << ")" + QByteArray("\x85").repeated(100'000);
    QTest::newRow("list in itself") << QByteArray(
        "]q\xc8h\xc8"
        "a");
    QTest::newRow("dict in itself") << QByteArray("}q\xc8K\1h\xc8s");
    QTest::newRow("namespace in itself") << global("argparse", "Namespace") + ")\x81q\xc8}X\1" + QByteArray(3, '\0') +
                                                "kh\xc8sb";
    QByteArray laughs = text("lol") + "q\1";
    for (int level = 0; level < 40; ++level) {
      const QByteArray again = "h" + QByteArray(1, char(1 + level));
      laughs += "](" + again.repeated(10) + "eq" + QByteArray(1, char(2 + level));
    }
    // The lists stay on the stack below the last: gathered in a tuple.
    QTest::newRow("a billion laughs") << "(" + laughs + "t";
    QTest::newRow("long text, often") << "](" + text(QByteArray(100'000, 'x')) + "q\1" +
                                             QByteArray("h\1").repeated(1000) + "e";
  }
  void referencesAreBounded() {
    QFETCH(QByteArray, value);
    const qint64 before = residentBytes();
    const auto ignored =
        read(pickle(dict({text("network"), dict({text("a"), kTensor}), text("logits"), value})), {kFloats});
    QVERIFY2(ignored.has_value(), ignored ? "" : ignored.error().line().c_str());
    const auto inNetwork = read(checkpoint({text("a"), kTensor, text("b"), value}), {kFloats});
    QVERIFY2(inNetwork.has_value(), inNetwork ? "" : inNetwork.error().line().c_str());
    const auto inArguments =
        read(checkpoint({text("a"), kTensor}, {text("x"), value, text("seed"), integer(1)}), {kFloats});
    QVERIFY(!inArguments);
    QVERIFY2(inArguments.error().what.find("training arguments") != std::string::npos,
             inArguments.error().what.c_str());
    QVERIFY(residentBytes() - before < (200LL << 20));
  }

  /// A header of a .safetensors file may begin with any byte.
  void safeTensorsAreNotMistaken() {
    for (const int size : {0x0280, 0x0380}) {
      QByteArray header = R"({"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}})";
      header = header.leftJustified(size, ' ');
      const std::string path = write(raw<quint64>({quint64(size)}) + header + QByteArray(16, '\0'));
      QVERIFY(!isTorchFile(**MappedFile::open(path)));
      QVERIFY(readSafeTensors(path).has_value());
    }
  }

  void truncationAnywhereIsAnError() {
    const QByteArray bytes = zipFile(archive(checkpoint({text("a"), kTensor}), {kFloats}));
    for (qsizetype size = 5; size < bytes.size(); ++size) {
      const auto content = read(bytes.left(size));
      QVERIFY(!content);
    }
    const QByteArray real = bytesOf(parityFile("joint-softmax.pth.tar"));
    for (qsizetype size = 100; size < real.size(); size += 40'009) QVERIFY(!read(real.left(size)));
  }

  /// Any byte may be hostile: content or an error, no crash. What opens can be read to its last element.
  void changedBytesNeverCrash_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("rounds");
    const QByteArray small = zipFile(
        archive(checkpoint(
                    {text("a"), kTensor, text("b"), tensor(storage("HalfStorage", "0", 12), 1, {3, 2}, {1, 3})},
                    {text("x"), list({integer(1), number(2)}), text("f"), numpyScalar("f8", "<", latin1("12345678"))}),
                {kFloats}),
        true);
    QTest::newRow("small") << small << 4000;
    QTest::newRow("reference") << bytesOf(parityFile("permod-laplace.pth.tar")) << 60;
  }
  void changedBytesNeverCrash() {
    QFETCH(QByteArray, bytes);
    QFETCH(int, rounds);
    // The CRC would catch nearly all: it is made right again after the pickle was changed.
    const qsizetype begin = bytes.indexOf("\x80\x02"), end = bytes.indexOf("PK", begin);
    std::mt19937 random(7);
    int opened = 0;
    for (int round = 0; round < rounds; ++round) {
      QByteArray changed = bytes;
      for (unsigned k = 0; k < 1 + random() % 3; ++k) {
        const bool inPickle = random() % 4 != 0;
        const auto place = inPickle ? begin + qsizetype(random()) % (end - begin) : qsizetype(random()) % bytes.size();
        changed[place] = char(random());
      }
      const auto content = read(withCrcOfPickle(changed, begin));
      if (!content) continue;
      ++opened;
      for (const auto& [name, tensor] : content->tensors)
        if (tensor.numel() > 0) (void)tensor.to(at::kDouble).sum().item<double>();
    }
    QVERIFY2(opened > rounds / 50 && opened < rounds, qPrintable(QString::number(opened)));
  }

 private:
  /// The first record of the directory is the pickle in these files.
  static QByteArray withCrcOfPickle(QByteArray bytes, qsizetype begin) {
    const qsizetype central = bytes.indexOf("PK\x01\x02");
    if (central < 0) return bytes;
    constexpr qsizetype kLocalSize = 18;
    quint32 size = 0;
    const qsizetype local = bytes.indexOf(QByteArray("PK\x03\x04"));
    if (local < 0) return bytes;
    std::memcpy(&size, bytes.constData() + local + kLocalSize, sizeof size);
    if (size == 0 || qsizetype(size) > bytes.size() - begin)
      std::memcpy(&size, bytes.constData() + central + 20, sizeof size);
    if (qsizetype(size) > bytes.size() - begin) return bytes;
    quint32 crc = ~0U;
    for (qsizetype i = begin; i < begin + qsizetype(size); ++i) {
      crc ^= static_cast<quint8>(bytes[i]);
      for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ (crc & 1U ? 0xedb88320U : 0U);
    }
    crc = ~crc;
    return bytes.replace(central + 16, 4, raw<quint32>({crc}));
  }
};

QTEST_APPLESS_MAIN(TestTorchArchive)
#include "tst_torch_archive.moc"
