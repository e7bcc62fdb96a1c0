#include "models/compare_model.h"

#include <QLocale>
#include <algorithm>
#include <cmath>
#include <optional>

#include "state/document.h"
#include "state/document_text.h"
#include "state/format.h"
#include "state/theme.h"

namespace fusemoe::ui {
namespace {

using Number = std::optional<double>;

/// The state's own result, also while the reference is shown in its place.
const RoutingResult& stateResult(const Document& document) {
  return *(document.flipped() ? document.ghost() : document.result());
}

QString shownNumber(const Number& value) {
  return value ? number(*value, 3) : QString();
}

QString fullNumber(const Number& value) {
  return value ? QString::number(*value, 'g', QLocale::FloatingPointShortest) : QString();
}

template <class Row>
Row numberRow(const QString& group, const QString& name, const Number& before, const Number& now, const QString& tip) {
  Number difference;
  if (before && now) difference.emplace(now.value() - before.value());
  return {group,
          name,
          tip,
          {shownNumber(before), shownNumber(now), difference ? signedNumber(*difference, 3) : QString()},
          {fullNumber(before), fullNumber(now), fullNumber(difference)},
          !difference || *difference != 0,
          false};
}

template <class Row>
Row textRow(const QString& group, const QString& name, const QString& before, const QString& now,
            const QString& difference, const QString& tip = {}) {
  const QStringList cells{before, now, before == now ? QString() : difference};
  return {group, name, tip, cells, cells, before != now, false};
}

/// Entropies by name: routers of other models have other names.
struct NamedTerm {
  QString name, tip;
  double value = 0;
};

std::vector<NamedTerm> termsOf(const RoutingResult& result, const ModelConfig& config, std::size_t layer) {
  std::vector<NamedTerm> terms;
  if (layer >= result.layers.size()) return terms;
  const LayerResult& of = result.layers[layer];
  for (std::size_t r = 0; r < of.entropy.perModality.size(); ++r)
    terms.push_back({CompareModel::tr("H of %1").arg(routerTitle(config, of.routers[r].modality)),
                     CompareModel::tr("H(p̂) = −Σ p̂ ln p̂, nats"), of.entropy.perModality[r]});
  terms.push_back({CompareModel::tr("mean of H"), CompareModel::tr("(1/M) Σ H(p̂), nats"), of.entropy.mean});
  terms.push_back({CompareModel::tr("H of mean"), CompareModel::tr("H((1/M) Σ p̂), nats"), of.entropy.mixture});
  terms.push_back({CompareModel::tr("E"), CompareModel::tr("mean of H − H of mean, nats"), of.entropy.regularizer});
  return terms;
}

Number valueOf(const std::vector<NamedTerm>& terms, const QString& name) {
  const auto found = std::ranges::find(terms, name, &NamedTerm::name);
  return found == terms.end() ? Number() : Number(found->value);
}

/// Names of the second list and, after them, those only the first has.
QStringList together(const QStringList& before, const QStringList& now) {
  QStringList all = now;
  for (const QString& name : before)
    if (!all.contains(name)) all << name;
  return all;
}

QStringList labelsOf(const ModelConfig& config) {
  QStringList labels;
  for (const std::string& label : config.task.labels) labels << QString::fromStdString(label);
  return labels;
}

Number probabilityOf(const RoutingResult& result, const ModelConfig& config, const QString& label) {
  const auto index = labelsOf(config).indexOf(label);
  if (index < 0 || index >= qsizetype(result.probability.size())) return {};
  return double(result.probability[size_t(index)]);
}

QString modalityText(const RoutingResult& result, const ModelConfig& config, const std::string& name) {
  const int index = config.modalityIndex(name);
  return index < 0 ? CompareModel::tr("not in the model") : stateName(result.states[size_t(index)]);
}

}  // namespace

CompareModel::CompareModel(const Document& document, QObject* parent)
    : QAbstractTableModel(parent), m_document(document) {}

void CompareModel::refresh() {
  Rows rows = read();
  const QString name = referenceName(m_document);
  const bool sameName = name == m_referenceName;
  const bool sameRows = std::ranges::equal(
      rows, m_rows, [](const Row& a, const Row& b) { return a.group == b.group && a.name == b.name; });
  if (sameRows) {
    m_rows = std::move(rows);
    m_referenceName = name;
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
  } else {
    beginResetModel();
    m_rows = std::move(rows);
    m_referenceName = name;
    endResetModel();
  }
  if (!sameName) Q_EMIT headerDataChanged(Qt::Horizontal, ReferenceValue, ReferenceValue);
}

CompareModel::Rows CompareModel::read() const {
  Rows rows;
  if (!m_document.result() || !m_document.referenceKnown()) return rows;
  addSetup(rows);
  addPrediction(rows);
  addModalities(rows);
  addEntropy(rows);
  // A row that heads each group.
  Rows all;
  for (Row& row : rows) {
    if (all.empty() || all.back().group != row.group) all.push_back({row.group, {}, {}, {}, {}, false, false});
    all.push_back(std::move(row));
  }
  return all;
}

void CompareModel::addSetup(Rows& rows) const {
  const QString group = tr("Setup");
  rows.push_back(textRow<Row>(group, tr("Model"), fileName(m_document.referenceModel()->info().path),
                              fileName(m_document.model()->info().path), tr("another")));
  if (!m_document.sample() || !m_document.referenceSample()) return;
  Row stay = textRow<Row>(group, tr("Stay"), QString::number(m_document.referenceSample()->stayId),
                          QString::number(m_document.sample()->stayId), tr("another"));
  stay.identifies = true;
  rows.push_back(stay);
  const auto& fixed = m_document.state().reference.edits;
  const auto before = double((fixed ? *fixed : m_document.edits()).size());
  const auto now = double(m_document.edits().size());
  rows.push_back(
      textRow<Row>(group, tr("What-if edits"), number(before, 0), number(now, 0), signedNumber(now - before, 0)));
}

void CompareModel::addPrediction(Rows& rows) const {
  const ModelConfig& config = m_document.model()->config();
  const ModelConfig& other = m_document.referenceModel()->config();
  for (const QString& label : together(labelsOf(other), labelsOf(config)))
    rows.push_back(numberRow<Row>(taskTitle(m_document), label, probabilityOf(*m_document.reference(), other, label),
                                  probabilityOf(stateResult(m_document), config, label),
                                  tr("Probability, as the model gives it")));
}

void CompareModel::addModalities(Rows& rows) const {
  const ModelConfig& config = m_document.model()->config();
  const ModelConfig& other = m_document.referenceModel()->config();
  const auto add = [&](const ModelConfig& of, int index) {
    const std::string& name = of.modalities[size_t(index)].name;
    rows.push_back(textRow<Row>(tr("Modalities"), modalityTitle(of, index),
                                modalityText(*m_document.reference(), other, name),
                                modalityText(stateResult(m_document), config, name), tr("differs")));
  };
  for (int i = 0; i < config.modalityCount(); ++i) add(config, i);
  for (int i = 0; i < other.modalityCount(); ++i)
    if (config.modalityIndex(other.modalities[size_t(i)].name) < 0) add(other, i);
}

void CompareModel::addEntropy(Rows& rows) const {
  const RoutingResult& now = stateResult(m_document);
  const RoutingResult& before = *m_document.reference();
  for (std::size_t layer = 0; layer < std::max(now.layers.size(), before.layers.size()); ++layer) {
    const std::vector<NamedTerm> own = termsOf(now, m_document.model()->config(), layer);
    const std::vector<NamedTerm> others = termsOf(before, m_document.referenceModel()->config(), layer);
    std::vector<NamedTerm> all = own;
    for (const NamedTerm& term : others)
      if (!valueOf(own, term.name)) all.push_back(term);
    for (const NamedTerm& term : all)
      rows.push_back(numberRow<Row>(tr("Layer %1, entropy in nats").arg(layer + 1), term.name,
                                    valueOf(others, term.name), valueOf(own, term.name), term.tip));
  }
}

Table CompareModel::table(bool identifiers) const {
  Table table;
  const Rows rows = read();
  if (rows.empty()) return table;
  table.columns = {tr("group"), tr("quantity"), tr("reference"), tr("now"), tr("difference")};
  for (const Row& row : rows)
    if (!row.name.isEmpty() && (identifiers || !row.identifies))
      table.rows.push_back(QStringList{row.group, row.name} + row.full);
  return table;
}

int CompareModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CompareModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant CompareModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Row& row = m_rows[size_t(index.row())];
  const bool heading = row.name.isEmpty();
  switch (role) {
    case Qt::DisplayRole:
      if (index.column() == Quantity) return heading ? row.group : row.name;
      return row.shown.value(index.column() - 1);
    case Qt::TextAlignmentRole:
      return int((index.column() == Quantity ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::FontRole:
      return themeFont(kBodyPixels,
                       heading || (row.differs && index.column() == Difference) ? QFont::DemiBold : QFont::Normal);
    case Qt::ToolTipRole:
      if (!row.tip.isEmpty()) return row.tip;
      return index.column() == Quantity ? QVariant() : row.shown.value(index.column() - 1);
    case kHeadingRole:
      return heading;
    case kDiffersRole:
      return row.differs;
    default:
      return {};
  }
}

QVariant CompareModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return int((section == Quantity ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case Quantity:
      return QString();
    case ReferenceValue:
      return m_referenceName;
    case Now:
      return tr("now");
    default:
      return tr("difference");
  }
}

Qt::ItemFlags CompareModel::flags(const QModelIndex& index) const {
  if (!index.isValid()) return Qt::NoItemFlags;
  if (m_rows[size_t(index.row())].name.isEmpty()) return Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
  return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

}  // namespace fusemoe::ui
