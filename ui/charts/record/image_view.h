#pragma once

#include <QImage>
#include <QWidget>

#include "state/view_context.h"

namespace fusemoe::ui {

/// A picture, as large as fits at first; wheel or + and − zoom, dragging moves, Home or a double click fits it again.
class ImageView : public QWidget {
  Q_OBJECT

 public:
  explicit ImageView(const ViewContext& context, QWidget* parent = nullptr);

  void setImage(const QImage& image);
  /// Screen pixels a picture's pixel takes.
  double scale() const;
  void zoom(double factor) { zoomAt(factor, rect().center()); }
  void fit();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  double fittingScale() const;
  void zoomAt(double factor, const QPointF& position);

  ViewContext m_context;
  QImage m_image;
  double m_zoom = 1;  ///< times the fitting scale
  QPointF m_offset;   ///< of the picture's centre from the view's
  QPointF m_grip;
};

}  // namespace fusemoe::ui
