#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <cstring>

#include "archive_fixture.h"
#include "cohort/import/vector_file.h"
#include "cohort_fixture.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

/// The bytes of numbers as they lie in memory.
template <class Number>
std::string raw(const std::vector<Number>& numbers) {
  std::string bytes(numbers.size() * sizeof(Number), '\0');
  std::memcpy(bytes.data(), numbers.data(), bytes.size());
  return bytes;
}

/// A .npy file with this dictionary in front of the data, padded as NumPy does.
std::string npy(std::string dictionary, const std::string& data, char version = 1) {
  const std::size_t start = version == 1 ? 10 : 12;
  while ((start + dictionary.size() + 1) % 64 != 0) dictionary += ' ';
  dictionary += '\n';
  std::string bytes = std::string("\x93NUMPY") + version + '\0';
  for (std::size_t i = 8; i < start; ++i) bytes += static_cast<char>(dictionary.size() >> 8 * (i - 8) & 0xff);
  return bytes + dictionary + data;
}

std::string header(const std::string& type, const std::string& shape) {
  return "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
}

std::string safetensors(const std::string& json, const std::string& data) {
  return raw<std::uint64_t>({json.size()}) + json + data;
}

}  // namespace

class TestVectorFile : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void types_data();
  void types();
  void npyOf2dInAnyOrder();
  void npz();
  void safetensorsArrays();
  void integers();
  void unusable_data();
  void unusable();
  void damagedNpz();
  void missing();

 private:
  std::string file(const std::string& name, const std::string& bytes) {
    const std::string path = m_directory.filePath(QString::fromStdString(name)).toStdString();
    writeBytes(path, bytes);
    return path;
  }
  Result<VectorFile> open(const std::string& path) {
    return VectorFile::open(path, m_directory.filePath("out.sqlite").toStdString(), {});
  }
  QTemporaryDir m_directory;
};

void TestVectorFile::types_data() {
  QTest::addColumn<QByteArray>("type");
  QTest::addColumn<QByteArray>("data");
  // 1.5, -2, 0.25 in each type; integers 1, -2, 3.
  const auto add = [](const char* type, const std::string& data) {
    QTest::newRow(type) << QByteArray(type) << QByteArray::fromStdString(data);
  };
  add("<f4", raw<float>({1.5F, -2, 0.25F}));
  add("<f8", raw<double>({1.5, -2, 0.25}));
  add("<f2", raw<std::uint16_t>({0x3e00, 0xc000, 0x3400}));
}

void TestVectorFile::types() {
  QFETCH(QByteArray, type);
  QFETCH(QByteArray, data);
  auto opened = open(file("x.npy", npy(header(type.toStdString(), "(1, 3)"), data.toStdString())));
  QVERIFY2(opened, opened ? "" : opened.error().line().c_str());
  QCOMPARE(opened->arrays().size(), 1U);
  QVERIFY(!opened->arrays()[0].isInteger);
  std::vector<float> row;
  QVERIFY(opened->readRow(0, 0, row));
  QCOMPARE(row, (std::vector<float>{1.5F, -2, 0.25F}));
}

void TestVectorFile::npyOf2dInAnyOrder() {
  std::vector<float> numbers;
  for (int i = 0; i < 5000 * 7; ++i) numbers.push_back(static_cast<float>(i));
  for (const char version : {1, 2, 3}) {
    auto opened = open(file("x.npy", npy(header("<f4", "(5000, 7)"), raw(numbers), version)));
    QVERIFY2(opened, opened ? "" : opened.error().line().c_str());
    QCOMPARE(opened->arrays()[0].rows, 5000);
    QCOMPARE(opened->arrays()[0].width, 7);
    std::vector<float> row;
    for (const int wanted : {4999, 0, 2500}) {
      QVERIFY(opened->readRow(0, wanted, row));
      QCOMPARE(row, std::vector<float>(numbers.begin() + wanted * 7, numbers.begin() + wanted * 7 + 7));
    }
  }
  // Half-precision corners: smallest subnormal, largest, infinite.
  auto halves = open(file("h.npy", npy(header("<f2", "(3,)"), raw<std::uint16_t>({0x0001, 0x7bff, 0xfc00}))));
  QVERIFY(halves);
  QCOMPARE(halves->arrays()[0].width, 1);
  std::vector<float> value;
  const float expected[] = {std::ldexp(1.0F, -24), 65504, -INFINITY};
  for (int i = 0; i < 3; ++i) {
    QVERIFY(halves->readRow(0, i, value));
    QCOMPARE(value[0], expected[i]);
  }
}

