#pragma once

#include <QObject>

#include "state/theme.h"

namespace fusemoe::ui {

/// The theme in use, and word of its change. GUI thread.
class Appearance : public QObject {
  Q_OBJECT

 public:
  explicit Appearance(const Theme& theme, QObject* parent = nullptr) : QObject(parent), m_theme(theme) {}

  const Theme& theme() const { return m_theme; }
  void setTheme(const Theme& theme) {
    m_theme = theme;
    Q_EMIT changed();
  }

 Q_SIGNALS:
  void changed();

 private:
  Theme m_theme;
};

}  // namespace fusemoe::ui
