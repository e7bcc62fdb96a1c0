#pragma once

#include <QFrame>

#include "base/result.h"

class QLabel;
class QPushButton;

namespace fusemoe::ui {

/// The one place where errors are said: what and what next; "Details" unfolds the technical text. Hidden when empty.
class MessageBar : public QFrame {
  Q_OBJECT

 public:
  explicit MessageBar(QWidget* parent = nullptr);

  void showError(const Error& error);
  QString text() const;
  QString detail() const;

 private:
  QLabel* m_text;
  QLabel* m_detail;
  QPushButton* m_unfold;
};

}  // namespace fusemoe::ui
