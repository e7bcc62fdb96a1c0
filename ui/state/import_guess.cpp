#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <algorithm>
#include <array>

#include "state/cohort_import.h"

namespace fusemoe::ui {
namespace {

/// Signs by which a source is known, in a folder or as one of its files.
struct Sign {
  const char* importer;
  const char* pattern;  ///< of a file or folder name, case-insensitive
};

constexpr std::array<Sign, 12> kSigns{{
    {"physionet2012", "^set-[a-d]\\.(tar\\.(xz|gz)|tgz|zip)$"},
    {"physionet2012", "^set-[a-d]$"},
    {"physionet2012", "^outcomes-[a-d]\\.txt$"},
    {"nafld", "^nafld[123]\\.csv(\\.gz)?$"},
    {"mimic-iv", "^(hosp|icu)$"},
    {"mimic-iv", "^icustays\\.csv(\\.gz)?$"},
    {"eicu-yaib", "^mortality24_eicu.*\\.csv(\\.gz)?$"},
    {"eicu-yaib", "^(dyn|outc|sta)\\.(parquet|csv|csv\\.gz)$"},
    {"tidy", "^observations\\.csv(\\.gz)?$"},
    {"tidy", "^stays\\.csv(\\.gz)?$"},
    {"tidy", "^labels\\.csv(\\.gz)?$"},
    {"tidy", "^events\\.csv(\\.gz)?$"},
}};

/// Names of a file or folder that may be signs: its own, then those inside it.
QStringList namesAt(const QFileInfo& path) {
  QStringList names{path.fileName()};
  constexpr int kLookedAt = 64;  // a folder of thousands of records is known by its own name
  if (path.isDir())
    names +=
        QDir(path.filePath()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot, QDir::DirsFirst).mid(0, kLookedAt);
  return names;
}

bool matches(const QString& name, const char* pattern) {
  return QRegularExpression(QString::fromLatin1(pattern), QRegularExpression::CaseInsensitiveOption)
      .match(name)
      .hasMatch();
}

QString importerOf(const QFileInfo& path, std::span<const ImporterInfo> importers) {
  const QStringList names = namesAt(path);
  for (const Sign& sign : kSigns) {
    if (std::ranges::find(importers, sign.importer, &ImporterInfo::name) == importers.end()) continue;
    if (std::ranges::any_of(names, [&](const QString& name) { return matches(name, sign.pattern); }))
      return QString::fromLatin1(sign.importer);
  }
  return {};
}

/// The path that answers an option: itself, its folder, or the file beside it whose name begins like the option's.
QString answerOf(const ImportOption& option, const QFileInfo& path) {
  const QString name = QString::fromStdString(option.name);
  const QDir folder = path.isDir() ? QDir(path.filePath()) : path.dir();
  const QStringList beside = folder.entryList({name + QLatin1Char('*')}, QDir::Files, QDir::Name);
  switch (option.kind) {
    case ImportOption::Kind::Folder:
      return folder.path();
    case ImportOption::Kind::File:
      if (!beside.isEmpty()) return folder.filePath(beside.first());
      return {};
    case ImportOption::Kind::FileOrFolder:
      // An archive beside its outcomes is the records' too.
      if (!path.fileName().startsWith(QStringLiteral("outcomes"), Qt::CaseInsensitive)) {
        if (!path.isDir()) return path.filePath();
        const QStringList archives = folder.entryList({QStringLiteral("set-*.tar.*")}, QDir::Files, QDir::Name);
        return archives.isEmpty() ? path.filePath() : folder.filePath(archives.first());
      } else {
        const QStringList archives = folder.entryList({QStringLiteral("set-*")}, QDir::NoFilter, QDir::Name);
        return archives.isEmpty() ? QString() : folder.filePath(archives.first());
      }
    case ImportOption::Kind::Choice:
      return {};
  }
  return {};
}

}  // namespace

ImportRequest guessSource(const QStringList& paths, std::span<const ImporterInfo> importers) {
  ImportRequest request;
  for (const QString& text : paths) {
    const QFileInfo path(QDir::cleanPath(text));
    if (!path.exists()) continue;
    const QString importer = importerOf(path, importers);
    if (importer.isEmpty() || (!request.importer.empty() && importer.toStdString() != request.importer)) continue;
    request.importer = importer.toStdString();
    const ImporterInfo& info = *std::ranges::find(importers, request.importer, &ImporterInfo::name);
    for (const ImportOption& option : info.options) {
      std::string& value = request.options[option.name];
      if (value.empty() && option.required) value = answerOf(option, path).toStdString();
      if (value.empty()) request.options.erase(option.name);
    }
  }
  return request;
}

}  // namespace fusemoe::ui
