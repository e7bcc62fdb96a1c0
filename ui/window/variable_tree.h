#pragma once

#include <QStringList>
#include <QTreeWidget>

#include "cohort/cohort_store.h"

namespace fusemoe::ui {

/// Variables under their modalities, and those left out; several can be marked and dragged to another modality.
class VariableTree : public QTreeWidget {
  Q_OBJECT

 public:
  explicit VariableTree(QWidget* parent = nullptr);

  /// `leftOut`: variables of no modality.
  void setContent(const CohortInfo& info, const std::vector<CohortVariable>& leftOut);
  /// Names of the marked variables.
  QStringList marked() const;
  /// Marks variables by name and nothing else.
  void mark(const QStringList& names);

 Q_SIGNALS:
  /// Marked variables were dropped on a modality; empty = on those left out.
  void dropped(const QStringList& variables, const QString& modality);

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragMoveEvent(QDragMoveEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  QTreeWidgetItem* groupAt(const QPoint& position) const;
  QTreeWidgetItem* addGroup(const QString& title, const QString& name, const QString& kind, bool takes);
};

}  // namespace fusemoe::ui
