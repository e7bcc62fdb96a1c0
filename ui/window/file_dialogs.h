#pragma once

#include <QString>
#include <functional>

class QWidget;

namespace fusemoe::ui {

/// Asks for a file without holding the program up; `chosen` is called with its path, and not at all when the dialog is
/// left. Starts in the folder of `near` where there is one.
void askForModel(QWidget& window, const QString& near, std::function<void(const QString&)> chosen);
void askForCohort(QWidget& window, const QString& near, std::function<void(const QString&)> chosen);
void askForSession(QWidget& window, const QString& near, std::function<void(const QString&)> chosen);
/// A name to save a session under; asks before it would replace another file.
void askWhereToSave(QWidget& window, const QString& near, std::function<void(const QString&)> chosen);

}  // namespace fusemoe::ui
