#include "charts/matrix_chart.h"

#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "charts/colour_bar.h"
#include "charts/colour_map.h"
#include "charts/qcp.h"
#include "charts/routing_numbers.h"
#include "state/appearance.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr double kLeastRow = 16, kMostRow = 40;
constexpr int kHeading = 20;
constexpr int kGap = 8;
constexpr int kSquare = 9, kPitch = 12;  // of a pattern, as in the stay list
constexpr int kNarrowColumn = 44;        // below it headings are left out rather than cut
constexpr double kDetailRow = 31;        // rows at least so high hold a second line

bool finite(const std::optional<double>& value) {
  return value && std::isfinite(*value);
}

}  // namespace

MatrixChart::MatrixChart(const ViewContext& context, QWidget* parent)
    : RowChart(context, kLeastRow, kMostRow, parent), m_bar(new ColourBar(context, this)) {
  setAccessibleName(tr("Matrix"));
  setAccessibleDescription(tr("Rows and columns of numbers, with colours; arrow keys step through the cells"));
  plot().xAxis->setVisible(false);
  plot().axisRect()->setAutoMargins(QCP::msNone);
  column().addWidget(m_bar);
}

void MatrixChart::setContent(MatrixContent content) {
  m_content = std::move(content);
  m_content.cells.resize(m_content.rows.size() * m_content.columns.size());
  m_bar->setVisible(coloured());
  setRows(static_cast<int>(m_content.rows.size()));
}

bool MatrixChart::coloured() const {
  return std::ranges::any_of(m_content.columns, &MatrixColumn::coloured);
}

const MatrixCell& MatrixChart::cell(int row, int column) const {
  return m_content.cells.at(size_t(row) * m_content.columns.size() + size_t(column));
}

QString MatrixChart::text(int row, int column) const {
  const MatrixCell& cell = this->cell(row, column);
  if (!cell.text.isEmpty()) return cell.text;
  return finite(cell.value) ? number(*cell.value, m_content.columns[size_t(column)].decimals) : QStringLiteral("–");
}

QColor MatrixChart::colour(int row, int column) const {
  const MatrixColumn& scale = m_content.columns.at(size_t(column));
  const MatrixCell& cell = this->cell(row, column);
  if (!scale.coloured) return theme().surface;
  if (!finite(cell.value)) return theme().grid;
  const double range = scale.most - scale.least;
  const double share = range == 0 ? 0.5 : (*cell.value - scale.least) / range;
  return m_content.diverging ? ColourMap::change(theme()).at(share) : ColourMap::cividis().at(share);
}

int MatrixChart::squaresWidth() const {
  const bool patterns =
      std::ranges::any_of(m_content.rows, [](const MatrixRow& row) { return row.present.has_value(); });
  return patterns ? m_content.modalities * kPitch + kGap : 0;
}

int MatrixChart::namesWidth() const {
  const QFontMetrics metrics(themeFont(kCaptionPixels));
  int names = metrics.horizontalAdvance(m_content.rowTitle);
  for (const MatrixRow& row : m_content.rows) names = std::max(names, metrics.horizontalAdvance(row.name));
  return std::min(names + squaresWidth() + kGap + 4, plot().viewport().width() * 2 / 5);
}

void MatrixChart::refresh() {
  const int top = kHeading + (m_content.columnTitle.isEmpty() ? 0 : kHeading - 4);
  plot().axisRect()->setMargins(QMargins(namesWidth(), top, 4, 20));
  m_bar->setScale({m_content.measure, m_content.least, m_content.most, m_content.missing,
                   m_content.diverging ? ColourMap::change(theme()) : ColourMap::cividis()});
}

QRectF MatrixChart::cellRect(int row, int column) const {
  const QRect all = plot().axisRect()->rect();
  const QRectF whole = rowRect(row);
  const double width = double(all.width()) / std::max(1, columns());
  const double left = std::round(all.left() + column * width), right = std::round(all.left() + (column + 1) * width);
  const double top = std::round(whole.top()), bottom = std::round(whole.bottom());
  return {left, top, right - left - 1, bottom - top - 1};
}

