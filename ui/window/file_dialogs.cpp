#include "window/file_dialogs.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <utility>

#include "state/model_endings.h"

namespace fusemoe::ui {
namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::FileDialogs)
};

QStringList filters(const char* filter) {
  return {Text::tr(filter), Text::tr("All files (*)")};
}

QFileDialog* make(QWidget& window, const char* title, const QStringList& filters, const QString& near,
                  std::function<void(const QString&)> chosen) {
  auto* dialog = new QFileDialog(&window, Text::tr(title));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setNameFilters(filters);
  dialog->setFileMode(QFileDialog::ExistingFile);
  if (!near.isEmpty()) dialog->setDirectory(QFileInfo(near).absolutePath());
  QObject::connect(dialog, &QFileDialog::fileSelected, &window, std::move(chosen));
  return dialog;
}

}  // namespace

void askForModel(QWidget& window, const QString& near, std::function<void(const QString&)> chosen) {
  make(window, QT_TRANSLATE_NOOP("fusemoe::ui::FileDialogs", "Open model"), modelFilters(), near, std::move(chosen))
      ->open();
}

void askForCohort(QWidget& window, const QString& near, std::function<void(const QString&)> chosen) {
  make(window, QT_TRANSLATE_NOOP("fusemoe::ui::FileDialogs", "Open cohort"),
       filters(QT_TRANSLATE_NOOP("fusemoe::ui::FileDialogs", "Cohorts (*.sqlite *.db)")), near, std::move(chosen))
      ->open();
}

void askForSession(QWidget& window, const QString& near, std::function<void(const QString&)> chosen) {
  make(window, QT_TRANSLATE_NOOP("fusemoe::ui::FileDialogs", "Open session"),
       filters(QT_TRANSLATE_NOOP("fusemoe::ui::FileDialogs", "Sessions (*.fusemoe.json)")), near, std::move(chosen))
      ->open();
}

void askWhereToSave(QWidget& window, const QString& near, std::function<void(const QString&)> chosen) {
  QFileDialog* dialog = make(window, QT_TRANSLATE_NOOP("fusemoe::ui::FileDialogs", "Save session"),
                             filters(QT_TRANSLATE_NOOP("fusemoe::ui::FileDialogs", "Sessions (*.fusemoe.json)")), near,
                             std::move(chosen));
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setFileMode(QFileDialog::AnyFile);
  dialog->setDefaultSuffix(QStringLiteral("fusemoe.json"));
  dialog->selectFile(QFileInfo(near).fileName());
  dialog->open();
}

}  // namespace fusemoe::ui
