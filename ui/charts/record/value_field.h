#pragma once

#include <QLineEdit>
#include <functional>

namespace fusemoe::ui {

/// A small field over a picture that asks for one number: Return takes it, Escape or leaving the field does not.
class ValueField : public QLineEdit {
  Q_OBJECT

 public:
  explicit ValueField(QWidget* parent);

  /// Shows it at `place` with `text` chosen.
  void ask(const QRect& place, const QString& text, const QString& name, std::function<void(double)> taken);
  /// Gone without an answer.
  void cancel();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  std::function<void(double)> m_taken;
};

}  // namespace fusemoe::ui
