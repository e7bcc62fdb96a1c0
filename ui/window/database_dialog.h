#pragma once

#include <QDialog>

#include "state/async_loader.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace fusemoe::ui {

/// Asks for a cohort on a PostgreSQL server. The password is handed on with the address and kept nowhere here.
class DatabaseDialog : public QDialog {
  Q_OBJECT

 public:
  /// Begins with `url`, which may be empty.
  explicit DatabaseDialog(const QString& url, QWidget* parent = nullptr);

  QLineEdit& address() const { return *m_address; }
  QLineEdit& password() const { return *m_password; }
  QPushButton& testButton() const { return *m_test; }
  QPushButton& openButton() const { return *m_open; }
  QLabel& answer() const { return *m_answer; }

 Q_SIGNALS:
  /// The address with the password.
  void chosen(const QString& url);

 private:
  std::string url() const;
  void follow();
  void test();

  QLineEdit* m_address;
  QLineEdit* m_password;
  QLabel* m_answer;
  QPushButton* m_test = nullptr;
  QPushButton* m_open = nullptr;
  AsyncLoader<QString> m_tester{this};
};

}  // namespace fusemoe::ui
