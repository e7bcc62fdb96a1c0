#pragma once

#include <QObject>
#include <utility>

#include "state/theme.h"

namespace fusemoe::ui {

/// The theme in use, and word of its change. GUI thread.
class Appearance : public QObject {
  Q_OBJECT

 public:
  explicit Appearance(Theme theme, QObject* parent = nullptr) : QObject(parent), m_theme(std::move(theme)) {}

  const Theme& theme() const { return m_theme; }
  void setTheme(Theme theme) {
    m_theme = std::move(theme);
    Q_EMIT changed();
  }

 Q_SIGNALS:
  void changed();

 private:
  Theme m_theme;
};

}  // namespace fusemoe::ui
