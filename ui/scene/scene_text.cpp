#include "scene/scene_text.h"

#include <QCoreApplication>

#include "state/document.h"
#include "state/document_text.h"
#include "state/format.h"
#include "state/theme.h"

namespace fusemoe::ui {
namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(SceneView)
};

const RouterResult& routerOf(const Document& document, int router) {
  return document.shownLayer()->routers[std::size_t(router)];
}

QString whole(double value) {
  return QString::number(value, 'g', 9);
}

QStringList placeCells(double x, double y, double z) {
  return {whole(x), whole(y), whole(z)};
}

QString bold(const QString& text) {
  return QStringLiteral("<b>%1</b>").arg(text);
}

}  // namespace

QString tokenTip(const Document& document, const SceneData& data, int index) {
  const ModelConfig& config = document.model()->config();
  const SceneToken& token = data.tokens[std::size_t(index)];
  const RouterResult& router = routerOf(document, token.router);
  const QString title = routerTitle(config, token.modality).toHtmlEscaped();
  QStringList lines;
  lines << bold(token.bin < 0 ? Text::tr("%1 · whole sequence").arg(title)
                              : Text::tr("%1 · time bin %2 of %3").arg(title).arg(token.bin + 1).arg(router.tokens));
  if (token.state != ModalityState::Present)
    lines << Text::tr("%1: the token stands for missing data").arg(stateName(token.state));
  lines << Text::tr("keeps its top %1 by logit %2:").arg(data.linksOfToken).arg(logitFormula(config.gate));
  for (int k = 0; k < data.linksOfToken; ++k) {
    const SceneLink& link = data.links[std::size_t(index * data.linksOfToken + k)];
    const int expert = data.gates[std::size_t(link.gate)].expert;
    const float logit = router.logits[std::size_t(token.index * config.experts + expert)];
    lines << Text::tr("%1: gate weight %2, logit %3")
                 .arg(bold(expertName(expert)), number(double(link.weight), 3), number(double(logit), 2));
  }
  return lines.join(QStringLiteral("<br>"));
}

QString gateTip(const Document& document, const SceneData& data, int index) {
  const ModelConfig& config = document.model()->config();
  const SceneGate& gate = data.gates[std::size_t(index)];
  const RouterResult& router = routerOf(document, gate.router);
  const auto kept = std::ranges::count(router.topKExpert, gate.expert);
  QStringList lines;
  lines << bold(Text::tr("%1 · gate vector W for %2")
                    .arg(expertName(gate.expert), routerTitle(config, gate.modality).toHtmlEscaped()));
  lines << Text::tr("logit of a token x: %1").arg(logitFormula(config.gate));
  lines << Text::tr("top-%1: kept by %2 of %3, mean gate weight %4")
               .arg(config.topK)
               .arg(kept)
               .arg(counted(router.tokens, Text::tr("1 token"), Text::tr("%1 tokens")))
               .arg(number(gate.share, 3));
  lines << Text::tr("dense: mean softmax %1").arg(number(double(router.meanDense[std::size_t(gate.expert)]), 3));
  return lines.join(QStringLiteral("<br>"));
}

QList<SceneLegend::Entry> legendEntries(const Document& document, const SceneData& data, bool moved,
                                        const Theme& theme) {
  QList<SceneLegend::Entry> entries;
  int router = -1;
  for (const SceneToken& token : data.tokens) {
    if (token.router == router) continue;
    router = token.router;
    const bool present = token.state == ModalityState::Present;
    const QString title = routerTitle(document.model()->config(), token.modality);
    SceneMark mark;
    mark.shape = shapeOfModality(token.modality);
    mark.outline = present ? 0.0F : 1.3F;
    mark.colour = theme.modality(token.modality).rgba();
    entries.append({present ? title : Text::tr("%1 (%2)").arg(title, stateName(token.state)), mark, token.modality});
  }
  SceneMark ring;
  ring.outline = 1.4F;
  ring.radius = 5;
  ring.colour = theme.text.rgba();
  entries.append({Text::tr("gate vector"), ring, -1});
  if (moved) {
    SceneMark ghost;
    ghost.outline = 1;
    ghost.radius = 2.6F;
    ghost.colour = theme.faint.rgba();
    entries.append({ghostName(document), ghost, -1});
  }
  return entries;
}

Table sceneTable(const Document& document, const SceneData& data, const SceneCloud* cloud) {
  const ModelConfig& config = document.model()->config();
  Table table;
  table.columns = {Text::tr("kind"),         Text::tr("modality"),    Text::tr("state"), Text::tr("bin"),
                   Text::tr("expert"),       Text::tr("PC1"),         Text::tr("PC2"),   Text::tr("PC3"),
                   Text::tr("experts kept"), Text::tr("gate weights")};
  const auto bin = [](int index) { return index < 0 ? QString() : QString::number(index + 1); };
  for (std::size_t i = 0; i < data.tokens.size(); ++i) {
    const SceneToken& token = data.tokens[i];
    QStringList experts, weights;
    for (std::size_t k = 0; k < std::size_t(data.linksOfToken); ++k) {
      const SceneLink& link = data.links[i * std::size_t(data.linksOfToken) + k];
      experts << expertName(data.gates[std::size_t(link.gate)].expert);
      weights << whole(double(link.weight));
    }
    table.rows.push_back(QStringList{Text::tr("token"), routerTitle(config, token.modality), stateName(token.state),
                                     bin(token.bin), QString()} +
                         placeCells(token.place.x, token.place.y, token.place.z) +
                         QStringList{experts.join(' '), weights.join(' ')});
  }
  for (const SceneGate& gate : data.gates) {
    table.rows.push_back(QStringList{Text::tr("gate vector"), routerTitle(config, gate.modality), QString(), QString(),
                                     expertName(gate.expert)} +
                         placeCells(gate.place.x, gate.place.y, gate.place.z) + QStringList{QString(), QString()});
  }
  for (std::size_t i = 0; cloud && i < cloud->points.size(); ++i) {
    const SceneCloud::Point& point = cloud->points[i];
    const int modality = config.router == Router::Joint ? -1 : point.router;
    table.rows.push_back(QStringList{Text::tr("token of the cohort"), routerTitle(config, modality),
                                     stateName(ModalityState::Present), bin(point.bin), QString()} +
                         placeCells(double(point.x), double(point.y), double(point.z)) +
                         QStringList{QString(), QString()});
  }
  return table;
}

}  // namespace fusemoe::ui
