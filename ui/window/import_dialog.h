#pragma once

#include <QDialog>

#include "cohort/import/importer.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace fusemoe::ui {

class CohortImport;
class ImportContentsPage;
class ImportSourcePage;
class ImportTargetPage;
class MessageBar;

/// From a source to a cohort in three steps: where the data are, what becomes of them, where they go. Not modal; an
/// import goes on when it is closed. An error is said here and changes nothing that was entered.
class ImportDialog : public QDialog {
  Q_OBJECT

 public:
  enum Step { Source, Contents, Target };

  /// `imports` outlives it.
  explicit ImportDialog(CohortImport& imports, QWidget* parent = nullptr);

  /// Begins with files or a folder, if it can be seen what they are. True if so.
  bool setSource(const QStringList& paths);
  Step step() const;
  /// True while the last import's report is shown.
  bool reporting() const { return m_reporting; }

  ImportSourcePage& source() const { return *m_source; }
  ImportContentsPage& contents() const { return *m_contents; }
  ImportTargetPage& target() const { return *m_target; }
  MessageBar& messages() const { return *m_messages; }
  QPushButton& backButton() const { return *m_back; }
  QPushButton& nextButton() const { return *m_next; }
  QPushButton& closeButton() const { return *m_close; }

 Q_SIGNALS:
  /// The user wants to train on what was imported.
  void trainAsked();

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void build();
  void back();
  void next();
  void look();
  void adopt(const ImportPreview& preview);
  void showStep(Step step);
  void follow();
  ImportRequest request() const;

  CohortImport& m_imports;
  QLabel* m_steps;
  MessageBar* m_messages;
  QStackedWidget* m_pages;
  ImportSourcePage* m_source;
  ImportContentsPage* m_contents;
  ImportTargetPage* m_target;
  QLabel* m_doing;
  QPushButton* m_back;
  QPushButton* m_next;
  QPushButton* m_close;
  ImportRequest m_looked;   // the source whose contents are shown
  bool m_checking = false;  // the look is for the moved variables
  bool m_reporting = false;
};

}  // namespace fusemoe::ui
