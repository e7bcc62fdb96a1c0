#pragma once

#include <QWidget>

#include "cohort/import/importer.h"

class QComboBox;
class QLabel;
class QPushButton;
class QTabWidget;

namespace fusemoe::ui {

class VariableTree;

/// What an import would make: the source's first rows, and the variables under the modalities they come to belong to,
/// which the user can change.
class ImportContentsPage : public QWidget {
  Q_OBJECT

 public:
  explicit ImportContentsPage(QWidget* parent = nullptr);

  /// What the importer proposes, by itself.
  void setPreview(const ImportPreview& preview);
  /// Where the user put variables; those not named stay.
  const std::map<std::string, std::string>& modalityOf() const { return m_modalityOf; }
  /// As it would be imported now.
  CohortInfo mapped() const;
  /// Moves variables to a modality, which may be new; to none = they are left out.
  void move(const QStringList& variables, const QString& modality);

  QTabWidget& tables() const { return *m_tables; }
  VariableTree& variables() const { return *m_variables; }
  QComboBox& target() const { return *m_target; }
  QPushButton& moveButton() const { return *m_move; }
  QPushButton& leaveOutButton() const { return *m_leaveOut; }

 Q_SIGNALS:
  void changed();

 private:
  void fillTables(const std::vector<PreviewTable>& tables);
  void refresh();
  QWidget* makeMapping();

  CohortInfo m_proposed;
  std::map<std::string, std::string> m_modalityOf;
  QTabWidget* m_tables;
  QLabel* m_notes;
  VariableTree* m_variables;
  QComboBox* m_target;
  QPushButton* m_move;
  QPushButton* m_leaveOut;
};

}  // namespace fusemoe::ui
