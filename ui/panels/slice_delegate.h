#pragma once

#include <QStyledItemDelegate>

#include "state/view_context.h"

namespace fusemoe::ui {

/// Draws a slice: its name, dim when the data suggests it, and the number of its stays at the right; the one that the
/// list shows is marked.
class SliceDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  static constexpr int kRowHeight = 26;

  explicit SliceDelegate(const ViewContext& context, QObject* parent = nullptr);

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  ViewContext m_context;
};

}  // namespace fusemoe::ui
