#include "models/stay_list_model.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "state/cohort_sweep.h"
#include "state/document_text.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr std::array kKeys{StayKey::Id, StayKey::Present, StayKey::Label, StayKey::Risk, StayKey::Split};

}  // namespace

StayListModel::StayListModel(const Document& document, const CohortSweep& sweep, QObject* parent)
    : QAbstractTableModel(parent), m_document(document), m_sweep(sweep) {
  m_arrange.setSingleShot(true);
  m_arrange.setInterval(kArrangeEvery);
  connect(&m_arrange, &QTimer::timeout, this, &StayListModel::arrangeByRisk);
  reload();
  connect(&document, &Document::changed, this, [this](Changes changes) {
    if (changes.testFlag(Change::Cohort)) {
      reload();
    } else if (changes.testFlag(Change::Model)) {
      readPattern();
      if (rowCount() > 0) Q_EMIT dataChanged(index(0, PresentColumn), index(rowCount() - 1, PresentColumn));
    } else if (changes.testFlag(Change::Filter) && m_filter != m_document.state().filter) {
      beginResetModel();
      readFilter();
      filter();
      endResetModel();
    }
  });
  connect(&sweep, &CohortSweep::rowsArrived, this, &StayListModel::take);
  connect(&sweep, &CohortSweep::stateChanged, this, &StayListModel::arrangeByRisk);
  connect(&sweep, &CohortSweep::restarted, this, [this] {
    if (m_stays != m_document.stays()) return;  // another cohort, which is about to be read
    arrangeByRisk();
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, RiskColumn), index(rowCount() - 1, RiskColumn));
  });
}

int StayListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_places.size());
}

int StayListModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant StayListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const StaySummary& summary = stay(index.row());
  const bool pattern = index.column() == PresentColumn;
  switch (role) {
    case StayIdRole:
      return static_cast<qint64>(summary.stayId);
    case PresentRole:
      return quint32{summary.present};
    case RiskRole: {
      const float risk = m_sweep.risk(m_places[static_cast<std::size_t>(index.row())]);
      return std::isnan(risk) ? QVariant() : QVariant(risk);
    }
    case Qt::ToolTipRole:
      return tip(index.row());
    case Qt::AccessibleTextRole:
      return pattern ? QVariant(presentText(summary.present)) : index.data(Qt::DisplayRole);
    case Qt::TextAlignmentRole:
      return static_cast<int>((index.column() == RiskColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::DisplayRole:
      break;
    default:
      return {};
  }
  switch (index.column()) {
    case StayColumn:
      return QString::number(summary.stayId);
    case LabelColumn:
      return labelText(m_document, summary.labels);
    case RiskColumn:
      return riskText(index.row());
    case SplitColumn:
      return QString::fromStdString(summary.split);
    default:
      return {};
  }
}

QString StayListModel::title(int column) const {
  switch (column) {
    case StayColumn:
      return tr("Stay");
    case PresentColumn:
      return tr("Present");
    case LabelColumn:
      return tr("Label");
    case RiskColumn:
      return tr("Risk");
    default:
      return tr("Split");
  }
}

QVariant StayListModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole) {
    return static_cast<int>((section == RiskColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  }
  if (role == Qt::DisplayRole) {
    const QString arrow = m_order == Qt::AscendingOrder ? QStringLiteral(" ↑") : QStringLiteral(" ↓");
    return section == m_column ? title(section) + arrow : title(section);
  }
  if (role == Qt::AccessibleTextRole) return title(section);
  if (role != Qt::ToolTipRole) return {};
  const bool many = m_document.model() && m_document.model()->config().task.kind == TaskKind::MultiLabel;
  switch (section) {
    case StayColumn:
      return tr("Id of the stay. Press # and type an id to go to it.");
    case PresentColumn:
      return tr("Modalities recorded for the stay; dashed = not recorded");
    case LabelColumn:
      return m_document.cohort() && !m_document.cohort()->info().tasks.empty()
                 ? tr("What happened: %1").arg(QString::fromStdString(m_document.cohort()->info().tasks.front().title))
                 : QString();
    case RiskColumn:
      return many ? tr("Highest of the probabilities the open model gives the stay as recorded, nothing masked")
                  : tr("Probability the open model gives the stay as recorded, nothing masked: %1")
                        .arg(taskTitle(m_document));
    default:
      return tr("Part of the cohort the stay is in: training, validation or test");
  }
}

void StayListModel::sort(int column, Qt::SortOrder order) {
  if (column < 0 || column >= ColumnCount || (column == m_column && order == m_order)) return;
  m_column = column;
  m_order = order;
  arrange();
  Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

void StayListModel::arrange() {
  if (m_query.usesRisk()) {  // risks that came meanwhile may let more stays pass
    beginResetModel();
    order();
    filter();
    endResetModel();
    return;
  }
  Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
  const QModelIndexList before = persistentIndexList();
  std::vector<int> places;
  for (const QModelIndex& index : before) places.push_back(m_places[static_cast<std::size_t>(index.row())]);
  order();
  filter();
  QModelIndexList after;
  for (qsizetype i = 0; i < before.size(); ++i) {
    const int row = m_rows[static_cast<std::size_t>(places[static_cast<std::size_t>(i)])];
    after << (row < 0 ? QModelIndex() : index(row, before[i].column()));
  }
  changePersistentIndexList(before, after);
  Q_EMIT layoutChanged({}, VerticalSortHint);
}

int StayListModel::rowOf(std::int64_t stayId) const {
  if (!m_stays) return -1;
  const auto place = std::ranges::lower_bound(*m_stays, stayId, {}, &StaySummary::stayId);
  return place == m_stays->end() || place->stayId != stayId
             ? -1
             : m_rows[static_cast<std::size_t>(place - m_stays->begin())];
}

int StayListModel::rowBeginningWith(std::int64_t prefix) const {
  const auto begins = [&](int place) { return beginsWith((*m_stays)[static_cast<std::size_t>(place)].stayId, prefix); };
  const auto found = std::ranges::find_if(m_places, begins);
  return found == m_places.end() ? -1 : static_cast<int>(found - m_places.begin());
}

void StayListModel::reload() {
  beginResetModel();
  m_stays = m_document.stays();
  readPattern();
  readFilter();
  order();
  filter();
  endResetModel();
  Q_EMIT reloaded();
}

void StayListModel::readFilter() {
  m_filter = m_document.state().filter;
  m_query =
      m_document.cohort() ? StayQuery(QString::fromStdString(m_filter), m_document.cohort()->info()) : StayQuery();
}

void StayListModel::order() {
  static const std::vector<StaySummary> kNone;
  m_ordered = sortedStays(m_stays ? *m_stays : kNone, kKeys.at(static_cast<std::size_t>(m_column)), m_order,
                          [this](int place) { return m_sweep.risk(place); });
}

void StayListModel::filter() {
  m_places.clear();
  m_rows.assign(m_ordered.size(), -1);
  for (const int place : m_ordered) {
    if (!m_query.accepts((*m_stays)[static_cast<std::size_t>(place)], m_sweep.risk(place))) continue;
    m_rows[static_cast<std::size_t>(place)] = static_cast<int>(m_places.size());
    m_places.push_back(place);
  }
}

void StayListModel::take(const std::vector<int>& arrived) {
  int first = rowCount(), last = -1;
  for (const int place : arrived) {
    const int row = m_rows.at(static_cast<std::size_t>(place));
    if (row < 0) continue;
    first = std::min(first, row);
    last = std::max(last, row);
  }
  if (last >= 0) Q_EMIT dataChanged(index(first, RiskColumn), index(last, RiskColumn));
  if (followsRisk() && !m_arrange.isActive()) m_arrange.start();
}

void StayListModel::arrangeByRisk() {
  if (!followsRisk() || m_stays != m_document.stays()) return;
  m_arrange.stop();
  arrange();
}

void StayListModel::readPattern() {
  m_pattern.clear();
  if (!m_document.cohort()) return;
  const auto& modalities = m_document.cohort()->info().modalities;
  for (std::size_t i = 0; i < modalities.size(); ++i) {
    const CohortModality& modality = modalities[i];
    const int colour =
        m_document.model() ? m_document.model()->config().modalityIndex(modality.name) : static_cast<int>(i);
    const std::string& title = modality.title.empty() ? modality.name : modality.title;
    m_pattern.append({QString::fromStdString(modality.name), QString::fromStdString(title), colour});
  }
}

QString StayListModel::presentText(std::uint32_t present) const {
  QStringList names;
  for (qsizetype i = 0; i < m_pattern.size(); ++i) {
    if ((present >> i) & 1U) names << m_pattern[i].title;
  }
  return names.isEmpty() ? tr("nothing recorded") : tr("recorded: %1").arg(names.join(QStringLiteral(", ")));
}

QString StayListModel::riskText(int row) const {
  const int place = m_places[static_cast<std::size_t>(row)];
  const float risk = m_sweep.risk(place);
  if (!std::isnan(risk)) return number(double(risk), 2);
  return m_sweep.table().failed(place) ? QStringLiteral("–") : QStringLiteral("…");
}

QString StayListModel::tip(int row) const {
  const StaySummary& summary = stay(row);
  const int place = m_places[static_cast<std::size_t>(row)];
  QStringList absent;
  for (qsizetype i = 0; i < m_pattern.size(); ++i) {
    if (!((summary.present >> i) & 1U)) absent << m_pattern[i].title;
  }
  QStringList lines(tr("Stay %1").arg(summary.stayId));
  lines << presentText(summary.present);
  if (!absent.isEmpty()) lines << tr("not recorded: %1").arg(absent.join(QStringLiteral(", ")));
  lines << tr("label: %1").arg(labelText(m_document, summary.labels));
  lines << (summary.split.empty() ? tr("in no split") : tr("split: %1").arg(QString::fromStdString(summary.split)));
  const float risk = m_sweep.risk(place);
  if (!std::isnan(risk)) {
    lines << tr("risk as recorded: %1").arg(number(double(risk), 4));
  } else {
    lines << (m_sweep.table().failed(place) ? tr("risk: the model could not compute it")
                                            : tr("risk: not computed yet"));
  }
  return lines.join('\n');
}

}  // namespace fusemoe::ui
