#pragma once

#include <QDialog>

#include "state/view_context.h"

class QLabel;

namespace fusemoe::ui {

/// What the program is, who made what it is built of, and where the open model and cohort come from. Not modal.
class AboutBox : public QDialog {
  Q_OBJECT

 public:
  explicit AboutBox(const ViewContext& context, QWidget* parent = nullptr);

  QString text() const;

 private:
  void follow();

  ViewContext m_context;
  QLabel* m_program;
  QLabel* m_files;
};

}  // namespace fusemoe::ui
