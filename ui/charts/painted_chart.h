#pragma once

#include <QWidget>

#include "state/table.h"
#include "state/view_context.h"

namespace fusemoe::ui {

struct Theme;

/// Base of the pictures that are no plot: drawn by hand from numbers that are given to them, the same way on the screen
/// and into a file. Hovering tells of what is under the pointer and lights up its modality and expert everywhere; a
/// click, or Enter after the arrow keys, takes it. GUI thread.
class PaintedChart : public QWidget {
  Q_OBJECT

 public:
  /// Draws it as it is into `area` of any paint device, with text of the same share of the picture as on the screen.
  void draw(QPainter& painter, const QRect& area) const;
  virtual Table table() const = 0;
  QSize sizeHint() const override { return {640, 360}; }
  QSize minimumSizeHint() const override { return {260, 150}; }

 protected:
  PaintedChart(const ViewContext& context, const QString& name, QWidget* parent);

  /// Something under the pointer: what it says, and what it is of. No text = nothing there.
  struct Spot {
    QString tip;
    int modality = -1, expert = -1;
  };

  virtual void paint(QPainter& painter, const QSize& size) const = 0;
  virtual Spot spotAt(const QPoint& at) const = 0;
  /// What is under `at` was clicked.
  virtual void take(const QPoint& /*at*/) {}
  /// An arrow key: moves what Enter takes. False where there is nothing to move.
  virtual bool step(int /*right*/, int /*down*/) { return false; }
  virtual void takeStepped() {}

  const ViewContext& context() const { return m_context; }
  const Theme& theme() const;
  /// The modality's opacity when another one is pointed at.
  double emphasis(int modality) const;

  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  ViewContext m_context;
};

/// A heading within a picture, and a line of quiet text: the one type scale of all of them.
void drawHeading(QPainter& painter, const QRectF& area, const QString& text, const Theme& theme);
void drawQuiet(QPainter& painter, const QRectF& area, const QString& text, const Theme& theme,
               Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter);

}  // namespace fusemoe::ui
