#pragma once

#include <QStyledItemDelegate>

#include "state/view_context.h"

namespace fusemoe::ui {

/// A modality's row: its key, a box in its colour that is checked, empty or crossed out, title, detail and state. A
/// click anywhere on the row toggles it.
class ModalityDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  static constexpr int kRowHeight = 46;

  explicit ModalityDelegate(const ViewContext& context, QObject* parent = nullptr);

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 protected:
  bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

 private:
  void drawKey(QPainter& painter, const QRect& row, int modality) const;
  void drawBox(QPainter& painter, const QRect& row, const QModelIndex& index) const;

  ViewContext m_context;
};

}  // namespace fusemoe::ui
