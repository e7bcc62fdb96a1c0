#pragma once

#include <QToolBar>

namespace fusemoe::ui {

/// The tool bar: icons with short texts where the window is wide enough, icons alone where it is not.
class ToolBar : public QToolBar {
  Q_OBJECT

 public:
  /// Least width of the window for texts.
  static constexpr int kTextWidth = 1360;

  explicit ToolBar(const QString& title, QWidget* parent = nullptr);

  /// Keeps the button of an action whose text changes with every edit, while its icon text does not, at one size: no
  /// layout of the window for it.
  void keepSize(QAction* action);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void holdSizes();

  QList<QAction*> m_kept;
};

}  // namespace fusemoe::ui
