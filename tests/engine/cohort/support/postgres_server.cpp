#include "postgres_server.h"

#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <algorithm>
#include <stdexcept>

#include "cohort/cohort_store.h"

namespace fusemoe::test {
namespace {

constexpr int kPatience = 60'000;  // milliseconds, on a busy machine

/// The newest server's folder of programs, as Debian lays them out, or where pg_config says.
QString binFolder() {
  QDir debian(QStringLiteral("/usr/lib/postgresql"));
  QStringList versions = debian.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
  std::ranges::sort(versions, {}, [](const QString& version) { return -version.toInt(); });
  for (const QString& version : versions)
    if (const QString bin = debian.filePath(version + QStringLiteral("/bin")); QFile::exists(bin + "/initdb"))
      return bin;
  QProcess config;
  config.start(QStringLiteral("pg_config"), {QStringLiteral("--bindir")});
  if (!config.waitForFinished() || config.exitCode() != 0) return {};
  const QString bin = QString::fromLocal8Bit(config.readAllStandardOutput()).trimmed();
  return QFile::exists(bin + "/initdb") ? bin : QString();
}

}  // namespace

PostgresServer::PostgresServer() : m_bin(binFolder()) {
  if (m_bin.isEmpty()) {
    m_why = QStringLiteral("PostgreSQL's server is not installed (package postgresql).");
    return;
  }
  const auto store = CohortStore::open("postgresql:///x?host=/nowhere");
  if (store.error().what.find("built without") != std::string::npos) {
    m_why = QString::fromStdString(store.error().what);
    return;
  }
  if (::geteuid() == 0) {
    const passwd* user = ::getpwnam("postgres");
    if (!user) user = ::getpwnam("nobody");
    const QString setpriv = QStandardPaths::findExecutable(QStringLiteral("setpriv"));
    if (!user || setpriv.isEmpty()) {
      m_why = QStringLiteral("PostgreSQL does not run as root, and there is no other user (or no setpriv) to run it.");
      return;
    }
    m_asUser = {setpriv,         "--reuid", QString::number(user->pw_uid), "--regid", QString::number(user->pw_gid),
                "--clear-groups"};
    if (::chown(m_folder.path().toLocal8Bit().constData(), user->pw_uid, user->pw_gid) != 0)
      m_why = QStringLiteral("The temporary folder cannot be given to another user.");
  }
  QString output;
  if (m_why.isEmpty() &&
      !run("initdb",
           {"-D", m_folder.filePath("data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"},
           &output))
    m_why = QStringLiteral("initdb failed: ") + output;
  if (!m_why.isEmpty()) return;
  QFile access(m_folder.filePath("data/pg_hba.conf"));
  if (!access.open(QIODevice::WriteOnly | QIODevice::Truncate)) throw std::runtime_error("cannot write pg_hba.conf");
  access.write("local all guarded scram-sha-256\nlocal all rejected reject\nlocal all all trust\n");
  access.close();
  start();
  sql(QStringLiteral("CREATE ROLE tester LOGIN"), QStringLiteral("postgres"));
  sql(QStringLiteral("CREATE DATABASE cohorts OWNER tester"), QStringLiteral("postgres"));
}

PostgresServer::~PostgresServer() {
  if (m_server) kill();
}

QString PostgresServer::program(const QString& name) const {
  return m_bin + '/' + name;
}

bool PostgresServer::run(const QString& name, const QStringList& arguments, QString* output) const {
  QStringList command = m_asUser;
  command << program(name) << arguments;
  QProcess process;
  process.setProcessChannelMode(QProcess::MergedChannels);
  process.setWorkingDirectory(QStringLiteral("/"));
  process.start(command.takeFirst(), command);
  const bool finished = process.waitForFinished(kPatience);
  if (output) *output = QString::fromLocal8Bit(process.readAll());
  return finished && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

void PostgresServer::start() {
  QStringList command = m_asUser;
  command << program("postgres") << "-D" << m_folder.filePath("data") << "-k" << m_folder.path() << "-c"
          << "listen_addresses="
          << "-c"
          << "fsync=off"
          << "-c"
          << "shared_buffers=16MB";
  m_server = std::make_unique<QProcess>();
  m_server->setWorkingDirectory(QStringLiteral("/"));
  m_server->setStandardErrorFile(m_folder.filePath("log"));
  m_server->start(command.takeFirst(), command);
  // pg_isready waits between its tries, so that this loop ends with the server's being ready or its death.
  while (m_server->state() != QProcess::NotRunning && !run("pg_isready", {"-h", m_folder.path(), "-t", "5"}))
    m_server->waitForFinished(50);
  if (m_server->state() == QProcess::NotRunning) throw std::runtime_error("PostgreSQL does not start");
}

void PostgresServer::kill() {
  // The postmaster's children end when they see that it is gone; quit makes them do so at once.
  ::kill(static_cast<pid_t>(m_server->processId()), SIGQUIT);
  if (!m_server->waitForFinished(kPatience)) throw std::runtime_error("PostgreSQL does not end");
  m_server.reset();
}

std::string PostgresServer::url(const std::string& cohort, const std::string& user, const std::string& database) const {
  std::string url = "postgresql://" + user + "@/" + database + "?host=" + m_folder.path().toStdString();
  return cohort.empty() ? url : url + "&cohort=" + cohort;
}

QString PostgresServer::sql(const QString& statements, const QString& database) const {
  QString output;
  if (!run("psql",
           {"-h", m_folder.path(), "-U", "postgres", "-d", database, "-v", "ON_ERROR_STOP=1", "-qAt", "-c", statements},
           &output))
    throw std::runtime_error((statements + ": " + output).toStdString());
  return output.trimmed();
}

}  // namespace fusemoe::test
