#include <QTemporaryDir>
#include <QtTest>

#include "cohort/import/csv_reader.h"
#include "cohort_fixture.h"

using namespace fusemoe;
using namespace fusemoe::test;

namespace {

/// Columns a and b of a whole file, "a|b" a row; on an error its `what` alone.
QStringList rowsOf(const std::string& path, const CsvLimits& limits = {}) {
  auto csv = CsvReader::open(path, {"a", "b"}, limits);
  if (!csv) return {QString::fromStdString("error: " + csv.error().what)};
  QStringList rows;
  while (true) {
    const Result<bool> more = csv->next();
    if (!more) return {QString::fromStdString("error: " + more.error().what)};
    if (!*more) return rows;
    rows << QString::fromStdString(std::string(csv->text(0)) + "|" + std::string(csv->text(1)));
  }
}

}  // namespace

class TestCsvReader : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void wellFormed_data();
  void wellFormed();
  void malformed_data();
  void malformed();
  void numbers_data();
  void numbers();
  void lines();
  void gzipEqualsPlain();
  void damagedGzip_data();
  void damagedGzip();
  void rowsAcrossBlocks();
  void limits();
  void missingFile();

 private:
  std::string file(const QByteArray& content) {
    const std::string path = m_directory.filePath("file.csv").toStdString();
    writeBytes(path, content.toStdString());
    return path;
  }
  QTemporaryDir m_directory;
};

void TestCsvReader::wellFormed_data() {
  QTest::addColumn<QByteArray>("content");
  QTest::addColumn<QStringList>("rows");
  QTest::newRow("plain") << QByteArray("a,b\n1,2\n3,4\n") << QStringList{"1|2", "3|4"};
  QTest::newRow("no newline at the end") << QByteArray("a,b\n1,2") << QStringList{"1|2"};
  QTest::newRow("CRLF") << QByteArray("a,b\r\n1,2\r\n") << QStringList{"1|2"};
  QTest::newRow("other columns and order") << QByteArray("x,b,a\n0,2,1\n") << QStringList{"1|2"};
  QTest::newRow("quoted header") << QByteArray("\"a\",\"b\"\n1,2\n") << QStringList{"1|2"};
  QTest::newRow("comma in quotes") << QByteArray("a,b\n\"1,5\",2\n") << QStringList{"1,5|2"};
  QTest::newRow("doubled quote") << QByteArray("a,b\n\"say \"\"hi\"\"\",2\n") << QStringList{"say \"hi\"|2"};
  QTest::newRow("newline in quotes") << QByteArray("a,b\n\"1\n5\",2\n") << QStringList{"1\n5|2"};
  QTest::newRow("empty fields") << QByteArray("a,b\n,\n\"\",2\n") << QStringList{"|", "|2"};
  QTest::newRow("spaces stay") << QByteArray("a,b\n 1 ,2 \n") << QStringList{" 1 |2 "};
  QTest::newRow("empty lines") << QByteArray("a,b\n\n1,2\n\n\n3,4\n\n") << QStringList{"1|2", "3|4"};
  QTest::newRow("byte order mark") << QByteArray(
                                          "\xEF\xBB\xBF"
                                          "a,b\n1,2\n")
                                   << QStringList{"1|2"};
  QTest::newRow("UTF-8") << QByteArray("a,b\nkg/m²,😀\n") << QStringList{"kg/m²|😀"};
  QTest::newRow("header only") << QByteArray("a,b\n") << QStringList{};
}

void TestCsvReader::wellFormed() {
  QFETCH(QByteArray, content);
  QFETCH(QStringList, rows);
  QCOMPARE(rowsOf(file(content)), rows);
}

