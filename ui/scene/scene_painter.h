#pragma once

#include <QRectF>
#include <vector>

#include "scene/scene_frame.h"

class QPainter;

namespace fusemoe::ui {

/// A label and where it stands, pixels of the viewport.
struct PlacedLabel {
  const SceneLabel* label = nullptr;  ///< of the frame
  QRectF place;
};

/// The frame's labels that find a place: no two overlap.
std::vector<PlacedLabel> placedLabels(const SceneFrame& frame);
void paintLabels(QPainter& painter, const SceneFrame& frame);

/// Draws floor, links and marks as vectors with the viewport's corner at the origin: for exports, and where there is no
/// OpenGL. A cloud is drawn as a picture. The same scene as SceneRenderer's, but that nothing hides a line.
void paintScene(QPainter& painter, const SceneFrame& frame);

/// Draws one mark with its middle at `at`, as in a legend.
void paintMark(QPainter& painter, const QPointF& at, const SceneMark& mark);

}  // namespace fusemoe::ui
