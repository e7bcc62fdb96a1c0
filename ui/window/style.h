#pragma once

#include <QString>

class QApplication;

namespace fusemoe::ui {

struct Theme;

/// Sets base style, font, palette and style sheet of the application from a theme.
void applyStyle(QApplication& application, const Theme& theme);

/// True when the system's palette is dark.
bool systemPrefersDark(const QApplication& application);

}  // namespace fusemoe::ui
