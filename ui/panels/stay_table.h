#pragma once

#include <QElapsedTimer>
#include <QTableView>

#include "state/view_context.h"

namespace fusemoe::ui {

class StayListModel;

/// The table of the stay list. Home and End go to the first and the last stay; # and then digits go to the first stay
/// whose id begins with them (digits alone are the modalities' keys). Says so when no stay passes the filter.
class StayTable : public QTableView {
  Q_OBJECT

 public:
  StayTable(const ViewContext& context, StayListModel& stays, QWidget* parent = nullptr);

  /// Scrolls to where it was before rows changed, as far as there still are rows.
  void scrollBackTo(int value);

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles = {}) override;
  QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;

 private:
  /// A # was typed not long ago, so that digits belong to an id.
  bool typingId() const;

  ViewContext m_context;
  StayListModel& m_stays;
  QString m_typed;
  QElapsedTimer m_sinceKey;
};

}  // namespace fusemoe::ui
