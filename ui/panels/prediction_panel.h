#pragma once

#include "panels/panel_frame.h"
#include "state/view_context.h"

namespace fusemoe::ui {

class ProbabilityBar;

/// The prediction in large figures and how it differs from the same stay unmasked. A model of many labels shows the
/// most probable one.
class PredictionPanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit PredictionPanel(const ViewContext& context, QWidget* parent = nullptr);

  /// "0.42", and "−0.11 against 0.53 unmasked".
  QString figure() const;
  QString change() const;

 private:
  void refresh();
  void restyle();

  ViewContext m_context;
  QLabel* m_figure;
  QLabel* m_change;
  QLabel* m_hint;
  ProbabilityBar* m_bar;
};

}  // namespace fusemoe::ui
