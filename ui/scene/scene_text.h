#pragma once

#include <QString>

#include "scene/scene_data.h"
#include "scene/scene_legend.h"
#include "state/table.h"

namespace fusemoe::ui {

class Document;
struct Theme;

/// The scene in words. `data` is of the document's result and layer.
QString tokenTip(const Document& document, const SceneData& data, int token);
QString gateTip(const Document& document, const SceneData& data, int gate);
/// `moved` = the reference is drawn behind, so the legend says what it is.
QList<SceneLegend::Entry> legendEntries(const Document& document, const SceneData& data, bool moved,
                                        const Theme& theme);
/// A row a token, gate vector, and point of the cloud (which may be null).
Table sceneTable(const Document& document, const SceneData& data, const SceneCloud* cloud);

}  // namespace fusemoe::ui
