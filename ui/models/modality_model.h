#pragma once

#include <QAbstractListModel>

#include "api/sample.h"

namespace fusemoe::ui {

class Document;

/// The modalities of the open model for the stay that is open: a row each, checked = present. Checking pushes an undo
/// command; an absent modality cannot be checked.
class ModalityModel : public QAbstractListModel {
  Q_OBJECT

 public:
  enum Role {
    StateRole = Qt::UserRole,  ///< int, a ModalityState
    DetailRole,                ///< "12 measurements over 4.4 y", "12 measurements, masked by you", "not recorded"
  };

  explicit ModalityModel(Document& document, QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 private:
  QString detail(int modality) const;
  QString toolTip(int modality) const;
  const ModalityData* dataOf(int modality) const;

  Document& m_document;
  int m_rows = 0;
};

}  // namespace fusemoe::ui
