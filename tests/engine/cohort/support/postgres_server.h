#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>
#include <memory>
#include <string>

namespace fusemoe::test {

/// A PostgreSQL server of the test's own, in a temporary folder, reached by a Unix socket there. It listens to no
/// network. The role `tester` owns the database `cohorts`; `guarded` must give a password, `rejected` is never let in.
/// Run as root it is given to the user `postgres` or `nobody`, since PostgreSQL refuses root.
class PostgresServer {
 public:
  /// Makes and starts a server. Where that cannot be, `running` is false and `why` says it.
  PostgresServer();
  ~PostgresServer();

  bool running() const { return m_why.isEmpty(); }
  QString why() const { return m_why; }

  /// postgresql://USER@SOCKET/DATABASE?cohort=COHORT, without the last where it is empty.
  std::string url(const std::string& cohort = {}, const std::string& user = "tester",
                  const std::string& database = "cohorts") const;

  /// Runs SQL as superuser and gives its unaligned output. Throws std::runtime_error.
  QString sql(const QString& statements, const QString& database = QStringLiteral("cohorts")) const;

  /// Ends the server as a crash would, every connection with it; and starts it again on the same data.
  void kill();
  void start();

 private:
  QString program(const QString& name) const;
  bool run(const QString& name, const QStringList& arguments, QString* output = nullptr) const;

  QString m_why;
  QString m_bin;
  QStringList m_asUser;  ///< what a command begins with to be run as another user; empty when not root
  QTemporaryDir m_folder;
  std::unique_ptr<QProcess> m_server;
};

}  // namespace fusemoe::test
