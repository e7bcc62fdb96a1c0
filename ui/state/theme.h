#pragma once

#include <QColor>
#include <QFont>
#include <array>

namespace fusemoe::ui {

/// The colour tokens and type sizes of the window (light and dark). A value.
struct Theme {
  bool dark = false;
  QColor window, surface, border, grid;
  QColor text, secondary, faint;
  QColor accent, selection;
  QColor warningText, warningFill;
  std::array<QColor, 6> modalities;  ///< Okabe–Ito, lifted in dark

  static Theme light();
  static Theme darkTheme();

  /// Colour of a modality by its index in the model; a joint router (-1) takes the accent.
  QColor modality(int index) const;
  /// Text drawn on a fill of this colour.
  QColor textOn(const QColor& fill) const;
};

inline constexpr int kBodyPixels = 13;
inline constexpr int kCaptionPixels = 11;
inline constexpr int kFigurePixels = 34;

/// The application's font at a size, with figures of equal width where the Qt version can ask for them. GUI thread.
QFont themeFont(int pixels, QFont::Weight weight = QFont::Normal);

}  // namespace fusemoe::ui
