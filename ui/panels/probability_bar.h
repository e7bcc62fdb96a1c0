#pragma once

#include <QWidget>

#include "state/view_context.h"

namespace fusemoe::ui {

/// A probability on a line from 0 to 1, with a tick where the unmasked state lies.
class ProbabilityBar : public QWidget {
  Q_OBJECT

 public:
  explicit ProbabilityBar(const ViewContext& context, QWidget* parent = nullptr);

  void setValues(double value, double unmasked);
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  ViewContext m_context;
  double m_value = 0;
  double m_unmasked = 0;
};

}  // namespace fusemoe::ui
