#include "state/load_sums.h"

#include "state/cohort_sweep.h"
#include "state/document.h"

namespace fusemoe::ui {

LoadSums::LoadSums(const Document& document, const CohortSweep& sweep, QObject* parent)
    : QObject(parent), m_document(document), m_sweep(sweep) {
  connect(&document, &Document::changed, this, [this](Changes changes) {
    if (changes & (Change::View | Change::Filter | Change::Cohort | Change::Model)) restart();
  });
  connect(&sweep, &CohortSweep::rowsArrived, this, &LoadSums::add);
  connect(&sweep, &CohortSweep::stateChanged, this, &LoadSums::changed);
  restart();
}

bool LoadSums::ofSlice() const {
  return m_document.state().loadScope == LoadScope::Slice && !m_query.acceptsAll();
}

const LoadSum* LoadSums::sum() const {
  if (m_document.state().loadScope == LoadScope::Stay || m_sweep.table().rows() == 0) return nullptr;
  const LoadSum& sum = ofSlice() ? m_shown : m_sweep.table().total(m_document.layer());
  return sum.stays > 0 ? &sum : nullptr;
}

int LoadSums::stays() const {
  return ofSlice() ? m_shownStays : static_cast<int>(m_sweep.table().rows());
}

void LoadSums::restart() {
  const SweepTable& table = m_sweep.table();
  m_pass.stop();
  m_query = m_document.cohort()
                ? StayQuery(QString::fromStdString(m_document.state().filter), m_document.cohort()->info())
                : StayQuery();
  if (ofSlice() && table.rows() > 0 && m_document.stays()) {
    if (m_shown.cells.size() != table.emptySum().cells.size()) m_shown = table.emptySum();
    m_next = table.emptySum();
    m_nextStays = 0;
    const auto done = [this] {
      m_shown = std::move(m_next);
      m_shownStays = m_nextStays;
      Q_EMIT changed();
    };
    m_pass.start(
        static_cast<int>(table.rows()), [this](int row) { take(row); }, done);
    return;
  }
  Q_EMIT changed();
}

bool LoadSums::passes(int row) const {
  return m_query.accepts(m_document.stays()->at(static_cast<std::size_t>(row)), m_sweep.risk(row));
}

void LoadSums::take(int row) {
  if (!passes(row)) return;
  ++m_nextStays;
  m_sweep.table().addTo(m_next, m_document.layer(), row);
}

void LoadSums::add(const std::vector<int>& rows) {
  if (!ofSlice()) {
    if (m_document.state().loadScope != LoadScope::Stay) Q_EMIT changed();
    return;
  }
  // Rows the pass has yet to come to are left to it.
  const bool passing = m_pass.running();
  LoadSum& sum = passing ? m_next : m_shown;
  int& stays = passing ? m_nextStays : m_shownStays;
  for (const int row : rows) {
    if ((passing && row >= m_pass.next()) || !passes(row)) continue;
    if (m_query.usesRisk()) ++stays;  // else it was counted before its risk was known
    m_sweep.table().addTo(sum, m_document.layer(), row);
  }
  if (!passing) Q_EMIT changed();
}

}  // namespace fusemoe::ui
