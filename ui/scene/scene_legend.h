#pragma once

#include <QList>
#include <QRectF>
#include <QString>

#include "scene/scene_frame.h"

class QPainter;

namespace fusemoe::ui {

struct Theme;

/// What colours and shapes mean, in lines of entries below the scene.
class SceneLegend {
 public:
  struct Entry {
    QString text;
    SceneMark mark;
    int modality = -1;  ///< lights up when pointed at; -1 = nothing to light up
  };

  void setEntries(QList<Entry> entries) { m_entries = std::move(entries); }
  const QList<Entry>& entries() const { return m_entries; }
  /// Height of the lines that the entries take at a width.
  int height(int width) const;
  /// Paints with the legend's top left corner at the origin.
  void paint(QPainter& painter, int width, const Theme& theme) const;
  /// The entry at a place of the legend, or null.
  const Entry* entryAt(const QPointF& position, int width) const;

 private:
  QList<QRectF> places(int width) const;

  QList<Entry> m_entries;
};

}  // namespace fusemoe::ui
