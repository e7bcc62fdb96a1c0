#include "panels/analysis/answer_table.h"

#include <QAbstractTableModel>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "state/appearance.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr int kRowHeight = 24;

}  // namespace

class AnswerTable::Model : public QAbstractTableModel {
 public:
  using QAbstractTableModel::QAbstractTableModel;

  std::vector<AnswerColumn> columns;
  std::vector<AnswerRow> rows;

  void set(std::vector<AnswerRow> found) {
    beginResetModel();
    rows = std::move(found);
    arrange();
    endResetModel();
  }
  void set(std::vector<AnswerColumn> wanted) {
    beginResetModel();
    columns = std::move(wanted);
    rows.clear();
    m_shown.clear();
    m_sorted = -1;
    endResetModel();
  }
  void setRange(int column, double least, double most) {
    beginResetModel();
    m_ranged = column;
    m_least = least;
    m_most = most;
    arrange();
    endResetModel();
  }
  const AnswerRow& shown(int row) const { return rows.at(m_shown.at(size_t(row))); }

  int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_shown.size()); }
  int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(columns.size()); }
  QVariant data(const QModelIndex& index, int role) const override {
    const AnswerRow& row = shown(index.row());
    switch (role) {
      case Qt::DisplayRole:
        return row.cells.at(size_t(index.column())).text;
      case Qt::TextAlignmentRole:
        return int((columns.at(size_t(index.column())).number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
      case Qt::FontRole:
        return themeFont(kBodyPixels, row.marked ? QFont::DemiBold : QFont::Normal);
      case Qt::ToolTipRole:
        return row.tip.isEmpty() ? row.cells.at(size_t(index.column())).text : row.tip;
      default:
        return {};
    }
  }
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
    if (orientation != Qt::Horizontal || section >= int(columns.size())) return {};
    const AnswerColumn& column = columns[size_t(section)];
    if (role == Qt::DisplayRole) return column.title;
    if (role == Qt::ToolTipRole) return column.tip;
    if (role == Qt::TextAlignmentRole) return int((column.number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
  }
  void sort(int column, Qt::SortOrder order) override {
    beginResetModel();
    m_sorted = column;
    m_order = order;
    arrange();
    endResetModel();
  }

 private:
  void arrange() {
    m_shown.clear();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const double value = m_ranged < 0 ? 0 : rows[i].cells.at(size_t(m_ranged)).order;
      if (m_ranged < 0 || (value >= m_least && value <= m_most)) m_shown.push_back(i);
    }
    if (m_sorted < 0 || m_sorted >= int(columns.size())) return;
    const bool up = m_order == Qt::AscendingOrder;
    const bool numbers = columns[size_t(m_sorted)].number;
    std::ranges::stable_sort(m_shown, [&](std::size_t a, std::size_t b) {
      const AnswerCell& first = rows[a].cells[size_t(m_sorted)];
      const AnswerCell& second = rows[b].cells[size_t(m_sorted)];
      if (!numbers) return up ? first.text < second.text : second.text < first.text;
      if (std::isnan(first.order) || std::isnan(second.order)) return !std::isnan(first.order);
      return up ? first.order < second.order : second.order < first.order;
    });
  }

  std::vector<std::size_t> m_shown;
  int m_sorted = -1, m_ranged = -1;
  double m_least = 0, m_most = 0;
  Qt::SortOrder m_order = Qt::DescendingOrder;
};

AnswerTable::AnswerTable(const ViewContext& context, const QString& name, QWidget* parent)
    : QTableView(parent), m_context(context), m_model(new Model(this)) {
  setAccessibleName(name);
  setModel(m_model);
  setShowGrid(false);
  setWordWrap(false);
  setFrameShape(QFrame::NoFrame);
  setSelectionBehavior(SelectRows);
  setSelectionMode(SingleSelection);
  setTabKeyNavigation(false);
  setSortingEnabled(true);
  verticalHeader()->hide();
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  verticalHeader()->setDefaultSectionSize(kRowHeight);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setSortIndicator(-1, Qt::DescendingOrder);
  horizontalHeader()->setMinimumSectionSize(30);
  connect(this, &QTableView::clicked, this,
          [this](const QModelIndex& index) { Q_EMIT taken(m_model->shown(index.row()).id); });
}

void AnswerTable::setColumns(std::vector<AnswerColumn> columns) {
  m_model->set(std::move(columns));
  for (int i = 0; i < int(m_model->columns.size()); ++i) {
    const int width = m_model->columns[size_t(i)].width;
    horizontalHeader()->setSectionResizeMode(i, width > 0 ? QHeaderView::Interactive : QHeaderView::Stretch);
    if (width > 0) horizontalHeader()->resizeSection(i, width);
  }
}

void AnswerTable::setRows(std::vector<AnswerRow> rows) {
  m_model->set(std::move(rows));
}

void AnswerTable::setRange(int column, double least, double most) {
  m_model->setRange(column, least, most);
}

int AnswerTable::shownRows() const {
  return m_model->rowCount();
}

const AnswerRow& AnswerTable::shownRow(int row) const {
  return m_model->shown(row);
}

void AnswerTable::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (enter && currentIndex().isValid()) {
    Q_EMIT taken(m_model->shown(currentIndex().row()).id);
    return;
  }
  QTableView::keyPressEvent(event);
}

