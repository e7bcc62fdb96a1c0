#pragma once

#include <QWidget>

#include "charts/colour_map.h"
#include "state/view_context.h"

namespace fusemoe::ui {

/// The scale of a heat map in one line: what is measured, the colours from least to most, and what an empty cell is.
class ColourBar : public QWidget {
  Q_OBJECT

 public:
  struct Scale {
    QString title, least, most;
    QString empty;  ///< what a cell without a number means; empty = there are none
    ColourMap map;
  };

  explicit ColourBar(const ViewContext& context, QWidget* parent = nullptr);

  void setScale(const Scale& scale);
  const Scale& scale() const { return m_scale; }
  void paint(QPainter& painter, const QRect& area) const;
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  ViewContext m_context;
  Scale m_scale;
};

}  // namespace fusemoe::ui
