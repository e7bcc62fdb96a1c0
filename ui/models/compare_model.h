#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "state/table.h"

namespace fusemoe::ui {

class Document;

/// The state beside the reference, a quantity a row: setup, prediction, what of each modality the model sees, and each
/// layer's entropy terms. Quantities only one of them has leave the other's cell empty. It reads the document when
/// asked to. GUI thread.
class CompareModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Quantity, ReferenceValue, Now, Difference, ColumnCount };
  /// True for rows that only head a group.
  static constexpr int kHeadingRole = Qt::UserRole;
  /// True where state and reference differ.
  static constexpr int kDiffersRole = Qt::UserRole + 1;

  explicit CompareModel(const Document& document, QObject* parent = nullptr);

  /// Reads state and reference again. Numbers alone change in place.
  void refresh();
  /// All of it with numbers in full; stays are only named with `identifiers`.
  Table table(bool identifiers) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 private:
  struct Row {
    QString group, name, tip;
    QStringList shown;  ///< reference, now, difference
    QStringList full;   ///< the same in full
    bool differs = false;
    bool identifies = false;  ///< tells patients apart
  };
  using Rows = std::vector<Row>;

  Rows read() const;
  void addSetup(Rows& rows) const;
  void addPrediction(Rows& rows) const;
  void addModalities(Rows& rows) const;
  void addEntropy(Rows& rows) const;

  const Document& m_document;
  QString m_referenceName;
  Rows m_rows;
};

}  // namespace fusemoe::ui
