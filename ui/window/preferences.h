#pragma once

#include <QDialog>

class QCheckBox;
class QComboBox;

namespace fusemoe::ui {

class Settings;

/// What the user prefers; each change holds at once. Not modal.
class Preferences : public QDialog {
  Q_OBJECT

 public:
  /// `settings` outlives it.
  explicit Preferences(Settings& settings, QWidget* parent = nullptr);

  QComboBox& theme() const { return *m_theme; }
  QComboBox& language() const { return *m_language; }
  QCheckBox& exportIdentifiers() const { return *m_identifiers; }

 private:
  void follow();

  Settings& m_settings;
  QComboBox* m_theme;
  QComboBox* m_language;
  QCheckBox* m_reopen;
  QCheckBox* m_risk;
  QCheckBox* m_animate;
  QCheckBox* m_identifiers;
};

}  // namespace fusemoe::ui
