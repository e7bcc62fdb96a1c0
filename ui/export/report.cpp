#include "export/report.h"

#include <QCoreApplication>
#include <algorithm>

#include "state/document.h"
#include "state/document_text.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::Report)
};

QString exact(double value) {
  return QString::number(value, 'g', 9);
}

Table modalityTable(const Document& document) {
  Table table{{Text::tr("Modality"), Text::tr("State"), Text::tr("Observations")}, {}};
  const ModelConfig& config = document.model()->config();
  for (int i = 0; i < config.modalityCount(); ++i) {
    const ModalityData* data = document.sample()->modality(config.modalities[static_cast<std::size_t>(i)].name);
    table.rows.push_back({modalityTitle(config, i), stateName(document.modalityState(i)),
                          QString::number(data ? data->observationCount() : 0)});
  }
  return table;
}

Table modelTable(const Document& document) {
  const ModelConfig& config = document.model()->config();
  const ModelInfo& info = document.model()->info();
  const auto named = [](std::string_view name) { return QString::fromUtf8(name.data(), qsizetype(name.size())); };
  Table table{{QString(), QString()}, {}};
  table.rows = {{Text::tr("Name"), QString::fromStdString(config.name)},
                {Text::tr("File"), fileName(info.path)},
                {QStringLiteral("SHA-256"), QString::fromStdString(info.digest)},
                {Text::tr("Parameters"), count(info.parameters)},
                {Text::tr("Gate"), named(nameOf(config.gate))},
                {Text::tr("Router"), named(nameOf(config.router))},
                {Text::tr("Experts"), Text::tr("%1, top %2").arg(config.experts).arg(config.topK)},
                {Text::tr("Layers"), QString::number(config.layers)},
                {Text::tr("Missing modalities"), named(nameOf(config.missing))},
                {Text::tr("Computed by"), Text::tr("LibTorch %1 on %2")
                                              .arg(QString::fromStdString(document.engine().torchVersion),
                                                   QString::fromStdString(document.engine().device))}};
  return table;
}

Table probabilityTable(const Document& document) {
  Table table{{Text::tr("Label"), Text::tr("Probability"), Text::tr("Compared with")}, {}};
  const auto& labels = document.model()->config().task.labels;
  const auto& values = document.result()->probability;
  const ResultPtr& other = document.reference();
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool both = other && other->probability.size() == values.size();
    table.rows.push_back({i < labels.size() ? QString::fromStdString(labels[i]) : QString::number(i + 1),
                          exact(double(values[i])), both ? exact(double(other->probability[i])) : QString()});
  }
  return table;
}

/// p̂ of every router: an expert a row, a router a column.
Table routerTable(const Document& document, const LayerResult& layer) {
  const ModelConfig& config = document.model()->config();
  Table table{{Text::tr("Expert")}, {}};
  for (const RouterResult& router : layer.routers) table.columns << routerTitle(config, router.modality);
  table.columns << Text::tr("Load") << Text::tr("Importance");
  for (int expert = 0; expert < config.experts; ++expert) {
    const auto at = static_cast<std::size_t>(expert);
    QStringList row{expertName(expert)};
    for (const RouterResult& router : layer.routers) row << exact(double(router.meanDense.at(at)));
    row << exact(double(layer.load.at(at))) << exact(double(layer.importance.at(at)));
    table.rows.push_back(row);
  }
  return table;
}

Table entropyTable(const Document& document) {
  Table table{{Text::tr("Layer")}, {}};
  const auto& layers = document.result()->layers;
  for (const RouterResult& router : layers.front().routers)
    table.columns << QStringLiteral("H %1").arg(routerTitle(document.model()->config(), router.modality));
  table.columns << Text::tr("Mean of H") << Text::tr("H of mean") << QStringLiteral("E");
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const EntropyTerms& terms = layers[i].entropy;
    QStringList row{QString::number(i + 1)};
    for (const double value : terms.perModality) row << exact(value);
    row << exact(terms.mean) << exact(terms.mixture) << exact(terms.regularizer);
    table.rows.push_back(row);
  }
  return table;
}

}  // namespace

Result<Report> recordReport(const Document& document, std::vector<Figure> figures, Identifiers identifiers) {
  const ResultPtr& result = document.result();
  if (!result) return failure(emptyHint(document).replace('\n', ' ').toStdString());
  Report report;
  report.title = taskTitle(document);
  report.provenance = provenanceOf(document, identifiers);
  const auto& values = result->probability;
  const auto top = static_cast<std::size_t>(std::ranges::max_element(values) - values.begin());
  report.prediction = number(double(values[top]), 2);
  const ResultPtr& other = document.reference();
  if (other && other != result && other->probability.size() == values.size()) {
    const double before = double(other->probability[top]);
    report.comparison =
        Text::tr("%1 vs %2 %3")
            .arg(signedNumber(double(values[top]) - before, 2), number(before, 2), report.provenance.reference);
  }
  report.tables = {{Text::tr("Modalities"), modalityTable(document)}, {Text::tr("Model"), modelTable(document)}};
  if (values.size() > 1) report.numbers.push_back({Text::tr("Probabilities"), probabilityTable(document)});
  report.numbers.push_back({Text::tr("Entropy, nats, dense distributions"), entropyTable(document)});
  for (std::size_t i = 0; i < result->layers.size(); ++i)
    report.numbers.push_back({Text::tr("Router probabilities, mean over tokens, layer %1").arg(i + 1),
                              routerTable(document, result->layers[i])});
  report.figures = std::move(figures);
  return report;
}

}  // namespace fusemoe::ui
