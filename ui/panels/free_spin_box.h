#pragma once

#include <QDoubleSpinBox>

namespace fusemoe::ui {

/// A number in as few digits as tell it (0.001, 1e-05, 12); arrow keys step whole numbers by one and others by a
/// factor of two. The wheel scrolls the page unless the field has the focus.
class FreeSpinBox : public QDoubleSpinBox {
  Q_OBJECT

 public:
  FreeSpinBox(double least, double most, bool whole, QWidget* parent = nullptr);

  void stepBy(int steps) override;

 protected:
  QString textFromValue(double value) const override;
  double valueFromText(const QString& text) const override;
  QValidator::State validate(QString& text, int& position) const override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  bool m_whole;
};

}  // namespace fusemoe::ui
