#pragma once

#include <QDialog>

class QPushButton;

namespace fusemoe::ui {

class ProgramTrust;

/// Asks whether a TorchScript file may be run, and says what it could do. Not running it is the default, and what
/// closing means.
class TrustDialog : public QDialog {
  Q_OBJECT

 public:
  TrustDialog(const QString& path, const QString& digest, QWidget* parent = nullptr);

  QPushButton& runButton() const { return *m_run; }
  QPushButton& refuseButton() const { return *m_refuse; }

 private:
  QPushButton* m_run = nullptr;
  QPushButton* m_refuse = nullptr;
};

/// Shows the dialog over `window` whenever `trust` asks.
void askAboutPrograms(ProgramTrust& trust, QWidget& window);

}  // namespace fusemoe::ui