int MatrixChart::columnAt(const QPointF& position) const {
  const QRect all = plot().axisRect()->rect();
  if (position.x() < all.left() || position.x() > all.right() + 1) return -1;
  const double share = (position.x() - all.left()) / std::max(1, all.width());
  return std::clamp(static_cast<int>(share * columns()), 0, columns() - 1);
}

void MatrixChart::paint(QCPPainter& painter) {
  const auto [first, end] = shownRows();
  painter.setFont(themeFont(kCaptionPixels));
  for (int row = first; row < end; ++row) {
    paintName(painter, row);
    for (int column = 0; column < columns(); ++column) paintCell(painter, row, column);
  }
  for (int row = first; row < end; ++row) {
    for (int column = 0; column < columns(); ++column)
      if (cell(row, column).outlined) paintFrame(painter, cellRect(row, column), Qt::white);
  }
  if (const int row = currentRow(); row >= first && row < end) {
    const QRectF all = cellRect(row, 0).united(cellRect(row, columns() - 1));
    paintFrame(painter, currentColumn() < 0 ? all : cellRect(row, currentColumn()), theme().accent);
  }
  paintHeadings(painter);
  painter.setPen(theme().secondary);
  const QRect all = plot().axisRect()->rect();
  painter.drawText(QRectF(2, all.bottom() + 3, all.right(), 16), Qt::AlignLeft | Qt::AlignVCenter, cutNote());
}

void MatrixChart::paintHeadings(QCPPainter& painter) const {
  const QRect all = plot().axisRect()->rect();
  painter.setAntialiasing(true);
  painter.setPen(theme().secondary);
  const QFontMetrics metrics = painter.fontMetrics();
  painter.drawText(QRectF(2, all.top() - kHeading, all.left() - kGap, kHeading - 2), Qt::AlignLeft | Qt::AlignVCenter,
                   metrics.elidedText(m_content.rowTitle, Qt::ElideRight, all.left() - kGap));
  painter.drawText(QRectF(all.left(), 0, all.width(), kHeading - 4), Qt::AlignCenter, m_content.columnTitle);
  int widest = 0;
  for (const MatrixColumn& column : m_content.columns)
    widest = std::max(widest, metrics.horizontalAdvance(column.name));
  const int width = all.width() / std::max(1, columns());
  const int step = width >= kNarrowColumn ? 1 : std::max(1, (widest + 4 + width - 1) / std::max(1, width));
  for (int column = 0; column < columns(); column += step) {
    QRectF place = cellRect(0, column);
    place.setTop(all.top() - kHeading);
    place.setHeight(kHeading - 2);
    const QString& name = m_content.columns[size_t(column)].name;
    const QString shown = step > 1 ? name : metrics.elidedText(name, Qt::ElideRight, width);
    painter.drawText(place.adjusted(-20, 0, 20, 0), Qt::AlignCenter, shown);
  }
}

void MatrixChart::paintName(QCPPainter& painter, int index) const {
  const MatrixRow& row = m_content.rows[size_t(index)];
  const QRectF place = rowRect(index);
  const double middle = std::round(place.center().y());
  painter.setAntialiasing(true);
  if (row.present) {
    for (int i = 0; i < m_content.modalities; ++i) {
      const bool there = (*row.present >> i) & 1U;
      const QRectF square(2.0 + i * kPitch, middle - kSquare / 2.0 - 0.5, kSquare, kSquare);
      painter.setPen(there ? QPen(Qt::NoPen) : QPen(theme().faint, 1, Qt::DotLine));
      painter.setBrush(there ? QBrush(theme().modality(i)) : QBrush(Qt::NoBrush));
      painter.drawRoundedRect(there ? square : square.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    }
  }
  const QRectF name(2.0 + squaresWidth(), place.top(), namesWidth() - squaresWidth() - kGap, place.height());
  painter.setPen(theme().text);
  painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(row.name, Qt::ElideRight, int(name.width())));
}

