#include "window/file_dialogs.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <utility>

namespace fusemoe::ui {
namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::FileDialogs)
};

QFileDialog* make(QWidget& window, const char* title, const char* filter, const QString& near,
                  std::function<void(const QString&)> chosen) {
  auto* dialog = new QFileDialog(&window, Text::tr(title));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setNameFilters({Text::tr(filter), Text::tr("All files (*)")});
  dialog->setFileMode(QFileDialog::ExistingFile);
  if (!near.isEmpty()) dialog->setDirectory(QFileInfo(near).absolutePath());
  QObject::connect(dialog, &QFileDialog::fileSelected, &window, std::move(chosen));
  return dialog;
}

}  // namespace

void askForModel(QWidget& window, const QString& near, std::function<void(const QString&)> chosen) {
  make(window, QT_TRANSLATE_NOOP("fusemoe::ui::FileDialogs", "Open model"),
       QT_TRANSLATE_NOOP("fusemoe::ui::FileDialogs", "Models (*.safetensors)"), near, std::move(chosen))
      ->open();
}

void askForCohort(QWidget& window, const QString& near, std::function<void(const QString&)> chosen) {
  make(window, QT_TRANSLATE_NOOP("fusemoe::ui::FileDialogs", "Open cohort"),
       QT_TRANSLATE_NOOP("fusemoe::ui::FileDialogs", "Cohorts (*.sqlite *.db)"), near, std::move(chosen))
      ->open();
}

void askForSession(QWidget& window, const QString& near, std::function<void(const QString&)> chosen) {
  make(window, QT_TRANSLATE_NOOP("fusemoe::ui::FileDialogs", "Open session"),
       QT_TRANSLATE_NOOP("fusemoe::ui::FileDialogs", "Sessions (*.fusemoe.json)"), near, std::move(chosen))
      ->open();
}

void askWhereToSave(QWidget& window, const QString& near, std::function<void(const QString&)> chosen) {
  QFileDialog* dialog =
      make(window, QT_TRANSLATE_NOOP("fusemoe::ui::FileDialogs", "Save session"),
           QT_TRANSLATE_NOOP("fusemoe::ui::FileDialogs", "Sessions (*.fusemoe.json)"), near, std::move(chosen));
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setFileMode(QFileDialog::AnyFile);
  dialog->setDefaultSuffix(QStringLiteral("fusemoe.json"));
  dialog->selectFile(QFileInfo(near).fileName());
  dialog->open();
}

}  // namespace fusemoe::ui
