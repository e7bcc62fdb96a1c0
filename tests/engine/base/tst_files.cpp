#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "base/atomic_file.h"
#include "base/sha256.h"

using namespace fusemoe;

class TestFiles : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::string path(const char* name) const { return m_folder.filePath(name).toStdString(); }
  static QByteArray content(const std::string& file) {
    QFile opened(QString::fromStdString(file));
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray("(cannot open)");
  }
  static Result<void> write(const std::string& file, const std::string& text) {
    return writeFileAtomically(file, [&](std::ostream& out) -> Result<void> {
      out << text;
      return {};
    });
  }

 private Q_SLOTS:
  void sha256KnownValues_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("digest");
    QTest::newRow("empty") << QByteArray()
                           << QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    QTest::newRow("abc") << QByteArray("abc")
                         << QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }
  void sha256KnownValues() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, digest);
    QCOMPARE(QByteArray::fromStdString(sha256({text.data(), std::size_t(text.size())})), digest);
    QVERIFY(write(path("digest"), text.toStdString()));
    QCOMPARE(QByteArray::fromStdString(*sha256File(path("digest"))), digest);
  }
  void sha256OfNoFileIsAnError() {
    QVERIFY(sha256File(path("nowhere")).error().what.find("nowhere") != std::string::npos);
  }

  void writesWhole() {
    QVERIFY(write(path("whole"), "first"));
    QVERIFY(write(path("whole"), "second"));
    QCOMPARE(content(path("whole")), QByteArray("second"));
  }
  void failureKeepsTheOldFile() {
    QVERIFY(write(path("kept"), "old"));
    const auto failed = writeFileAtomically(path("kept"), [](std::ostream& out) -> Result<void> {
      out << "half";
      return failure("interrupted");
    });
    QVERIFY(!failed);
    QCOMPARE(failed.error().what, std::string("interrupted"));
    QCOMPARE(content(path("kept")), QByteArray("old"));
    QCOMPARE(QDir(m_folder.path()).entryList({"kept*"}, QDir::Files), QStringList{"kept"});
  }
  void missingFolderIsAClearError() {
    const auto failed = write(path("no/such/folder/file"), "x");
    QVERIFY(!failed);
    QVERIFY(failed.error().what.find("Cannot write") == 0);
    QVERIFY(!failed.error().hint.empty());
  }
};

QTEST_APPLESS_MAIN(TestFiles)
#include "tst_files.moc"
