#include "models/modality_model.h"

#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {

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
    } else if (m_rows > 0 && (changes & (Change::Mask | Change::Stay | Change::Cohort))) {
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
      if (state == ModalityState::Absent)
        return tr("This stay has no data of this modality, so the model sees it as missing.");
      return state == ModalityState::Present ? tr("Click or press %1 to hide it from the model.").arg(modality + 1)
                                             : tr("Click or press %1 to show it to the model again.").arg(modality + 1);
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

QString ModalityModel::detail(int modality) const {
  if (m_document.modalityState(modality) == ModalityState::Absent) {
    return m_document.sample() ? tr("not recorded") : tr("no stay chosen");
  }
  const ModalityData& data = *m_document.sample()->modality(
      m_document.model()->config().modalities.at(static_cast<std::size_t>(modality)).name);
  const auto observations = static_cast<qint64>(data.observationCount());
  QString amount = counted(observations, tr("1 measurement"), tr("%1 measurements"));
  if (data.kind == ModalityKind::Vectors) amount = counted(observations, tr("1 event"), tr("%1 events"));
  if (data.kind == ModalityKind::Static) amount = counted(observations, tr("1 value"), tr("%1 values"));
  return m_document.modalityState(modality) == ModalityState::Masked ? tr("%1, masked by you").arg(amount) : amount;
}

}  // namespace fusemoe::ui
