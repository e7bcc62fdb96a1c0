#pragma once

#include <QList>
#include <QWidget>

#include "state/view_context.h"

class QPainter;

namespace fusemoe::ui {

/// One line of swatches with names under a chart. Pointing at a modality's entry lights it up everywhere, a
/// click selects it.
class LegendStrip : public QWidget {
  Q_OBJECT

 public:
  enum class Mark { Filled, Hatched, Tick };
  struct Entry {
    QString text;
    int modality = -1;
    Mark mark = Mark::Filled;
    bool operator==(const Entry&) const = default;
  };

  explicit LegendStrip(const ViewContext& context, QWidget* parent = nullptr);

  void setEntries(const QList<Entry>& entries);
  /// Pixels from the left where the entries begin.
  void setIndent(int indent);
  /// Draws it into a line of any paint device.
  void paint(QPainter& painter, const QRect& area) const;
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  QList<QRect> places(int width) const;
  int modalityAt(const QPoint& position) const;
  void drawMark(QPainter& painter, const QRect& place, const Entry& entry) const;

  ViewContext m_context;
  QList<Entry> m_entries;
  int m_indent = 0;
};

}  // namespace fusemoe::ui
