#pragma once

#include <QObject>

class QKeyEvent;
class QWidget;

namespace fusemoe::ui {

class Document;

/// Shows the reference in place of the state while the space bar is held, wherever in the window the focus is, unless
/// the focused control has a use of its own for it. GUI thread.
class FlipKey : public QObject {
  Q_OBJECT

 public:
  /// Watches the keys of `window` and of what floats above it; owned by it.
  FlipKey(Document& document, QWidget& window);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  bool belongs(QObject* watched) const;
  bool press(const QKeyEvent& event);

  Document& m_document;
  QWidget& m_window;
};

}  // namespace fusemoe::ui
