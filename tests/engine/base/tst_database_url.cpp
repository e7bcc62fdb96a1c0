#include <QtTest>

#include "base/database_url.h"

using namespace fusemoe;

class TestDatabaseUrl : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void pathsAreNoUrls_data();
  void pathsAreNoUrls();
  void takesApart_data();
  void takesApart();
  void refuses_data();
  void refuses();
  void putsPasswordIn_data();
  void putsPasswordIn();
};

void TestDatabaseUrl::pathsAreNoUrls_data() {
  QTest::addColumn<QString>("path");
  for (const char* path :
       {"", "cohort.sqlite", "postgresql:", "postgresql:/x", "/postgresql://x", "postgres", "http://x"})
    QTest::newRow(*path ? path : "empty") << path;
}

void TestDatabaseUrl::pathsAreNoUrls() {
  QFETCH(QString, path);
  QVERIFY(!isDatabaseUrl(path.toStdString()));
  QCOMPARE(withoutPassword(path.toStdString()), path.toStdString());
  QVERIFY(!parseDatabaseUrl(path.toStdString()));
}

void TestDatabaseUrl::takesApart_data() {
  QTest::addColumn<QString>("url");
  QTest::addColumn<QString>("connection");
  QTest::addColumn<QString>("shown");
  QTest::addColumn<QString>("cohort");
  QTest::addColumn<bool>("password");
  const auto row = [](const char* url, const char* connection, const char* shown, const char* cohort, bool password) {
    QTest::newRow(url) << url << connection << shown << cohort << password;
  };
  row("postgresql://", "postgresql://", "postgresql://", "fusemoe", false);
  row("postgres://host/db", "postgres://host/db", "postgres://host/db", "fusemoe", false);
  row("PostgreSQL://u:secret@host", "postgresql://u:secret@host", "postgresql://u@host", "fusemoe", true);
  row("postgresql://u:secret@host:5432/db?cohort=icu", "postgresql://u:secret@host:5432/db",
      "postgresql://u@host:5432/db?cohort=icu", "icu", true);
  row("postgresql://:secret@host/db", "postgresql://:secret@host/db", "postgresql://host/db", "fusemoe", true);
  row("postgresql://u:@host", "postgresql://u@host", "postgresql://u@host", "fusemoe", false);
  row("postgresql://u:a:b?c@host/db", "postgresql://u:a:b?c@host/db", "postgresql://u@host/db", "fusemoe", true);
  row("postgresql://u@host/db?password=secret&cohort=a%20b&sslmode=require",
      "postgresql://u@host/db?password=secret&sslmode=require", "postgresql://u@host/db?cohort=a%20b&sslmode=require",
      "a b", true);
  row("postgresql:///db?pass%77ord=secret&sslpassword=s2", "postgresql:///db?pass%77ord=secret&sslpassword=s2",
      "postgresql:///db", "fusemoe", true);
  row("postgresql://[::1]:5433,other:1/db", "postgresql://[::1]:5433,other:1/db", "postgresql://[::1]:5433,other:1/db",
      "fusemoe", false);
  row("postgresql:///db?host=/tmp/x&cohort=%22%3B%20DROP", "postgresql:///db?host=/tmp/x",
      "postgresql:///db?host=/tmp/x&cohort=%22%3B%20DROP", "\"; DROP", false);
}

void TestDatabaseUrl::takesApart() {
  QFETCH(QString, url);
  QFETCH(QString, connection);
  QFETCH(QString, shown);
  QFETCH(QString, cohort);
  QFETCH(bool, password);
  const auto parsed = parseDatabaseUrl(url.toStdString());
  QVERIFY2(parsed, parsed ? "" : parsed.error().line().c_str());
  QCOMPARE(QString::fromStdString(parsed->connection), connection);
  QCOMPARE(QString::fromStdString(parsed->shown), shown);
  QCOMPARE(QString::fromStdString(parsed->cohort), cohort);
  QCOMPARE(parsed->hasPassword, password);
  QCOMPARE(withoutPassword(url.toStdString()), parsed->shown);
  QCOMPARE(withoutPassword(parsed->shown), parsed->shown);
}

void TestDatabaseUrl::refuses_data() {
  QTest::addColumn<QString>("url");
  QTest::addColumn<QString>("reason");
  const auto row = [](const char* url, const char* reason) { QTest::newRow(url) << url << reason; };
  row("postgresql://u:secret@word@host/db", "%40");
  row("postgresql://u:secret/word@host/db", "%40");
  row("postgresql://u:12/secret@host/db", "%40");
  row("postgresql://host/db/secret", "%2F");
  row("postgresql://host:port/secret", "port");
  row("postgresql://[::1/secret", "port");
  row("postgresql://u:se%cret@host", "percent");
  row("postgresql://u:secret%4@host", "percent");
  row("postgresql://host/db?cohort=secret%zz", "percent");
  row("postgresql://host/db?secret", "name=value");
  row("postgresql://host/db?=secret", "name=value");
  row("postgresql://host/db?cohort=secret&cohort=b", "more than one");
  row("postgresql://u:secret\n@host/db", "control");
}

void TestDatabaseUrl::refuses() {
  QFETCH(QString, url);
  QFETCH(QString, reason);
  const auto parsed = parseDatabaseUrl(url.toStdString());
  QVERIFY(!parsed);
  const std::string said = parsed.error().line() + parsed.error().detail;
  QVERIFY2(said.find(reason.toStdString()) != std::string::npos, said.c_str());
  QVERIFY(said.find("secret") == std::string::npos);
  if (reason != "more than one") QVERIFY(withoutPassword(url.toStdString()).find("secret") == std::string::npos);
}

void TestDatabaseUrl::putsPasswordIn_data() {
  QTest::addColumn<QString>("url");
  QTest::addColumn<QString>("password");
  QTest::addColumn<QString>("expected");
  QTest::newRow("none") << "postgresql://u@h/d"
                        << ""
                        << "postgresql://u@h/d";
  QTest::newRow("plain") << "postgresql://u@h/d"
                         << "pw"
                         << "postgresql://u@h/d?password=pw";
  QTest::newRow("more") << "postgresql://u@h/d?cohort=x"
                        << "p&w=%@/"
                        << "postgresql://u@h/d?cohort=x&password=p%26w%3D%25%40%2F";
  QTest::newRow("replaced") << "postgresql://u:old@h/d"
                            << "new"
                            << "postgresql://u@h/d?password=new";
  QTest::newRow("path") << "file.sqlite"
                        << "pw"
                        << "file.sqlite";
}

void TestDatabaseUrl::putsPasswordIn() {
  QFETCH(QString, url);
  QFETCH(QString, password);
  QFETCH(QString, expected);
  QCOMPARE(QString::fromStdString(withPassword(url.toStdString(), password.toStdString())), expected);
}

QTEST_APPLESS_MAIN(TestDatabaseUrl)
#include "tst_database_url.moc"
