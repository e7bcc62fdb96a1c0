#include "resource_files.h"

#include <QCoreApplication>
#include <QDir>

namespace {

QStringList matches(const QString& folder, const QString& pattern) {
  QStringList roots{qEnvironmentVariable("FUSEMOE_RESOURCES"),
                    QCoreApplication::applicationDirPath() + QStringLiteral("/../share/fusemoe"),
                    QStringLiteral(FUSEMOE_RESOURCE_DIR)};
  roots.removeAll(QString());
  for (const QString& root : roots) {
    const QDir directory(root + '/' + folder);
    const QStringList found = directory.entryList({pattern}, QDir::Files, QDir::Name);
    if (found.isEmpty()) continue;
    QStringList paths;
    for (const QString& name : found) paths << QDir::cleanPath(directory.filePath(name));
    return paths;
  }
  return {};
}

QString firstMatch(const QString& folder, const QString& pattern) {
  return matches(folder, pattern).value(0);
}

}  // namespace

QString bundledModel() {
  return firstMatch(QStringLiteral("models"), QStringLiteral("nafld-*.safetensors"));
}

QString bundledCohort() {
  return firstMatch(QStringLiteral("cohorts"), QStringLiteral("nafld.sqlite"));
}

QStringList bundledExperiments() {
  return matches(QStringLiteral("configs"), QStringLiteral("*.json"));
}
