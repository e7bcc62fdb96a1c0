#include "window/translations.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace fusemoe::ui {
namespace {

const QString kFolder = QStringLiteral(":/translations");
const QString kEnglish = QStringLiteral("en");

QString systemLanguage() {
  for (const QString& name : QLocale::system().uiLanguages())
    if (languages().contains(name.left(2))) return name.left(2);
  return kEnglish;
}

/// One for each kind of texts; a later call replaces what an earlier one loaded.
void install(QTranslator& translator, const QString& file, const QString& folder) {
  QCoreApplication::removeTranslator(&translator);
  if (translator.load(file, folder)) QCoreApplication::installTranslator(&translator);
}

}  // namespace

QStringList languages() {
  QStringList all{kEnglish};
  for (const QString& file : QDir(kFolder).entryList({QStringLiteral("fusemoe_*.qm")}))
    all << file.section('_', 1).left(2);
  return all;
}

QString useLanguage(const QString& language) {
  static QTranslator* own = new QTranslator(QCoreApplication::instance());
  static QTranslator* qt = new QTranslator(QCoreApplication::instance());
  const QString chosen = language == QStringLiteral("system") || language.isEmpty() ? systemLanguage() : language;
  const QString used = languages().contains(chosen) ? chosen : kEnglish;
  install(*qt, QStringLiteral("qtbase_") + used, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
  install(*own, QStringLiteral("fusemoe_") + used, kFolder);
  return used;
}

}  // namespace fusemoe::ui
