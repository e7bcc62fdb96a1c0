#include "state/model_endings.h"

#include <QCoreApplication>
#include <algorithm>

namespace fusemoe::ui {
namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::modelFiles)
};

const QStringList kEndings{QStringLiteral(".safetensors"), QStringLiteral(".pth.tar"), QStringLiteral(".pth"),
                           QStringLiteral(".pt")};

}  // namespace

bool hasModelEnding(const QString& path) {
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](const QString& ending) { return path.endsWith(ending, Qt::CaseInsensitive); });
}

QStringList modelFilters() {
  return {Text::tr("Models (%1)").arg("*" + kEndings.join(" *")), Text::tr("All files (*)")};
}

}  // namespace fusemoe::ui
