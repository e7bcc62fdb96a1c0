#pragma once

#include <QStatusBar>

#include "state/view_context.h"

class QLabel;

namespace fusemoe::ui {

/// What is open, where it runs, and how long the shown result took.
class StatusLine : public QStatusBar {
  Q_OBJECT

 public:
  explicit StatusLine(const ViewContext& context, QWidget* parent = nullptr);

 private:
  void refresh();

  ViewContext m_context;
  QLabel* m_model;
  QLabel* m_cohort;
  QLabel* m_device;
  QLabel* m_work;
};

}  // namespace fusemoe::ui
