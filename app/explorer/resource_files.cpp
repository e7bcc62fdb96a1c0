#include "resource_files.h"

#include <QCoreApplication>
#include <QDir>

namespace {

QString firstMatch(const QString& folder, const QString& pattern) {
  QStringList roots{qEnvironmentVariable("FUSEMOE_RESOURCES"),
                    QCoreApplication::applicationDirPath() + QStringLiteral("/../share/fusemoe"),
                    QStringLiteral(FUSEMOE_RESOURCE_DIR)};
  roots.removeAll(QString());
  for (const QString& root : roots) {
    const QDir directory(root + '/' + folder);
    const QStringList found = directory.entryList({pattern}, QDir::Files, QDir::Name);
    if (!found.isEmpty()) return QDir::cleanPath(directory.filePath(found.first()));
  }
  return {};
}

}  // namespace

QString bundledModel() {
  return firstMatch(QStringLiteral("models"), QStringLiteral("nafld-*.safetensors"));
}

QString bundledCohort() {
  return firstMatch(QStringLiteral("cohorts"), QStringLiteral("nafld.sqlite"));
}