void TestCsvReader::malformed_data() {
  QTest::addColumn<QByteArray>("content");
  QTest::addColumn<QString>("error");
  QTest::newRow("empty file") << QByteArray() << "is empty";
  QTest::newRow("empty lines only") << QByteArray("\n\n\n") << "is empty";
  QTest::newRow("missing column") << QByteArray("a,c\n1,2\n") << "line 1: the column \"b\" is missing";
  QTest::newRow("column twice") << QByteArray("a,b,b\n1,2,3\n") << "line 1: the column \"b\" is there twice";
  QTest::newRow("case differs") << QByteArray("A,b\n1,2\n") << "line 1: the column \"a\" is missing";
  QTest::newRow("too few fields") << QByteArray("a,b\n1,2\n3\n")
                                  << "line 3: the row has 1 fields where the header has 2";
  QTest::newRow("too many fields") << QByteArray("a,b\n1,2,3\n")
                                   << "line 2: the row has 3 fields where the header has 2";
  QTest::newRow("quote never closed") << QByteArray("a,b\n1,\"2\n3,4\n") << "line 2: a quote is out of place";
  QTest::newRow("quote inside a field") << QByteArray("a,b\n1,2\n1\"2,3\n") << "line 3: a quote is out of place";
  QTest::newRow("text after a quote") << QByteArray("a,b\n\"1\"x,2\n") << "line 2: a quote is out of place";
  QTest::newRow("Latin-1") << QByteArray("a,b\nM\xFCller,2\n") << "line 2: the text is not UTF-8";
  QTest::newRow("overlong UTF-8") << QByteArray("a,b\n\xC0\xAF,2\n") << "line 2: the text is not UTF-8";
  QTest::newRow("cut off UTF-8") << QByteArray("a,b\n\xE2\x82,2\n") << "line 2: the text is not UTF-8";
  QTest::newRow("surrogate") << QByteArray("a,b\n\xED\xA0\x80,2\n") << "line 2: the text is not UTF-8";
  QTest::newRow("UTF-16") << QByteArray(
                                 "\xFF\xFE"
                                 "a\0,\0b\0\n\0",
                                 10)
                          << "line 1: the text is not UTF-8";
  QTest::newRow("NUL") << QByteArray("a,b\n1\0,2\n", 9) << "line 2: the text is not UTF-8";
}

void TestCsvReader::malformed() {
  QFETCH(QByteArray, content);
  QFETCH(QString, error);
  const std::string path = file(content);
  const QStringList rows = rowsOf(path);
  QCOMPARE(rows.size(), 1);
  QVERIFY2(rows[0].startsWith(QString::fromStdString("error: " + path)), qPrintable(rows[0]));
  QVERIFY2(rows[0].contains(error), qPrintable(rows[0]));
}

void TestCsvReader::numbers_data() {
  QTest::addColumn<QByteArray>("field");
  QTest::addColumn<bool>("valid");
  QTest::addColumn<QVariant>("value");
  QTest::newRow("integer") << QByteArray("42") << true << QVariant(42.0);
  QTest::newRow("negative") << QByteArray("-0.5") << true << QVariant(-0.5);
  QTest::newRow("exponent") << QByteArray("1e3") << true << QVariant(1000.0);
  QTest::newRow("empty") << QByteArray("") << true << QVariant();
  QTest::newRow("NA") << QByteArray("NA") << true << QVariant();
  QTest::newRow("text") << QByteArray("high") << false << QVariant();
  QTest::newRow("trailing text") << QByteArray("12mg") << false << QVariant();
  QTest::newRow("leading space") << QByteArray(" 12") << false << QVariant();
  QTest::newRow("decimal comma") << QByteArray("\"1,5\"") << false << QVariant();
  QTest::newRow("NaN") << QByteArray("NaN") << false << QVariant();
  QTest::newRow("infinite") << QByteArray("inf") << false << QVariant();
  QTest::newRow("too large") << QByteArray("1e999") << false << QVariant();
}

void TestCsvReader::numbers() {
  QFETCH(QByteArray, field);
  QFETCH(bool, valid);
  QFETCH(QVariant, value);
  auto csv = CsvReader::open(file("a,b\n1," + field + "\n"), {"a", "b"});
  QVERIFY(csv && csv->next().value());
  const auto number = csv->number(1);
  QCOMPARE(number.has_value(), valid);
  if (!valid)
    QVERIFY2(number.error().what.find("line 2: in the column b, ") != std::string::npos, number.error().what.c_str());
  if (valid) QCOMPARE(*number ? QVariant(**number) : QVariant(), value);
  QCOMPARE(csv->integer(1).has_value(), field == "42");
}

void TestCsvReader::lines() {
  auto csv = CsvReader::open(file("a,b\r\n\r\n1,\"x\r\ny\"\r\n2,2\r3,3\n\n4,4"), {"a", "b"});
  QVERIFY(csv);
  std::vector<std::int64_t> lines;
  while (csv->next().value()) lines.push_back(csv->line());
  QCOMPARE(lines, (std::vector<std::int64_t>{3, 5, 6, 8}));
}

