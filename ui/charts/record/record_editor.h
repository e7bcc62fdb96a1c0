#pragma once

#include <QCoreApplication>
#include <QString>

#include "charts/record/record_content.h"

namespace fusemoe::ui {

class Document;

/// The what-if edits of the record view, each one command with a text that says what it did. GUI thread.
class RecordEditor {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::RecordEditor)

 public:
  explicit RecordEditor(Document& document) : m_document(document) {}

  /// Moves the item as it was in `base` to `target`; where it began = the base itself, so that a drag that comes back
  /// leaves no command. Part of the gesture under way.
  void move(const RecordEdits& base, const RecordLane& lane, const RecordMark& mark, const Observation& target,
            const TimeScale& time);
  /// Each of these is a gesture of its own.
  void add(const RecordLane& lane, const Observation& observation);
  void remove(const RecordLane& lane, const RecordMark& mark);
  void restore(const RecordLane& lane, const RecordMark& mark);
  void setVariableMasked(const RecordLane& lane, bool masked);
  void maskWindow(const MaskWindow& window, const RecordContent& content);
  void unmaskWindow(const MaskWindow& window, const RecordContent& content);
  void setFact(const RecordFact& fact, double value);
  void restoreFact(const RecordFact& fact);
  void setFactMasked(const RecordFact& fact, bool masked);
  void discard();

 private:
  void push(RecordEdits edits, const QString& text);

  Document& m_document;
};

/// "lipids, 2.10 to 2.80 y": whose and which window.
QString windowText(const MaskWindow& window, const RecordContent& content);
/// What an event or observation is called in texts: its variable, or its code.
QString itemName(const RecordLane& lane, const RecordMark& mark);

}  // namespace fusemoe::ui
