#include "panels/analysis/collapse_content.h"

#include <QCoreApplication>
#include <algorithm>

#include "charts/routing_numbers.h"
#include "state/format.h"

namespace fusemoe::ui::collapse {
namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::collapse)
};

QString aurocNote(const ModalityShare& share) {
  const auto said = [](const std::optional<double>& value) {
    return value ? number(*value, 3) : Text::tr("not defined");
  };
  return Text::tr("%1 stays have it; AUROC over those: alone %2, without it %3, as recorded %4")
      .arg(count(qint64(share.stays)), said(share.alone), said(share.without), said(share.full));
}

}  // namespace

QString attributionTitle() {
  return Text::tr("What each modality brings");
}

QString findingsTitle() {
  return Text::tr("Findings");
}

IntervalContent attributionOf(const ModelConfig& config, const CollapseReport& report) {
  IntervalContent content;
  content.axis = Text::tr("mean |Shapley value|, probability");
  content.empty = Text::tr("No modality was measured.");
  for (const ModalityShare& share : report.modalities) {
    IntervalRow row{modalityTitle(config, share.modality), share.modality, {}, {}, {}, {}, {}};
    if (share.stays == 0) {
      row.reason = Text::tr("No stay of this split has it.");
    } else {
      row.value = share.attribution;
      row.interval = share.attributionInterval;
      row.note = aurocNote(share);
    }
    content.rows.push_back(row);
  }
  return content;
}

QList<FindingList::Entry> findingsOf(const CollapseReport& report) {
  QList<FindingList::Entry> entries;
  for (const Finding& finding : report.findings)
    entries << FindingList::Entry{QString::fromStdString(finding.name),
                                  number(finding.value, 2),
                                  Text::tr("on %1 … %2").arg(number(finding.least, 1), number(finding.most, 1)),
                                  QString::fromStdString(finding.meaning),
                                  QString::fromStdString(finding.next),
                                  finding.warn};
  return entries;
}

CompositionChart::Content compositionOf(const ModelConfig& config, const LayerUse& use) {
  CompositionChart::Content content;
  for (int m = 0; m < config.modalityCount(); ++m) content.modalities.push_back(modalityTitle(config, m));
  content.importance = use.importance;
  content.composition = use.composition;
  content.dead = use.dead;
  return content;
}

MatrixContent gatesOf(const GateGeometry& gate) {
  const size_t n = gate.experts.size();
  MatrixContent content;
  content.measure = Text::tr("distance of gate vectors");
  content.empty = Text::tr("This router has no gate vectors.");
  double highest = 0;
  for (const double distance : gate.distance) highest = std::max(highest, distance);
  content.least = QStringLiteral("0");
  content.most = number(highest, 2);
  content.rowTitle = Text::tr("expert");
  for (size_t i = 0; i < n; ++i) {
    const QString name = expertName(gate.experts[i]);
    content.rows.push_back({name});
    content.columns.push_back({name, {}, 0, highest, 1});
    for (size_t j = 0; j < n; ++j) {
      MatrixCell cell{gate.distance[i * n + j]};
      cell.tip = Text::tr("cosine %1; ‖W‖₂ %2 and %3")
                     .arg(number(gate.cosine[i * n + j], 3), number(gate.norm[i], 2), number(gate.norm[j], 2));
      content.cells.push_back(cell);
    }
  }
  return content;
}

Table tableOf(const ModelConfig& config, const CollapseReport& report) {
  Table table;
  table.columns = {Text::tr("what"),  Text::tr("layer"),    Text::tr("expert"),   Text::tr("modality"),
                   Text::tr("value"), Text::tr("95 % low"), Text::tr("95 % high")};
  const auto add = [&](const QString& what, int layer, int expert, int modality, double value,
                       const std::optional<Interval>& interval = {}) {
    table.rows.push_back({what, layer < 0 ? QString() : QString::number(layer + 1),
                          expert < 0 ? QString() : expertName(expert),
                          modality < 0 ? QString() : modalityTitle(config, modality), exact(value),
                          interval ? exact(interval->low) : QString(), interval ? exact(interval->high) : QString()});
  };
  add(Text::tr("unimodal collapse"), -1, -1, -1, report.unimodal);
  for (const ModalityShare& share : report.modalities) {
    add(Text::tr("mean |Shapley value|, probability"), -1, -1, share.modality, share.attribution,
        share.attributionInterval);
    add(Text::tr("share"), -1, -1, share.modality, share.share);
    if (share.alone) add(Text::tr("AUROC alone"), -1, -1, share.modality, *share.alone);
    if (share.without) add(Text::tr("AUROC without it"), -1, -1, share.modality, *share.without);
    if (share.full) add(Text::tr("AUROC as recorded"), -1, -1, share.modality, *share.full);
  }
  const int modalities = config.modalityCount();
  for (size_t l = 0; l < report.layers.size(); ++l) {
    const LayerUse& use = report.layers[l];
    add(Text::tr("effective experts"), int(l), -1, -1, use.effectiveExperts);
    add(Text::tr("mean dense entropy, nats"), int(l), -1, -1, use.meanDenseEntropy);
    for (size_t e = 0; e < use.importance.size(); ++e) {
      add(Text::tr("share of kept weight"), int(l), int(e), -1, use.importance[e]);
      for (int m = 0; m < modalities && !use.composition.empty(); ++m)
        add(Text::tr("composition"), int(l), int(e), m, use.composition[e * size_t(modalities) + size_t(m)]);
    }
  }
  return table;
}

}  // namespace fusemoe::ui::collapse
