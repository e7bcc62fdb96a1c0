#include "window/tool_bar.h"

#include <QResizeEvent>

namespace fusemoe::ui {
namespace {

constexpr QSize kIconSize(20, 20);

}  // namespace

ToolBar::ToolBar(const QString& title, QWidget* parent) : QToolBar(title, parent) {
  setIconSize(kIconSize);
  setMovable(false);
  setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  toggleViewAction()->setVisible(false);
}

void ToolBar::keepSize(QAction* action) {
  m_kept.append(action);
  holdSizes();
}

void ToolBar::holdSizes() {
  for (QAction* action : m_kept) {
    QWidget* button = widgetForAction(action);
    if (!button) continue;
    button->setMinimumSize(0, 0);
    button->setMaximumSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX);
    button->setFixedSize(button->sizeHint());
  }
}

void ToolBar::resizeEvent(QResizeEvent* event) {
  QToolBar::resizeEvent(event);
  const auto style = event->size().width() >= kTextWidth ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly;
  if (style == toolButtonStyle()) return;
  setToolButtonStyle(style);
  holdSizes();
}

}  // namespace fusemoe::ui
