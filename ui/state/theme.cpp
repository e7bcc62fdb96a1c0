#include "state/theme.h"

#include <QGuiApplication>
#include <QHash>
#include <utility>

namespace fusemoe::ui {

Theme Theme::light() {
  Theme theme;
  theme.window = 0xF4F6F8;
  theme.surface = 0xFFFFFF;
  theme.border = 0xDCE1E7;
  theme.grid = 0xEDF0F3;
  theme.text = 0x1B2129;
  theme.secondary = 0x5B6675;
  theme.faint = 0x8A94A3;
  theme.accent = 0x0B5CAD;
  theme.selection = 0xDCEAF8;
  theme.warningText = 0x9A5B00;
  theme.warningFill = 0xFFF4DF;
  theme.modalities = {0x0072B2, 0xE69F00, 0x009E73, 0xCC79A7, 0xD55E00, 0x56B4E9};
  return theme;
}

Theme Theme::darkTheme() {
  Theme theme;
  theme.dark = true;
  theme.window = 0x13161B;
  theme.surface = 0x1B1F26;
  theme.border = 0x2D343E;
  theme.grid = 0x262C35;
  theme.text = 0xE7EAEF;
  theme.secondary = 0xA3ADBA;
  theme.faint = 0x768191;
  theme.accent = 0x62AEF5;
  theme.selection = 0x223B57;
  theme.warningText = 0xF0B455;
  theme.warningFill = 0x33270F;
  theme.modalities = {0x4BA3DC, 0xF0B13C, 0x2FBF92, 0xDE97BF, 0xF0894A, 0x8CCBF2};
  return theme;
}

QColor Theme::modality(int index) const {
  return index < 0 ? accent : modalities.at(static_cast<std::size_t>(index) % modalities.size());
}

QColor Theme::textOn(const QColor& fill) const {
  return qGray(fill.rgb()) > 126 ? QColor(0x1B2129) : QColor(0xFFFFFF);
}

QFont themeFont(int pixels, QFont::Weight weight) {
  // Painting asks for fonts thousands of times a second; a new one each time would be matched and shaped anew.
  static QFont base;
  static QHash<std::pair<int, int>, QFont> fonts;
  if (base != QGuiApplication::font()) fonts.clear();
  base = QGuiApplication::font();
  const std::pair<int, int> key(pixels, weight);
  if (const auto found = fonts.constFind(key); found != fonts.cend()) return *found;
  QFont font = base;
  font.setPixelSize(pixels);
  font.setWeight(weight);
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
  font.setFeature("tnum", 1);
#endif
  fonts.insert(key, font);
  return font;
}

}  // namespace fusemoe::ui