void TestCsvReader::gzipEqualsPlain() {
  const std::string path = m_directory.filePath("file.csv.gz").toStdString();
  writeGzip(path, "a,b\n1,2\n\"x,y\",4\n");
  QCOMPARE(rowsOf(path), (QStringList{"1|2", "x,y|4"}));
}

void TestCsvReader::damagedGzip_data() {
  QTest::addColumn<int>("keep");  // bytes kept of the stream, counted from the end when negative
  QTest::addColumn<int>("flip");  // byte whose bits are turned, -1 = none
  QTest::newRow("checksum cut off") << -4 << -1;
  QTest::newRow("cut in the middle") << -2000 << -1;
  QTest::newRow("only the start") << 40 << -1;
  QTest::newRow("checksum wrong") << 0 << -6;
  QTest::newRow("data wrong") << 0 << 300;
}

void TestCsvReader::damagedGzip() {
  QFETCH(int, keep);
  QFETCH(int, flip);
  std::string content = "a,b\n";
  for (int i = 0; i < 20000; ++i)
    content += std::to_string(i * 7919 % 10007) + "," + std::to_string(i * 104729 % 9973) + "\n";
  const std::string path = m_directory.filePath("damaged.csv.gz").toStdString();
  writeGzip(path, content);
  std::string bytes = readBytes(path);
  if (keep != 0)
    bytes.resize(keep > 0 ? static_cast<std::size_t>(keep) : bytes.size() - static_cast<std::size_t>(-keep));
  if (flip != -1) {
    char& byte = bytes[flip > 0 ? static_cast<std::size_t>(flip) : bytes.size() - static_cast<std::size_t>(-flip)];
    byte = static_cast<char>(~byte);
  }
  writeBytes(path, bytes);
  const QStringList rows = rowsOf(path);
  QCOMPARE(rows.size(), 1);
  QVERIFY2(rows[0].startsWith("error: "), qPrintable(rows[0]));
}

void TestCsvReader::rowsAcrossBlocks() {
  std::string content = "a,b\n";
  const int count = 50000;
  for (int i = 0; i < count; ++i) content += std::to_string(i) + ",\"v" + std::to_string(i) + "\"\r\n";
  const std::string path = file(QByteArray::fromStdString(content));
  auto csv = CsvReader::open(path, {"b", "a"});
  QVERIFY(csv);
  int row = 0;
  for (; csv->next().value(); ++row) {
    const QByteArray expected = "v" + QByteArray::number(row);
    if (csv->integer(1).value() != row || csv->text(0) != expected.toStdString() || csv->line() != row + 2)
      QFAIL(qPrintable(QString("row %1 differs").arg(row)));
  }
  QCOMPARE(row, count);
  QCOMPARE(csv->fraction(), 1.0);
}

void TestCsvReader::limits() {
  QVERIFY(rowsOf(file("a,b\n12345,2\n"), {4, 100, 10})[0].contains("line 2: a field is longer than 4 bytes"));
  QVERIFY(rowsOf(file("a,b\n123,456\n"), {4, 5, 10})[0].contains("line 2: the row is longer than 5 bytes"));
  QVERIFY(rowsOf(file("a,b\n1,2,3\n"), {4, 100, 2})[0].contains("line 2: the row has more than 2 fields"));
  QCOMPARE(rowsOf(file("a,b\n1234,2\n"), {4, 5, 2}), QStringList{"1234|2"});
  // A quote that is never closed must not swallow a large file: it ends at the first block beyond the limit.
  QVERIFY(rowsOf(file("a,b\n\"" + QByteArray(1 << 20, 'x')), {1000, 2000, 10})[0].contains("never closed"));
}

void TestCsvReader::missingFile() {
  const auto csv = CsvReader::open("/nowhere/file.csv", {"a"});
  QVERIFY(!csv);
  QCOMPARE(QString::fromStdString(csv.error().line()), "There is no file /nowhere/file.csv. Check the folder.");
  QVERIFY(!CsvReader::open(m_directory.path().toStdString(), {"a"}));
}

QTEST_APPLESS_MAIN(TestCsvReader)
#include "tst_csv_reader.moc"
