#pragma once

#include <QFrame>

#include "state/view_context.h"

class QLabel;
class QPushButton;

namespace fusemoe::ui {

/// Stands over the charts while something about the model is changed, so that no number is taken for the trained
/// model's; hidden otherwise.
class InterventionBanner : public QFrame {
  Q_OBJECT

 public:
  explicit InterventionBanner(const ViewContext& context, QWidget* parent = nullptr);

  QString text() const;
  QPushButton& removeButton() const { return *m_remove; }

 private:
  void refresh();

  ViewContext m_context;
  QLabel* m_text;
  QPushButton* m_remove;
};

}  // namespace fusemoe::ui
