#pragma once

#include <QWidget>

#include "cohort/import/importer.h"

class QLabel;
class QLineEdit;
class QProgressBar;
class QTableWidget;

namespace fusemoe::ui {

class CohortImport;

/// Where the cohort goes, how far the import is, and at the end what became of every row.
class ImportTargetPage : public QWidget {
  Q_OBJECT

 public:
  /// `imports` outlives the page.
  explicit ImportTargetPage(const CohortImport& imports, QWidget* parent = nullptr);

  /// What is about to be imported.
  void setContents(const ImportRequest& source, const CohortInfo& info);
  /// File or database as entered; a file without an ending gets .sqlite.
  QString output() const;
  QLineEdit& outputField() const { return *m_output; }
  void showProgress();
  void showReport(const ImportReport& report);
  /// Back to before the import.
  void reset();
  QTableWidget& counts() const { return *m_counts; }
  QString notes() const;
  QProgressBar& progress() const { return *m_progress; }

 Q_SIGNALS:
  void changed();

 private:
  void chooseOutput();
  void followOutput();

  const CohortImport& m_imports;
  QLabel* m_summary;
  QWidget* m_target;
  QLineEdit* m_output;
  QLabel* m_outputNote;
  QProgressBar* m_progress;
  QLabel* m_doing;
  QTableWidget* m_counts;
  QLabel* m_notes;
};

}  // namespace fusemoe::ui
