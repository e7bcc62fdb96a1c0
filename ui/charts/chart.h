#pragma once

#include <QWidget>

#include "state/view_context.h"

class QCustomPlot;
class QVBoxLayout;

namespace fusemoe::ui {

struct Theme;

/// Base of the charts: a plot that follows the document, the shared selection and the theme. A visible chart repaints
/// in the signal that changed it; a hidden one only remembers to. GUI thread.
class Chart : public QWidget {
  Q_OBJECT

 public:
  ~Chart() override;

  /// True when what is drawn is older than the document.
  bool dirty() const { return m_dirty; }
  /// True while the picture belongs to an earlier state and says so.
  bool dimmed() const;

 protected:
  explicit Chart(const ViewContext& context, QWidget* parent);

  /// Reads the document into the plot's items. Only called when the document has a result.
  virtual void refresh() = 0;
  /// Applies colours and fonts to the items.
  virtual void restyle() = 0;
  /// Reacts to what the pointer is on: expert and modality, or none. By default as to new data.
  virtual void highlight();
  /// The pointer is at `position` of the plot: sets the selection and returns the tooltip, empty = nothing there.
  virtual QString pointAt(const QPoint& position) = 0;

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

  bool eventFilter(QObject* watched, QEvent* event) override;
  void showEvent(QShowEvent* event) override;

  void resizeEvent(QResizeEvent* event) override;

 private:
  class Veil;

  void adopt();
  void applyTheme();
  void updateVeil();
  void hover(const QPoint& position);

  ViewContext m_context;
  QCustomPlot* m_plot;
  QVBoxLayout* m_column;
  Veil* m_veil;
  bool m_dirty = true;
};

}  // namespace fusemoe::ui
