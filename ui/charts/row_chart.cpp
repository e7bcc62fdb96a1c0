#include "charts/row_chart.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <algorithm>

#include "charts/paint_layer.h"
#include "charts/qcp.h"

namespace fusemoe::ui {

RowChart::RowChart(const ViewContext& context, double leastRow, double mostRow, QWidget* parent)
    : Chart(context, parent, Source::Other), m_window(leastRow, mostRow) {
  new PaintLayer(plot().xAxis, plot().yAxis, [this](QCPPainter& painter) {
    m_window.setRoom(plot().axisRect()->rect().height());
    if (ready()) paint(painter);
  });
  plot().yAxis->setVisible(false);
}

void RowChart::setRows(int rows) {
  m_window.setRows(rows);
  m_window.setCurrent(-1);
  m_window.scroll(-rows);
  m_column = -1;
  follow();
}

void RowChart::setCurrent(int row, int column) {
  m_window.setCurrent(row);
  m_column = column;
  replot();
}

QRectF RowChart::rowRect(int row) const {
  const double top = plot().axisRect()->rect().top() + m_window.top(row);
  return {0, top, double(plot().viewport().width()), m_window.height()};
}

int RowChart::rowAt(const QPointF& position) const {
  return m_window.at(position.y() - plot().axisRect()->rect().top());
}

QString RowChart::cutNote() const {
  if (!m_window.cut()) return {};
  return tr("rows %1–%2 of %3").arg(m_window.first() + 1).arg(m_window.end()).arg(m_window.rows());
}

bool RowChart::eventFilter(QObject* watched, QEvent* event) {
  if (watched == &plot() && event->type() == QEvent::Wheel && m_window.cut()) {
    const int by = static_cast<QWheelEvent*>(event)->angleDelta().y();
    m_window.scroll(by > 0 ? -1 : by < 0 ? 1 : 0);
    replot();
    return true;
  }
  const bool handled = Chart::eventFilter(watched, event);
  if (watched != &plot() || event->type() != QEvent::MouseButtonPress || !ready()) return handled;
  const auto* mouse = static_cast<QMouseEvent*>(event);
  const int row = rowAt(mouse->position());
  if (mouse->button() != Qt::LeftButton || row < 0) return handled;
  setCurrent(row, columnAt(mouse->position()));
  Q_EMIT clicked(row, m_column);
  return handled;
}

void RowChart::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
      m_window.step(event->key() == Qt::Key_Up ? -1 : 1);
      replot();
      break;
    case Qt::Key_Left:
    case Qt::Key_Right:
      m_column = std::clamp(m_column + (event->key() == Qt::Key_Left ? -1 : 1), -1, columns() - 1);
      replot();
      break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (currentRow() >= 0) Q_EMIT clicked(currentRow(), m_column);
      break;
    case Qt::Key_Escape:
      setCurrent(-1);
      Chart::keyPressEvent(event);
      break;
    default:
      Chart::keyPressEvent(event);
  }
}

}  // namespace fusemoe::ui