void TestVectorFile::npz() {
  std::vector<float> large(200'000);
  for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<float>(i % 977);
  const std::vector<Member> members = {{"stay_id.npy", npy(header("<i8", "(2,)"), raw<std::int64_t>({7, 9}))},
                                       {"vectors.npy", npy(header("<f4", "(2, 100000)"), raw(large))},
                                       {"readme.txt", "no array"}};
  for (const char* name : {"a.npz", "b.stored.zip"}) {
    std::string path = m_directory.filePath(name).toStdString();
    writeArchive(path, members);
    if (!path.ends_with(".npz")) {
      QVERIFY(QFile::rename(QString::fromStdString(path), QString::fromStdString(path + ".npz")));
      path += ".npz";
    }
    auto opened = open(path);
    QVERIFY2(opened, opened ? "" : opened.error().line().c_str());
    QCOMPARE(opened->arrays().size(), 2U);
    QCOMPARE(opened->readIntegers(opened->arrayNamed("stay_id").value()).value(), (std::vector<std::int64_t>{7, 9}));
    std::vector<float> row;
    QVERIFY(opened->readRow(opened->arrayNamed("vectors").value(), 1, row));
    QVERIFY(row == std::vector<float>(large.begin() + 100'000, large.end()));
    QVERIFY(!opened->arrayNamed("readme"));
  }
  // Unpacked beside the output, under no name.
  QCOMPARE(QDir(m_directory.path()).entryList({"out*"}), QStringList());
}

void TestVectorFile::safetensorsArrays() {
  const std::string json =
      R"({"__metadata__":{"made":"here"},"b":{"dtype":"BF16","shape":[1,2],"data_offsets":[16,20]},)"
      R"("a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"skip":{"dtype":"BOOL","shape":[1],"data_offsets":[20,21]}})";
  auto opened = open(
      file("x.safetensors", safetensors(json, raw<float>({1, 2, 3, 4}) + raw<std::uint16_t>({0x3f80, 0xc000}) + "\1")));
  QVERIFY2(opened, opened ? "" : opened.error().line().c_str());
  QCOMPARE(opened->arrays().size(), 2U);
  std::vector<float> row;
  QVERIFY(opened->readRow(opened->arrayNamed("a").value(), 1, row));
  QCOMPARE(row, (std::vector<float>{3, 4}));
  QVERIFY(opened->readRow(opened->arrayNamed("b").value(), 0, row));
  QCOMPARE(row, (std::vector<float>{1, -2}));
}

void TestVectorFile::integers() {
  auto small = open(file("i.npy", npy(header("<i4", "(3,)"), raw<std::int32_t>({1, -2, 3}))));
  QVERIFY(small && small->arrays()[0].isInteger);
  QCOMPARE(small->readIntegers(0).value(), (std::vector<std::int64_t>{1, -2, 3}));
  auto matrix = open(file("m.npy", npy(header("<i4", "(1, 3)"), raw<std::int32_t>({1, -2, 3}))));
  QVERIFY(matrix && !matrix->readIntegers(0));
  auto floats = open(file("f.npy", npy(header("<f4", "(1,)"), raw<float>({1}))));
  QVERIFY(floats && !floats->readIntegers(0));
}

void TestVectorFile::unusable_data() {
  QTest::addColumn<QString>("name");
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QString>("what");
  const std::string two = raw<float>({1, 2});
  const auto add = [](const char* row, const char* name, const std::string& bytes, const char* what) {
    QTest::newRow(row) << name << QByteArray::fromStdString(bytes) << what;
  };
  add("empty", "x.npy", "", "does not begin as a .npy");
  add("magic only", "x.npy", "\x93NUMPY", "does not begin as a .npy");
  add("text", "x.npy", "stay_id,hour,value\n1,2,3\n", "does not begin as a .npy");
  add("version 9", "x.npy", npy(header("<f4", "(2,)"), two, 9), "version 9");
  add("header cut off", "x.npy", npy(header("<f4", "(2,)"), two).substr(0, 40), "cut off");
  add("data cut off", "x.npy", npy(header("<f4", "(3,)"), two), "size is not what its header says");
  add("data too long", "x.npy", npy(header("<f4", "(1,)"), two), "size is not what its header says");
  add("objects", "x.npy", npy(header("|O", "(2,)"), two), "type |O");
  add("big endian", "x.npy", npy(header(">f4", "(2,)"), two), "type >f4");
  add("Fortran", "x.npy", npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }", two), "Fortran order");
  add("records", "x.npy", npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", two),
      "plain array");
  add("code", "x.npy", npy("{'descr': __import__('os'), 'fortran_order': False, 'shape': (2,), }", two), "plain array");
  add("no shape", "x.npy", npy("{'descr': '<f4', 'fortran_order': False, }", two), "plain array");
  add("open dictionary", "x.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,", two), "plain array");
  add("three dimensions", "x.npy", npy(header("<f4", "(1, 1, 2)"), two), "shape");
  add("no dimension", "x.npy", npy(header("<f4", "()"), two), "shape");
  add("negative", "x.npy", npy(header("<f4", "(-1, 2)"), two), "shape");
  add("overflow", "x.npy", npy(header("<f8", "(4611686018427387904, 4)"), two), "shape");
  add("huge number", "x.npy", npy(header("<f8", "(99999999999999999999999, 4)"), two), "plain array");
  add("width 0", "x.npy", npy(header("<f4", "(0, 0)"), ""), "shape");
  add("wide", "x.npy", npy(header("<f4", "(0, 1048577)"), ""), "shape");
  add("other name", "x.bin", two, "none of .npy, .npz, .safetensors");
  add("no archive", "x.npz", "PK no archive at all", "no archive");
  add("tensors: no length", "x.safetensors", "abc", "does not begin as a .safetensors");
  add("tensors: long header", "x.safetensors", raw<std::uint64_t>({1000}) + "{}", "does not begin as a .safetensors");
  add("tensors: huge header", "x.safetensors", raw<std::uint64_t>({~0ULL}) + "{}", "does not begin as a .safetensors");
  add("tensors: no JSON", "x.safetensors", safetensors("{\"a\":", ""), "no JSON object");
  add("tensors: deep", "x.safetensors", safetensors(std::string(100'000, '['), ""), "no JSON object");
  add("tensors: list", "x.safetensors", safetensors("[]", ""), "no JSON object");
  add("tensors: nothing", "x.safetensors", safetensors("{}", ""), "no array of numbers");
  add("tensors: incomplete", "x.safetensors", safetensors(R"({"a":{"dtype":"F32"}})", two), "'a' is incomplete");
  add("tensors: no object", "x.safetensors", safetensors(R"({"a":5})", two), "'a' is incomplete");
  add("tensors: fractions", "x.safetensors",
      safetensors(R"({"a":{"dtype":"F32","shape":[1e300],"data_offsets":[0,8]}})", two), "'a' is incomplete");
  add("tensors: outside", "x.safetensors",
      safetensors(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})", two), "outside the file");
  add("tensors: size", "x.safetensors", safetensors(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}})", two),
      "outside the file");
  add("tensors: backwards", "x.safetensors",
      safetensors(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,-9223372036854775808]}})", two),
      "outside the file");
}

