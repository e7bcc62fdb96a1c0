#pragma once

#include <QObject>
#include <functional>
#include <optional>

class QApplication;

namespace fusemoe::ui {

class Appearance;
class Settings;

/// Keeps the theme in use: the one preferred, or where that is "as the system" the system's, also when it changes.
/// GUI thread.
class ThemeKeeper : public QObject {
  Q_OBJECT

 public:
  using SystemIsDark = std::function<bool()>;

  /// `fixed` = light or dark whatever is preferred, until another theme is chosen. All outlive the keeper.
  ThemeKeeper(QApplication& application, Appearance& appearance, const Settings& settings, std::optional<bool> fixed,
              SystemIsDark systemIsDark, QObject* parent = nullptr);

  /// A top-level window by which the system's changes are heard of.
  void listenAt(QWidget& window);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void apply();

  QApplication& m_application;
  Appearance& m_appearance;
  const Settings& m_settings;
  std::optional<bool> m_fixed;
  SystemIsDark m_systemIsDark;
};

}  // namespace fusemoe::ui
