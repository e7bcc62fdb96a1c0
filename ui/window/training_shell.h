#pragma once

#include <QObject>
#include <QStringList>

#include "state/view_context.h"

class QWidget;

namespace fusemoe::ui {

class ImportDialog;
class MessageBar;
class Workspace;

/// From data to a model: shows the import dialog and the training panel, opens what was imported or trained, and says
/// in message bar and log how it went.
class TrainingShell : public QObject {
  Q_OBJECT

 public:
  TrainingShell(const ViewContext& context, Workspace& workspace, MessageBar& messages, QWidget& window);

  void showImport();
  /// Begins an import with files or a folder; false, and nothing happens, where it cannot be seen what they are.
  bool importFrom(const QStringList& paths);
  void showTraining();
  /// Made when first asked for.
  ImportDialog& dialog();

 private:
  void followImport();
  void followTraining();

  ViewContext m_context;
  Workspace& m_workspace;
  MessageBar& m_messages;
  QWidget& m_window;
  ImportDialog* m_dialog = nullptr;
};

}  // namespace fusemoe::ui
