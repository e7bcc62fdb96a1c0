#pragma once

#include <QString>
#include <QStringList>

namespace fusemoe::ui {

/// Does a file's name end as models do: .safetensors, or .pth.tar, .pth, .pt of PyTorch?
bool hasModelEnding(const QString& path);
/// Name filters of a dialog that opens models, all files last.
QStringList modelFilters();

}  // namespace fusemoe::ui