void TestVectorFile::unusable() {
  QFETCH(QString, name);
  QFETCH(QByteArray, bytes);
  QFETCH(QString, what);
  const auto opened = open(file(name.toStdString(), bytes.toStdString()));
  QVERIFY(!opened);
  const QString said = QString::fromStdString(opened.error().what);
  QVERIFY2(said.contains(what) && said.contains(name), qPrintable(said));
}

void TestVectorFile::damagedNpz() {
  const std::string path = m_directory.filePath("x.npz").toStdString();
  const auto refused = [&](const std::vector<Member>& members) {
    writeArchive(path, members);
    const auto opened = open(path);
    return opened ? std::string() : opened.error().what;
  };
  const std::string data = raw(std::vector<float>(40'000, 2));
  // A member that goes on behind what its header says, and one that ends before: the first is how a bomb looks.
  QVERIFY(refused({{"a.npy", npy(header("<f4", "(2,)"), data)}}).find("not as long as") != std::string::npos);
  QVERIFY(refused({{"a.npy", npy(header("<f4", "(40001,)"), data)}}).find("not as long as") != std::string::npos);
  QVERIFY(refused({{"a.npy", npy(header("|O", "(2,)"), data)}}).find("in its array 'a', its type |O") !=
          std::string::npos);
  QVERIFY(refused({{"a.txt", "text"}}).find("no array of numbers") != std::string::npos);
  std::vector<float> noise(40'000);
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = std::sin(static_cast<float>(i * i));
  writeArchive(path, {{"a.npy", npy(header("<f4", "(40000,)"), raw(noise))}});
  writeBytes(path, readBytes(path).substr(0, 50'000));
  const auto cut = open(path);
  QVERIFY(!cut);
  QVERIFY2(cut.error().what.find("damaged or cut off") != std::string::npos, cut.error().what.c_str());
  std::stop_source stop;
  stop.request_stop();
  writeArchive(path, {{"a.npy", npy(header("<f4", "(40000,)"), data)}});
  QCOMPARE(VectorFile::open(path, path, stop.get_token()).error().what, std::string("The import was stopped."));
}

void TestVectorFile::missing() {
  QCOMPARE(open("/nowhere/x.npy").error().what, std::string("There is no file /nowhere/x.npy."));
}

QTEST_APPLESS_MAIN(TestVectorFile)
#include "tst_vector_file.moc"
