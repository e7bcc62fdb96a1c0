#pragma once

#include <QWidget>

class QGridLayout;
class QPushButton;

namespace fusemoe::ui {

class Settings;

/// What a new user sees when nothing is open: what this is, where to begin, what was open before.
class WelcomePage : public QWidget {
  Q_OBJECT

 public:
  /// `settings` outlives the page.
  explicit WelcomePage(Settings& settings, QWidget* parent = nullptr);

  /// True when there is a demo to open.
  void setDemo(bool there);
  /// True when there is something to go back to.
  void setBack(bool there);
  QPushButton& demoButton() const { return *m_demo; }

 Q_SIGNALS:
  void demoAsked();
  void openModelAsked();
  void openCohortAsked();
  void openSessionAsked();
  void importAsked();
  void recentAsked(const QString& path);
  void backAsked();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* makeStart();
  QWidget* makeRecent();
  void fillRecent();

  Settings& m_settings;
  QPushButton* m_demo = nullptr;
  QPushButton* m_back = nullptr;
  QWidget* m_recent = nullptr;
  QGridLayout* m_recentList = nullptr;
};

}  // namespace fusemoe::ui
