#include "models/slice_model.h"

#include <algorithm>

#include "state/cohort_sweep.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr std::size_t kMaxLabelSuggestions = 4;

/// "No chest X-ray", but "No ECG".
QString withinSentence(const QString& title) {
  const bool word = title.size() > 1 && title[1].isLower();
  return word ? title.front().toLower() + title.mid(1) : title;
}

QString capitalised(const QString& text) {
  return text.isEmpty() ? text : text.front().toUpper() + text.mid(1);
}

}  // namespace

SliceModel::SliceModel(Document& document, const CohortSweep& sweep, QObject* parent)
    : QAbstractListModel(parent), m_document(document), m_sweep(sweep) {
  reload();
  connect(&document, &Document::changed, this, [this](Changes changes) {
    if (changes & (Change::Cohort | Change::Filter)) reload();
  });
  connect(&sweep, &CohortSweep::rowsArrived, this, &SliceModel::take);
  connect(&sweep, &CohortSweep::restarted, this, [this] {
    if (m_stays == m_document.stays()) count(true);
  });
}

int SliceModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant SliceModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Entry& entry = m_entries[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
      return entry.name;
    case Qt::AccessibleTextRole:
      return entry.count < 0 ? entry.name
                             : tr("%1, %2").arg(entry.name, counted(entry.count, tr("1 stay"), tr("%1 stays")));
    case Qt::ToolTipRole:
      if (!entry.query.problem().isEmpty()) return entry.query.problem();
      if (entry.kind == Kind::All) return tr("Show all stays");
      return entry.kind == Kind::Named ? tr("Filter: %1\nF2 renames, Del deletes").arg(entry.filter)
                                       : tr("Suggested by the data. Filter: %1").arg(entry.filter);
    case FilterRole:
      return entry.filter;
    case CountRole:
      return entry.count < 0 ? QVariant() : QVariant(entry.count);
    case KindRole:
      return static_cast<int>(entry.kind);
    case CurrentRole:
      return entry.filter.toStdString() == m_document.state().filter;
    default:
      return {};
  }
}

Qt::ItemFlags SliceModel::flags(const QModelIndex& index) const {
  if (!index.isValid()) return Qt::NoItemFlags;
  const Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
  return namedIndex(index.row()) >= 0 ? flags | Qt::ItemIsEditable : flags;
}

int SliceModel::namedIndex(int row) const {
  const int named = row - 1;  // after "All stays"
  return named >= 0 && named < static_cast<int>(m_document.state().slices.size()) ? named : -1;
}

bool SliceModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  const int named = index.isValid() && role == Qt::EditRole ? namedIndex(index.row()) : -1;
  const std::string name = value.toString().trimmed().toStdString();
  std::vector<Slice> slices = m_document.state().slices;
  if (named < 0 || name.empty() || std::ranges::find(slices, name, &Slice::name) != slices.end()) return false;
  slices[static_cast<std::size_t>(named)].name = name;
  m_document.setSlices(std::move(slices), tr("rename slice"));
  return true;
}

void SliceModel::choose(int row) {
  m_document.beginGesture();  // one slice after another is one undo step each
  m_document.setFilter(m_entries.at(static_cast<std::size_t>(row)).filter.toStdString());
  m_document.beginGesture();
}

bool SliceModel::save(const QString& name) {
  const std::string trimmed = name.trimmed().toStdString();
  const std::string& filter = m_document.state().filter;
  if (trimmed.empty() || filter.empty()) return false;
  std::vector<Slice> slices = m_document.state().slices;
  const auto same = std::ranges::find(slices, trimmed, &Slice::name);
  if (same == slices.end()) {
    slices.push_back({trimmed, filter});
  } else {
    same->filter = filter;
  }
  m_document.setSlices(std::move(slices), tr("save slice %1").arg(name.trimmed()));
  return true;
}

void SliceModel::remove(int row) {
  const int named = namedIndex(row);
  if (named < 0) return;
  std::vector<Slice> slices = m_document.state().slices;
  const QString text = tr("delete slice %1").arg(QString::fromStdString(slices[static_cast<std::size_t>(named)].name));
  slices.erase(slices.begin() + named);
  m_document.setSlices(std::move(slices), text);
}

SliceModel::Entry SliceModel::entry(Kind kind, const QString& name, const QString& filter) const {
  Entry entry{kind, name, filter, -1, StayQuery(filter, m_document.cohort()->info())};
  // What was counted for this cohort still holds.
  const auto known = std::ranges::find_if(m_entries, [&](const Entry& old) { return old.filter == filter; });
  if (known != m_entries.end() && m_stays == m_document.stays()) entry.count = known->count;
  return entry;
}

