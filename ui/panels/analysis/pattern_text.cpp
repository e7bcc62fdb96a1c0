#include "panels/analysis/pattern_text.h"

#include <QCoreApplication>
#include <QStringList>

#include "state/format.h"
#include "state/stay_query.h"

namespace fusemoe::ui {
namespace {

constexpr int kMostNamed = 3;

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::patterns)
};

QString joined(const QStringList& names) {
  if (names.size() < 2) return names.join(QString());
  return Text::tr("%1 and %2").arg(names.mid(0, names.size() - 1).join(QStringLiteral(", ")), names.back());
}

}  // namespace

QString patternName(const ModelConfig& config, std::uint32_t present) {
  QStringList there, lacking;
  for (int m = 0; m < config.modalityCount(); ++m) ((present >> m) & 1U ? there : lacking) << modalityTitle(config, m);
  if (lacking.isEmpty()) return Text::tr("all %1").arg(there.size());
  if (there.isEmpty()) return Text::tr("none");
  if (there.size() == 1) return Text::tr("%1 alone").arg(there.front());
  if (lacking.size() <= there.size() && lacking.size() <= kMostNamed)
    return Text::tr("without %1").arg(joined(lacking));
  if (there.size() <= kMostNamed) return joined(there);
  return Text::tr("%1 of %2").arg(there.size()).arg(config.modalityCount());
}

QString patternFilter(const ModelConfig& config, std::uint32_t present, const std::string& split) {
  QStringList words;
  for (int m = 0; m < config.modalityCount(); ++m) {
    const QString name = quotedWord(QString::fromStdString(config.modalities[size_t(m)].name));
    words << ((present >> m) & 1U ? name : QLatin1Char('-') + name);
  }
  if (!split.empty()) words << QStringLiteral("split:") + QString::fromStdString(split);
  return words.join(QLatin1Char(' '));
}

}  // namespace fusemoe::ui
