#include "models/stay_filter_model.h"

#include <QRegularExpression>
#include <algorithm>
#include <bit>
#include <cmath>

#include "models/stay_list_model.h"

namespace fusemoe::ui {
namespace {

/// The first label as a number that sorts: unknown first.
float labelRank(const StaySummary& stay) {
  return stay.labels.empty() || std::isnan(stay.labels.front()) ? -1.0F : stay.labels.front();
}

}  // namespace

StayFilterModel::StayFilterModel(StayListModel& stays, QObject* parent)
    : QSortFilterProxyModel(parent), m_stays(stays) {
  // Before the proxy's own reset: the same words may mean other modalities in another cohort.
  connect(&stays, &QAbstractItemModel::modelReset, this, &StayFilterModel::parse);
  setSourceModel(&stays);
  setDynamicSortFilter(false);
}

void StayFilterModel::setFilter(const QString& text) {
  m_filter = text;
  parse();
  invalidateFilter();
}

void StayFilterModel::parse() {
  m_idPrefixes.clear();
  m_words.clear();
  m_mustHave = m_mustLack = 0;
  const QStringList words = m_filter.toLower().split(QRegularExpression(QStringLiteral("[\\s,]+")), Qt::SkipEmptyParts);
  for (const QString& word : words) {
    const bool lacks = word.startsWith('-');
    const QString name = lacks ? word.mid(1) : word;
    const auto& pattern = m_stays.pattern();
    const auto entry = std::ranges::find_if(pattern, [&](const StayListModel::PatternEntry& modality) {
      return modality.name.toLower().startsWith(name) || modality.title.toLower().startsWith(name);
    });
    if (!name.isEmpty() && entry != pattern.end()) {
      (lacks ? m_mustLack : m_mustHave) |= 1U << (entry - pattern.begin());
    } else if (std::ranges::all_of(word, [](QChar c) { return c.isDigit(); })) {
      m_idPrefixes << word;
    } else if (!lacks) {
      m_words << word;
    }
  }
}

std::int64_t StayFilterModel::stayId(int row) const {
  return m_stays.stay(mapToSource(index(row, 0)).row()).stayId;
}

int StayFilterModel::rowOf(std::int64_t stayId) const {
  const int row = m_stays.rowOf(stayId);
  return row < 0 ? -1 : mapFromSource(m_stays.index(row, 0)).row();
}

bool StayFilterModel::filterAcceptsRow(int row, const QModelIndex& /*parent*/) const {
  const StaySummary& stay = m_stays.stay(row);
  if ((stay.present & m_mustHave) != m_mustHave || (stay.present & m_mustLack) != 0) return false;
  if (!m_idPrefixes.isEmpty()) {
    const QString id = QString::number(stay.stayId);
    if (!std::ranges::all_of(m_idPrefixes, [&](const QString& prefix) { return id.startsWith(prefix); })) return false;
  }
  if (m_words.isEmpty()) return true;
  const QString label = m_stays.label(stay).toLower();
  const QString split = QString::fromStdString(stay.split);
  return std::ranges::all_of(m_words, [&](const QString& w) { return label.startsWith(w) || split.startsWith(w); });
}

bool StayFilterModel::lessThan(const QModelIndex& left, const QModelIndex& right) const {
  const StaySummary& a = m_stays.stay(left.row());
  const StaySummary& b = m_stays.stay(right.row());
  switch (left.column()) {
    case StayListModel::PresentColumn:
      if (std::popcount(a.present) != std::popcount(b.present)) {
        return std::popcount(a.present) < std::popcount(b.present);
      }
      return a.present < b.present;
    case StayListModel::LabelColumn:
      return labelRank(a) < labelRank(b);
    case StayListModel::SplitColumn:
      return a.split < b.split;
    default:
      return a.stayId < b.stayId;
  }
}

}  // namespace fusemoe::ui
