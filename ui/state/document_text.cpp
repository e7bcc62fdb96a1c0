#include "state/document_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <cmath>

#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::text)
};

template <class Numbers>
QString numbers(const Numbers& values, int decimals) {
  QStringList parts;
  for (const auto value : values) parts << number(static_cast<double>(value), decimals);
  return parts.join(' ');
}

void appendLayer(QStringList& lines, const LayerResult& layer, int index) {
  const EntropyTerms& entropy = layer.entropy;
  lines << QStringLiteral("layer %1").arg(index + 1);
  lines << QStringLiteral("  entropy per modality: %1 nats").arg(numbers(entropy.perModality, 4));
  lines << QStringLiteral("  mean of H %1, H of mean %2, E %3 (bounds %4 ... 0)")
               .arg(number(entropy.mean, 4), number(entropy.mixture, 4), number(entropy.regularizer, 4),
                    number(entropy.lowerBound, 4));
  lines << QStringLiteral("  load (tokens): %1").arg(numbers(layer.load, 0));
  lines << QStringLiteral("  importance: %1").arg(numbers(layer.importance, 3));
}

void appendModel(QStringList& lines, const Document& document) {
  const ModelConfig& config = document.model()->config();
  lines << QStringLiteral("model: %1 (%2 parameters)")
               .arg(fileName(document.model()->info().path), count(document.model()->info().parameters));
  lines << QStringLiteral("gate %1, router %2, %3 experts, top %4, missing %5")
               .arg(QString::fromUtf8(nameOf(config.gate).data()), QString::fromUtf8(nameOf(config.router).data()))
               .arg(config.experts)
               .arg(config.topK)
               .arg(QString::fromUtf8(nameOf(config.missing).data()));
  for (int i = 0; i < config.modalityCount() && document.sample(); ++i) {
    lines << QStringLiteral("modality %1: %2").arg(modalityTitle(config, i), stateName(document.modalityState(i)));
  }
}

}  // namespace

QString emptyHint(const Document& document) {
  if (document.result()) return {};
  if (document.loadingModel()) return Text::tr("Opening the model …");
  if (document.loadingSource()) return Text::tr("Opening the cohort …");
  if (!document.model()) return Text::tr("No model is open.\nPress Ctrl+O, or drop a .safetensors file here.");
  if (!document.cohort()) return Text::tr("No cohort is open.\nPress Ctrl+Shift+O, or drop a .sqlite file here.");
  if (!document.sample()) return Text::tr("No stay is chosen.\nPick one from the list on the left.");
  if (document.runner().waiting()) return Text::tr("Computing …");
  return Text::tr("This state could not be computed.\nUndo with Ctrl+Z, or choose another stay.");
}

QString taskTitle(const Document& document) {
  if (!document.model()) return {};
  const TaskConfig& task = document.model()->config().task;
  return QString::fromStdString(task.title.empty() ? task.name : task.title);
}

QString referenceName(const Document& document) {
  const Reference& reference = document.state().reference;
  if (reference.isAsRecorded() || document.loadingReference())
    return document.state().intervention.empty() ? Text::tr("as recorded") : Text::tr("as recorded, as trained");
  if (reference.masked) return QStringLiteral("A");
  if (reference.modelPath) return QStringLiteral("A: %1").arg(fileName(*reference.modelPath));
  return Text::tr("A: stay %1").arg(reference.stayId.value_or(0));
}

QString interventionText(const Intervention& intervention) {
  QStringList parts;
  Intervention experts;
  experts.experts = intervention.experts;
  experts.topK = intervention.topK;
  if (!experts.empty())
    parts << Text::tr("Experts changed: %1 — not the trained model").arg(QString::fromStdString(describe(experts)));
  if (intervention.gate)
    parts << Text::tr("Gate: %1, not trained with this gate").arg(QString::fromUtf8(nameOf(*intervention.gate).data()));
  if (intervention.missing != MissingSubstitute::AsTrained)
    parts << Text::tr("Missing modalities: %1 in their place").arg(substituteName(intervention.missing));
  return parts.join(QStringLiteral("; "));
}

QString substituteName(MissingSubstitute substitute) {
  switch (substitute) {
    case MissingSubstitute::AsTrained:
      return Text::tr("as trained");
    case MissingSubstitute::Learned:
      return Text::tr("learned embedding");
    case MissingSubstitute::Zeros:
      return Text::tr("zeros");
    case MissingSubstitute::TrainingMean:
      return Text::tr("training mean");
  }
  return {};
}

QString ghostName(const Document& document) {
  return document.flipped() ? Text::tr("now") : referenceName(document);
}

QString labelText(const Document& document, const std::vector<float>& labels) {
  if (labels.empty() || std::isnan(labels.front())) return Text::tr("unknown");
  if (!document.cohort() || document.cohort()->info().tasks.empty()) return number(labels.front(), 0);
  const CohortTask& task = document.cohort()->info().tasks.front();
  if (task.kind == TaskKind::Binary && !task.labels.empty()) {
    const QString name = QString::fromStdString(task.labels.front());
    return labels.front() > 0.5F ? name : Text::tr("no");
  }
  QStringList names;
  for (std::size_t i = 0; i < labels.size() && i < task.labels.size(); ++i) {
    if (labels[i] > 0.5F) names << QString::fromStdString(task.labels[i]);
  }
  return names.isEmpty() ? Text::tr("none") : names.join(QStringLiteral(", "));
}

QString textSummary(const Document& document) {
  QStringList lines;
  lines << Text::tr("FuseMoE Explorer. Research use only. Not for clinical decisions.");
  if (document.model()) appendModel(lines, document);
  if (document.cohort()) {
    lines << QStringLiteral("cohort: %1 (%2 stays)")
                 .arg(fileName(document.state().cohortPath), count(static_cast<qint64>(document.stays()->size())));
    lines << QStringLiteral("stay: %1").arg(document.state().stayId);
  }
  if (!document.state().intervention.empty())
    lines << QStringLiteral("intervention: %1").arg(QString::fromStdString(describe(document.state().intervention)));
  if (!document.result()) {
    lines << emptyHint(document).replace('\n', ' ');
    return lines.join('\n') + '\n';
  }
  lines << QStringLiteral("%1: probability %2, %3 %4")
               .arg(taskTitle(document), numbers(document.result()->probability, 4), referenceName(document),
                    document.reference() ? numbers(document.reference()->probability, 4) : QString());
  for (std::size_t i = 0; i < document.result()->layers.size(); ++i) {
    appendLayer(lines, document.result()->layers[i], static_cast<int>(i));
  }
  return lines.join('\n') + '\n';
}

}  // namespace fusemoe::ui
