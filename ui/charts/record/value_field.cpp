#include "charts/record/value_field.h"

#include <QKeyEvent>
#include <QLocale>
#include <cmath>
#include <utility>

namespace fusemoe::ui {
namespace {

/// A number with a point or as the system writes it; nothing else.
bool parse(QString text, double& value) {
  text = text.trimmed().replace(QChar(0x2212), '-');
  bool known = false;
  value = QLocale::c().toDouble(text, &known);
  if (!known) value = QLocale().toDouble(text, &known);
  return known && std::isfinite(static_cast<float>(value));
}

}  // namespace

ValueField::ValueField(QWidget* parent) : QLineEdit(parent) {
  setAlignment(Qt::AlignCenter);
  hide();
}

void ValueField::ask(const QRect& place, const QString& text, const QString& name, std::function<void(double)> taken) {
  m_taken = std::move(taken);
  setAccessibleName(name);
  setToolTip(name);
  setText(text);
  setGeometry(place);
  show();
  setFocus(Qt::PopupFocusReason);
  selectAll();
}

void ValueField::cancel() {
  m_taken = nullptr;
  hide();
}

void ValueField::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    parentWidget()->setFocus();
    cancel();
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    double value = 0;
    if (!parse(text(), value)) {
      selectAll();  // still asking
      return;
    }
    const auto taken = std::exchange(m_taken, nullptr);
    parentWidget()->setFocus();
    hide();
    if (taken) taken(value);
  } else {
    QLineEdit::keyPressEvent(event);
  }
}

void ValueField::focusOutEvent(QFocusEvent* event) {
  QLineEdit::focusOutEvent(event);
  if (event->reason() != Qt::PopupFocusReason) cancel();
}

}  // namespace fusemoe::ui
