#pragma once

#include <QUndoCommand>
#include <utility>

#include "state/document.h"

namespace fusemoe::ui {

/// Sets one field of the session's state.
template <class T>
class SetValue : public QUndoCommand {
 public:
  SetValue(Document& document, T SessionState::*field, T value, Change change, const QString& text, MergeId mergeId)
      : QUndoCommand(text),
        m_document(document),
        m_field(field),
        m_before(document.state().*field),
        m_after(std::move(value)),
        m_change(change),
        m_mergeId(mergeId),
        m_gesture(document.gesture()) {}

  void redo() override { m_document.assign(m_field, m_after, m_change); }
  void undo() override { m_document.assign(m_field, m_before, m_change); }
  int id() const override { return static_cast<int>(m_mergeId); }
  /// Takes over the later value of the same gesture; obsolete when that is where it began.
  bool mergeWith(const QUndoCommand* other) override {
    const auto& later = *static_cast<const SetValue*>(other);
    if (later.m_gesture != m_gesture) return false;
    m_after = later.m_after;
    setText(later.text());
    setObsolete(m_after == m_before);
    return true;
  }

 private:
  Document& m_document;
  T SessionState::*m_field;
  T m_before;
  T m_after;
  Change m_change;
  MergeId m_mergeId;
  int m_gesture;
};

/// Puts another model, or another cohort and stay, in place. Keeps both open, so that undo needs no file.
template <class T>
class SetOpened : public QUndoCommand {
 public:
  SetOpened(Document& document, T before, T after, const QString& text)
      : QUndoCommand(text), m_document(document), m_before(std::move(before)), m_after(std::move(after)) {}

  void redo() override { m_document.replace(m_after); }
  void undo() override { m_document.replace(m_before); }

 private:
  Document& m_document;
  T m_before;
  T m_after;
};

/// Puts a whole session in place, with what it has open.
class SetSession : public QUndoCommand {
 public:
  SetSession(Document& document, SessionState state, Opened opened, const QString& text)
      : QUndoCommand(text),
        m_document(document),
        m_stateBefore(document.m_state),
        m_openedBefore(document.m_opened),
        m_stateAfter(std::move(state)),
        m_openedAfter(std::move(opened)) {}

  void redo() override { m_document.replace(m_stateAfter, m_openedAfter); }
  void undo() override { m_document.replace(m_stateBefore, m_openedBefore); }

 private:
  Document& m_document;
  SessionState m_stateBefore;
  Opened m_openedBefore;
  SessionState m_stateAfter;
  Opened m_openedAfter;
};

}  // namespace fusemoe::ui
