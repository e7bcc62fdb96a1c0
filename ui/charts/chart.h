#pragma once

#include <QWidget>

#include "state/table.h"
#include "state/view_context.h"

class QCustomPlot;
class QPainter;
class QVBoxLayout;

namespace fusemoe::ui {

struct Target;
struct Theme;

/// Base of the charts: a plot that follows the document (or another source), the shared selection and the theme. A
/// visible chart repaints
/// in the signal that changed it; a hidden one only remembers to. Hovering lights up, a click selects, Escape ends it,
/// arrow keys step through experts and modalities. GUI thread.
class Chart : public QWidget {
  Q_OBJECT

 public:
  ~Chart() override;

  /// True when what is drawn is older than the document.
  bool dirty() const { return m_dirty; }
  /// True while the picture belongs to an earlier state and says so.
  bool dimmed() const;
  /// What is said in the corner or over it: that it is empty, updating, or shows the reference. Empty = nothing.
  QString notice() const;
  /// The widget that shows the plot and takes the mouse.
  QWidget& canvas() const;

  /// Draws the chart as it is now into `area` of any paint device, as lines and text, whether visible or not. Text has
  /// the same share of the picture as on the screen.
  virtual void draw(QPainter& painter, const QRect& area);
  /// The numbers shown, in full.
  virtual Table table() const;

 protected:
  /// Whose numbers a chart shows: the document's result, or something that calls follow() by itself.
  enum class Source { Document, Other };
  explicit Chart(const ViewContext& context, QWidget* parent, Source source = Source::Document);

  /// True when there is something to draw: the document's result.
  virtual bool ready() const;
  /// Said in its place while there is not.
  virtual QString emptyText() const;
  /// Reads what it shows into the plot's items. Only called when it is ready.
  virtual void refresh() = 0;
  /// Applies colours and fonts to the items.
  virtual void restyle() = 0;
  /// Reacts to what the pointer is on: expert and modality, or none. By default as to new data.
  virtual void highlight();
  /// The pointer is at `position` of the plot: sets the selection and returns the tooltip, empty = nothing there.
  virtual QString pointAt(const QPoint& position) = 0;
  /// Paints what stands below the plot into a strip of the picture; `stripHeight` says how high it is.
  virtual void drawStrip(QPainter& painter, const QRect& area) const;
  virtual int stripHeight() const;

  QCustomPlot& plot() const { return *m_plot; }
  const ViewContext& context() const { return m_context; }
  const Theme& theme() const;
  /// The plot stands first in it.
  QVBoxLayout& column() const { return *m_column; }
  /// There is something new to draw: now when visible, else when shown.
  void follow();
  /// Draws now and shows with the window's next repaint.
  void replot();
  /// The modality's opacity when another one is pointed at.
  double emphasis(int modality) const;
  /// True when there is another result behind the one shown.
  bool hasGhost() const;

  bool eventFilter(QObject* watched, QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  class Veil;

  bool onScreen() const;
  void adopt();
  void applyTheme();
  void updateVeil();
  void hover(const QPoint& position);
  void press(const QPoint& position);
  void step(int experts, int modalities);
  void drawPlot(QPainter& painter, const QSize& size);

  ViewContext m_context;
  Source m_source;
  QCustomPlot* m_plot;
  QVBoxLayout* m_column;
  Veil* m_veil;
  bool m_dirty = true;
};

}  // namespace fusemoe::ui