void MatrixChart::paintCell(QCPPainter& painter, int row, int column) const {
  const QRectF rect = cellRect(row, column);
  const MatrixCell& cell = this->cell(row, column);
  const QColor ground = colour(row, column);
  painter.setAntialiasing(false);
  painter.fillRect(rect, ground);
  painter.setAntialiasing(true);
  const bool plain = !m_content.columns[size_t(column)].coloured;
  painter.setPen(!finite(cell.value) ? theme().secondary : plain ? theme().text : theme().textOn(ground));
  const QString shown = text(row, column);
  const QFontMetrics metrics = painter.fontMetrics();
  if (metrics.horizontalAdvance(shown) + 2 > rect.width()) return;
  const bool detailed = !cell.detail.isEmpty() && rect.height() >= kDetailRow &&
                        metrics.horizontalAdvance(cell.detail) + 4 <= rect.width();
  if (!detailed) {
    painter.drawText(rect, Qt::AlignCenter, shown);
    return;
  }
  const double middle = rect.center().y();
  painter.setFont(themeFont(kCaptionPixels, QFont::DemiBold));
  painter.drawText(QRectF(rect.left(), middle - 15, rect.width(), 15), Qt::AlignCenter, shown);
  painter.setFont(themeFont(kCaptionPixels));
  painter.drawText(QRectF(rect.left(), middle, rect.width(), 15), Qt::AlignCenter, cell.detail);
}

void MatrixChart::paintFrame(QCPPainter& painter, const QRectF& rect, const QColor& inner) const {
  // In a dark casing: seen on every colour of the map.
  painter.setAntialiasing(false);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(QColor(0, 0, 0, 190), 1, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
  painter.drawRect(rect.adjusted(-1, -1, 0, 0));
  painter.drawRect(rect.adjusted(2, 2, -3, -3));
  painter.setPen(QPen(inner, 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
  painter.drawRect(rect.adjusted(1, 1, -1, -1));
}

QString MatrixChart::pointAt(const QPoint& position) {
  const int row = rowAt(position);
  if (row < 0) {
    const int heading = position.y() < plot().axisRect()->rect().top() ? columnAt(position) : -1;
    return heading < 0 ? QString() : m_content.columns[size_t(heading)].tip.toHtmlEscaped();
  }
  QStringList lines{QStringLiteral("<b>%1</b>").arg(m_content.rows[size_t(row)].name.toHtmlEscaped())};
  if (const int column = columnAt(position); column >= 0) {
    const MatrixColumn& heading = m_content.columns[size_t(column)];
    const MatrixCell& cell = this->cell(row, column);
    lines.first() += QStringLiteral(", ") + heading.name.toHtmlEscaped();
    if (finite(cell.value)) {
      const int decimals = heading.decimals == 0 ? 0 : heading.decimals + 1;
      const QString shown = heading.coloured ? number(*cell.value, decimals) : text(row, column);
      lines << QStringLiteral("<b>%1</b>").arg(shown.toHtmlEscaped());
      if (!cell.detail.isEmpty()) lines << cell.detail.toHtmlEscaped();
    } else if (!cell.reason.isEmpty()) {
      lines << cell.reason.toHtmlEscaped();
    }
    if (!cell.tip.isEmpty()) lines << cell.tip.toHtmlEscaped();
  }
  return lines.join(QStringLiteral("<br>"));
}

void MatrixChart::drawStrip(QPainter& painter, const QRect& area) const {
  if (coloured()) m_bar->paint(painter, area);
}

int MatrixChart::stripHeight() const {
  return coloured() ? m_bar->sizeHint().height() : 0;
}

Table MatrixChart::table() const {
  Table table;
  if (!ready()) return table;
  table.columns = {m_content.rowTitle.isEmpty() ? tr("row") : m_content.rowTitle};
  for (const MatrixColumn& column : m_content.columns) table.columns << column.name;
  for (int row = 0; row < static_cast<int>(m_content.rows.size()); ++row) {
    QStringList cells{m_content.rows[size_t(row)].name};
    for (int column = 0; column < columns(); ++column)
      cells << (finite(cell(row, column).value) ? exact(*cell(row, column).value) : QString());
    table.rows.push_back(cells);
  }
  return table;
}

}  // namespace fusemoe::ui
