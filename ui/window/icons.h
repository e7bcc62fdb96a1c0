#pragma once

#include <QIcon>
#include <QString>

namespace fusemoe::ui {

/// The program's own icon of that name (resources/icons/<name>.svg, one colour), drawn in the palette's text colour of
/// the moment, dimmer when disabled and in the accent when checked. Crisp at any scale. GUI thread.
QIcon themedIcon(const QString& name);

}  // namespace fusemoe::ui
