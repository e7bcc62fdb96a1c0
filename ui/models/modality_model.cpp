#include "models/modality_model.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

/// Hours of the first and the last observation or event; data that is present has one.
std::pair<float, float> observedHours(const ModalityData& data) {
  float from = std::numeric_limits<float>::max(), until = 0;
  const auto take = [&](float hour) {
    from = std::min(from, hour);
    until = std::max(until, hour);
  };
  for (const VariableData& variable : data.variables)
    for (const Observation& observation : variable.observations) take(observation.hour);
  for (const Event& event : data.events) take(event.hour);
  return {from, until};
}

/// Hours in the unit the cohort shows times in, or a smaller one for a short time: "41 h", "4.4 y".
QString duration(double hours, const std::string& unit) {
  constexpr double kDay = 24, kYear = 365.25 * 24;
  if (unit == "y" && hours >= 0.1 * kYear) return QStringLiteral("%1 y").arg(number(hours / kYear, 1));
  if (unit != "h" && !unit.empty() && hours >= kDay) return QStringLiteral("%1 d").arg(number(hours / kDay, 1));
  return QStringLiteral("%1 h").arg(number(hours, 0));
}

}  // namespace

ModalityModel::ModalityModel(Document& document, QObject* parent) : QAbstractListModel(parent), m_document(document) {
  const auto reset = [this] {
    beginResetModel();
    m_rows = m_document.model() ? m_document.model()->config().modalityCount() : 0;
    endResetModel();
  };
  reset();
  connect(&document, &Document::changed, this, [this, reset](Changes changes) {
    if (changes.testFlag(Change::Model)) {
      reset();
    } else if (m_rows > 0 && (changes & (Change::Mask | Change::Edits | Change::Stay | Change::Cohort))) {
      Q_EMIT dataChanged(index(0), index(m_rows - 1));
    }
  });
}

int ModalityModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : m_rows;
}

QVariant ModalityModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const int modality = index.row();
  const ModalityState state = m_document.modalityState(modality);
  switch (role) {
    case Qt::DisplayRole:
      return modalityTitle(m_document.model()->config(), modality);
    case Qt::CheckStateRole:
      return state == ModalityState::Absent    ? QVariant()
             : state == ModalityState::Present ? Qt::Checked
                                               : Qt::Unchecked;
    case Qt::AccessibleTextRole:
      return tr("%1, %2").arg(modalityTitle(m_document.model()->config(), modality), stateName(state));
    case Qt::AccessibleDescriptionRole:
    case DetailRole:
      return detail(modality);
    case Qt::ToolTipRole:
      return toolTip(modality);
    case StateRole:
      return static_cast<int>(state);
    default:
      return {};
  }
}

bool ModalityModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::CheckStateRole) return false;
  if (m_document.modalityState(index.row()) == ModalityState::Absent) return false;
  m_document.setMasked(index.row(), value.value<Qt::CheckState>() != Qt::Checked);
  return true;
}

Qt::ItemFlags ModalityModel::flags(const QModelIndex& index) const {
  if (!index.isValid()) return Qt::NoItemFlags;
  const Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
  const bool absent = m_document.modalityState(index.row()) == ModalityState::Absent;
  return absent ? flags : flags | Qt::ItemIsUserCheckable;
}

const ModalityData* ModalityModel::dataOf(int modality) const {
  return m_document.sample()->modality(
      m_document.model()->config().modalities.at(static_cast<std::size_t>(modality)).name);
}

QString ModalityModel::detail(int modality) const {
  const ModalityState state = m_document.modalityState(modality);
  if (state == ModalityState::Absent) return m_document.sample() ? tr("not recorded") : tr("no stay chosen");
  const ModalityData& data = *dataOf(modality);
  const auto observations = static_cast<qint64>(data.observationCount());
  QString amount = counted(observations, tr("1 measurement"), tr("%1 measurements"));
  if (data.kind == ModalityKind::Vectors) amount = counted(observations, tr("1 event"), tr("%1 events"));
  if (data.kind == ModalityKind::Static) amount = counted(observations, tr("1 value"), tr("%1 values"));
  if (state == ModalityState::Masked) return tr("%1, masked by you").arg(amount);
  const auto [from, until] = observedHours(data);
  if (data.kind == ModalityKind::Static || from == until) return amount;
  return tr("%1 over %2").arg(amount, duration(double(until - from), m_document.cohort()->info().timeUnit));
}

QString ModalityModel::toolTip(int modality) const {
  const ModalityState state = m_document.modalityState(modality);
  if (state == ModalityState::Absent)
    return tr("This stay has no data of this modality, so the model sees it as missing.");
  const QString action = state == ModalityState::Present
                             ? tr("Click or press %1 to hide it from the model.").arg(modality + 1)
                             : tr("Click or press %1 to show it to the model again.").arg(modality + 1);
  const ModalityData& data = *dataOf(modality);
  if (data.kind == ModalityKind::Static) return action;
  const auto [from, until] = observedHours(data);
  const CohortInfo& info = m_document.cohort()->info();
  return tr("Recorded from %1 to %2 of a window of %3.")
             .arg(duration(double(from), info.timeUnit), duration(double(until), info.timeUnit),
                  duration(info.windowHours, info.timeUnit)) +
         '\n' + action;
}

}  // namespace fusemoe::ui
