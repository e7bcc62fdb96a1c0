#pragma once

#include <QList>
#include <QScrollArea>
#include <QString>

#include "state/view_context.h"

class QTextDocument;

namespace fusemoe::ui {

/// Findings in words: what was measured on which scale, what it means, what to try next. Scrolls.
class FindingList : public QScrollArea {
  Q_OBJECT

 public:
  struct Entry {
    QString name, value, scale, meaning, next;
    bool warn = false;
  };

  explicit FindingList(const ViewContext& context, QWidget* parent = nullptr);

  void setEntries(QList<Entry> entries);
  const QList<Entry>& entries() const { return m_entries; }
  void paint(QPainter& painter, const QRect& area) const;

 private:
  class Page;

  void write(QTextDocument& text) const;

  ViewContext m_context;
  QList<Entry> m_entries;
  Page* m_page;
};

}  // namespace fusemoe::ui
