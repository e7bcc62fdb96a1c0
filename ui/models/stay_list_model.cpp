#include "models/stay_list_model.h"

#include <algorithm>

#include "state/document_text.h"

namespace fusemoe::ui {

StayListModel::StayListModel(Document& document, QObject* parent) : QAbstractTableModel(parent), m_document(document) {
  reload();
  connect(&document, &Document::changed, this, [this](Changes changes) {
    if (changes.testFlag(Change::Cohort)) {
      reload();
    } else if (changes.testFlag(Change::Model)) {
      readPattern();
      if (rowCount() > 0) Q_EMIT dataChanged(index(0, PresentColumn), index(rowCount() - 1, PresentColumn));
    }
  });
}

int StayListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || !m_stays ? 0 : static_cast<int>(m_stays->size());
}

int StayListModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant StayListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const StaySummary& summary = stay(index.row());
  if (role == StayIdRole) return static_cast<qint64>(summary.stayId);
  if (role == PresentRole) return quint32{summary.present};
  const bool pattern = index.column() == PresentColumn;
  if (pattern && (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole)) return presentText(summary.present);
  if (role != Qt::DisplayRole || pattern) return {};
  switch (index.column()) {
    case StayColumn:
      return QString::number(summary.stayId);
    case LabelColumn:
      return label(summary);
    default:
      return QString::fromStdString(summary.split);
  }
}

QVariant StayListModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole) return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
  if (role == Qt::ToolTipRole && section == LabelColumn && m_document.cohort() &&
      !m_document.cohort()->info().tasks.empty()) {
    return QString::fromStdString(m_document.cohort()->info().tasks.front().title);
  }
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case StayColumn:
      return tr("Stay");
    case PresentColumn:
      return tr("Present");
    case LabelColumn:
      return tr("Label");
    default:
      return tr("Split");
  }
}

int StayListModel::rowOf(std::int64_t stayId) const {
  if (!m_stays) return -1;
  const auto place = std::ranges::lower_bound(*m_stays, stayId, {}, &StaySummary::stayId);
  return place == m_stays->end() || place->stayId != stayId ? -1 : static_cast<int>(place - m_stays->begin());
}

QString StayListModel::label(const StaySummary& stay) const {
  return labelText(m_document, stay.labels);
}

void StayListModel::reload() {
  beginResetModel();
  m_stays = m_document.stays();
  readPattern();
  endResetModel();
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

}  // namespace fusemoe::ui