std::vector<SliceModel::Entry> SliceModel::entries() const {
  std::vector<Entry> entries;
  if (!m_document.cohort()) return entries;
  entries.push_back(entry(Kind::All, tr("All stays"), QString()));
  for (const Slice& slice : m_document.state().slices)
    entries.push_back(entry(Kind::Named, QString::fromStdString(slice.name), QString::fromStdString(slice.filter)));
  appendSuggestions(entries);
  return entries;
}

void SliceModel::appendSuggestions(std::vector<Entry>& entries) const {
  const CohortInfo& info = m_document.cohort()->info();
  std::uint32_t some = 0, all = ~0U;
  std::uint64_t labels = 0;
  for (const StaySummary& stay : *m_document.stays()) {
    some |= stay.present;
    all &= stay.present;
    labels |= labelBits(stay).bits;
  }
  for (std::size_t m = 0; m < info.modalities.size(); ++m) {
    if (((some & ~all) >> m & 1U) == 0) continue;  // there in every stay, or in none
    const CohortModality& modality = info.modalities[m];
    const QString name = QString::fromStdString(modality.name);
    const QString title = modality.title.empty() ? name : QString::fromStdString(modality.title);
    entries.push_back(
        entry(Kind::Suggested, tr("No %1").arg(withinSentence(title)), QStringLiteral("-%1").arg(quotedWord(name))));
  }
  if (info.tasks.empty() || info.tasks.front().labels.size() > kMaxLabelSuggestions) return;
  for (std::size_t i = 0; i < info.tasks.front().labels.size(); ++i) {
    if ((labels >> i & 1U) == 0) continue;
    const QString label = QString::fromStdString(info.tasks.front().labels[i]);
    entries.push_back(
        entry(Kind::Suggested, capitalised(label), QStringLiteral("label:%1").arg(quotedWord(label.toLower()))));
  }
}

void SliceModel::reload() {
  std::vector<Entry> wanted = entries();
  const bool sameStays = m_stays == m_document.stays();
  m_stays = m_document.stays();
  if (sameStays && wanted == m_entries) {
    refresh();  // another filter is another current slice
    return;
  }
  m_pass.stop();
  if (sameStays && wanted.size() == m_entries.size()) {  // a new name: no reset, which would close the name's editor
    m_entries = std::move(wanted);
    refresh();
  } else {
    beginResetModel();
    m_entries = std::move(wanted);
    endResetModel();
  }
  count(false);
}

void SliceModel::refresh() {
  if (!m_entries.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void SliceModel::count(bool onlyRisk) {
  const bool interrupted = m_pass.running();
  m_counts.assign(m_entries.size(), -1);
  for (std::size_t i = 0; i < m_entries.size(); ++i) {
    const bool outdated = m_entries[i].count < 0 || (onlyRisk && m_entries[i].query.usesRisk());
    if (outdated || interrupted) m_counts[i] = 0;
  }
  if (std::ranges::all_of(m_counts, [](int count) { return count < 0; })) return;
  const auto visit = [this](int row) {
    const StaySummary& stay = (*m_stays)[static_cast<std::size_t>(row)];
    const float risk = m_sweep.risk(row);
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
      if (m_counts[i] >= 0 && m_entries[i].query.accepts(stay, risk)) ++m_counts[i];
    }
  };
  const auto done = [this] {
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
      if (m_counts[i] >= 0) m_entries[i].count = m_counts[i];
    }
    refresh();
  };
  m_pass.start(static_cast<int>(m_stays->size()), visit, done);
}

void SliceModel::take(const std::vector<int>& arrived) {
  bool any = false;
  for (std::size_t i = 0; i < m_entries.size(); ++i) {
    Entry& entry = m_entries[i];
    if (!entry.query.usesRisk()) continue;
    const bool passing = m_pass.running() && m_counts[i] >= 0;
    int& count = passing ? m_counts[i] : entry.count;
    if (count < 0) continue;
    any = true;
    for (const int row : arrived) {
      if (passing && row >= m_pass.next()) continue;  // the pass will come to it
      if (entry.query.accepts((*m_stays)[static_cast<std::size_t>(row)], m_sweep.risk(row))) ++count;
    }
  }
  if (any) refresh();
}

}  // namespace fusemoe::ui
