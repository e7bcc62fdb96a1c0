#pragma once

#include <QString>

namespace fusemoe::ui {

/// Translates the program, and with it Qt's own texts where they are installed, into `language`: two letters, or
/// "system" for the first language of the system that there is. Call after the application is made and before any text
/// is shown. Returns the language in use; English, the language of the sources, when there is no translation.
QString useLanguage(const QString& language);

/// Two letters each, English first.
QStringList languages();

}  // namespace fusemoe::ui
