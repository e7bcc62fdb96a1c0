#include "window/flip_key.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>

#include "state/document.h"

namespace fusemoe::ui {
namespace {

/// True where the space bar types, presses, opens or checks something.
bool usesSpace(QWidget* focused) {
  if (qobject_cast<QAbstractButton*>(focused) || qobject_cast<QLineEdit*>(focused) ||
      qobject_cast<QAbstractSpinBox*>(focused) || qobject_cast<QComboBox*>(focused))
    return true;
  if (const auto* text = qobject_cast<QTextEdit*>(focused)) return !text->isReadOnly();
  if (const auto* text = qobject_cast<QPlainTextEdit*>(focused)) return !text->isReadOnly();
  const auto* view = qobject_cast<QAbstractItemView*>(focused);
  const Qt::ItemFlags flags = view ? view->currentIndex().flags() : Qt::NoItemFlags;
  return flags.testFlag(Qt::ItemIsUserCheckable) ||
         (flags.testFlag(Qt::ItemIsEditable) && view && view->editTriggers() != QAbstractItemView::NoEditTriggers);
}

}  // namespace

FlipKey::FlipKey(Document& document, QWidget& window) : QObject(&window), m_document(document), m_window(window) {
  // On the application: a list takes the key before the window would see it.
  qApp->installEventFilter(this);
}

bool FlipKey::belongs(QObject* watched) const {
  while (watched && watched != &m_window) watched = watched->parent();
  return watched;
}

bool FlipKey::press(const QKeyEvent& event) {
  if (event.modifiers() != Qt::NoModifier || usesSpace(QApplication::focusWidget())) return false;
  if (!event.isAutoRepeat()) m_document.setFlipped(true);
  return m_document.flipped();
}

bool FlipKey::eventFilter(QObject* watched, QEvent* event) {
  switch (event->type()) {
    case QEvent::KeyPress: {
      const auto& key = *static_cast<QKeyEvent*>(event);
      return key.key() == Qt::Key_Space && watched->isWidgetType() && belongs(watched) && press(key);
    }
    case QEvent::KeyRelease: {
      const auto& key = *static_cast<QKeyEvent*>(event);
      if (key.key() != Qt::Key_Space || !m_document.flipped()) return false;
      if (!key.isAutoRepeat()) m_document.setFlipped(false);
      return true;
    }
    case QEvent::ApplicationDeactivate:
      // The key's release goes to another program.
      m_document.setFlipped(false);
      return false;
    default:
      return false;
  }
}

}  // namespace fusemoe::ui
