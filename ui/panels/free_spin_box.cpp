#include "panels/free_spin_box.h"

#include <QWheelEvent>
#include <cmath>

namespace fusemoe::ui {
namespace {

constexpr int kDigits = 6;
constexpr int kDecimals = 12;  // of the value kept; what is shown follows textFromValue

}  // namespace

FreeSpinBox::FreeSpinBox(double least, double most, bool whole, QWidget* parent)
    : QDoubleSpinBox(parent), m_whole(whole) {
  setMinimumWidth(56);  // the widest number it may hold would ask for far more
  setDecimals(whole ? 0 : kDecimals);
  setRange(least, most);
  setButtonSymbols(NoButtons);
  setFocusPolicy(Qt::StrongFocus);
  setKeyboardTracking(true);
  setAlignment(Qt::AlignRight);
}

void FreeSpinBox::stepBy(int steps) {
  if (m_whole || value() <= 0) {
    setValue(value() + (m_whole ? steps : 0.01 * steps));
  } else {
    setValue(value() * std::pow(2.0, steps));
  }
}

QString FreeSpinBox::textFromValue(double value) const {
  return m_whole ? QString::number(std::llround(value)) : QString::number(value, 'g', kDigits);
}

double FreeSpinBox::valueFromText(const QString& text) const {
  return text.trimmed().replace(',', '.').toDouble();
}

QValidator::State FreeSpinBox::validate(QString& text, int& /*position*/) const {
  bool valid = false;
  const double value = text.trimmed().replace(',', '.').toDouble(&valid);
  if (valid && value >= minimum() && value <= maximum() && (!m_whole || value == std::floor(value)))
    return QValidator::Acceptable;
  for (const QChar letter : text)
    if (!letter.isDigit() && !QStringLiteral(".,eE+- ").contains(letter)) return QValidator::Invalid;
  return QValidator::Intermediate;
}

void FreeSpinBox::wheelEvent(QWheelEvent* event) {
  if (hasFocus()) {
    QDoubleSpinBox::wheelEvent(event);
  } else {
    event->ignore();
  }
}

}  // namespace fusemoe::ui