Table AnswerTable::table(bool identifiers) const {
  Table table;
  for (const AnswerColumn& column : m_model->columns)
    if (identifiers || !column.identifies) table.columns << column.title;
  for (int row = 0; row < m_model->rowCount(); ++row) {
    QStringList cells;
    for (std::size_t i = 0; i < m_model->columns.size(); ++i) {
      const AnswerCell& cell = m_model->shown(row).cells[i];
      if (identifiers || !m_model->columns[i].identifies) cells << (cell.full.isEmpty() ? cell.text : cell.full);
    }
    table.rows.push_back(cells);
  }
  return table;
}

void AnswerTable::draw(QPainter& painter, const QRect& area, bool identifiers) const {
  const Theme& theme = m_context.appearance.theme();
  int fixed = 0, stretched = 0;
  for (const AnswerColumn& column : m_model->columns) {
    if (column.identifies && !identifiers) continue;
    fixed += column.width;
    stretched += column.width == 0 ? 1 : 0;
  }
  const double share = std::min(1.0, double(area.width()) / std::max(1, fixed + 120 * stretched));
  const double rest = stretched > 0 ? (area.width() - fixed * share) / stretched : 0;
  const auto write = [&](double top, auto text, auto font, const QColor& ink) {
    double left = area.left();
    for (std::size_t i = 0; i < m_model->columns.size(); ++i) {
      const AnswerColumn& column = m_model->columns[i];
      if (column.identifies && !identifiers) continue;
      const double width = column.width > 0 ? column.width * share : rest;
      painter.setFont(font);
      painter.setPen(ink);
      painter.drawText(QRectF(left + 4, top, width - 8, kRowHeight),
                       int((column.number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter),
                       painter.fontMetrics().elidedText(text(i), Qt::ElideRight, int(width) - 8));
      left += width;
    }
  };
  write(
      area.top(), [&](std::size_t i) { return m_model->columns[i].title; }, themeFont(kCaptionPixels), theme.secondary);
  painter.setPen(theme.border);
  painter.drawLine(area.left(), area.top() + kRowHeight, area.right(), area.top() + kRowHeight);
  const int room = std::max(0, area.height() / kRowHeight - 1);
  for (int row = 0; row < std::min(room, m_model->rowCount()); ++row) {
    const AnswerRow& shown = m_model->shown(row);
    write(
        area.top() + (row + 1) * kRowHeight, [&](std::size_t i) { return shown.cells[i].text; },
        themeFont(12, shown.marked ? QFont::DemiBold : QFont::Normal), theme.text);
  }
}

AnswerCell numberCell(double value, int decimals, bool sign) {
  if (std::isnan(value)) return {QStringLiteral("–"), value, QStringLiteral(" ")};
  return {std::isinf(value) ? QStringLiteral("∞")
          : sign            ? signedNumber(value, decimals)
                            : number(value, decimals),
          value, QString::number(value, 'g', QLocale::FloatingPointShortest)};
}

AnswerCell textCell(const QString& text) {
  return {text, 0, {}};
}

}  // namespace fusemoe::ui
