#pragma once

#include <QStyledItemDelegate>

#include "state/view_context.h"

namespace fusemoe::ui {

class StayListModel;

/// Draws the stay table: a square a modality in the pattern column, filled in its colour when present, dashed when
/// absent; figures of equal width for ids and risks, and a bar beside each risk.
class PatternDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  PatternDelegate(const ViewContext& context, const StayListModel& stays, QObject* parent = nullptr);

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  /// Width of the pattern column.
  int patternWidth() const;
  /// Width of the id column: room for the longest id.
  int idWidth() const;

 private:
  void drawRisk(QPainter& painter, const QRect& cell, const QModelIndex& index) const;
  void drawPattern(QPainter& painter, const QRect& cell, quint32 present) const;

  ViewContext m_context;
  const StayListModel& m_stays;
};

}  // namespace fusemoe::ui
