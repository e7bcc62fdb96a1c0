#pragma once

#include <QFrame>
#include <QList>
#include <QString>

#include "state/view_context.h"

class QMainWindow;

namespace fusemoe::ui {

/// One line of the sheet: keys and what they do.
struct ShortcutLine {
  QString keys;
  QString text;
};
struct ShortcutGroup {
  QString title;
  QList<ShortcutLine> lines;
};

/// Every shortcut of the window by menu, laid out in as many columns as fit, over the window. It reads the actions each
/// time it opens, so it cannot be out of date. Esc, any click or the key again closes it.
class ShortcutSheet : public QFrame {
  Q_OBJECT

 public:
  ShortcutSheet(const ViewContext& context, QMainWindow& window);

  void toggle();
  const QList<ShortcutGroup>& groups() const { return m_groups; }
  /// True when every line is drawn in full.
  bool fits() const { return m_fits; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void gather();
  void place();

  ViewContext m_context;
  QMainWindow& m_window;
  QList<ShortcutGroup> m_groups;
  bool m_fits = true;
};

}  // namespace fusemoe::ui
