#pragma once

#include <QRgb>
#include <QString>
#include <memory>
#include <vector>

#include "scene/orbit_camera.h"
#include "scene/scene_cloud.h"
#include "scene/scene_data.h"

namespace fusemoe::ui {

struct Theme;

/// The second cue beside colour; a modality keeps its own.
enum class MarkShape { Circle, Square, Triangle, Plus, Diamond, Cross };
MarkShape shapeOfModality(int modality);

/// A mark that always faces the viewer and keeps its size on the screen.
struct SceneMark {
  Vector3 place;
  MarkShape shape = MarkShape::Circle;
  float radius = 4;   ///< pixels
  float outline = 0;  ///< width of the line of a hollow mark, pixels; 0 = filled
  QRgb colour = 0;    ///< with its opacity
  int token = -1;     ///< what it stands for, an index of SceneData; -1 = none
  int gate = -1;
};

/// A straight line of constant width on the screen.
struct SceneStroke {
  Vector3 from, to;
  float width = 1;  ///< pixels
  QRgb colour = 0;
};

struct SceneLabel {
  Vector3 place;
  double clearance = 0;  ///< pixels to keep from the place
  QString text;
  QRgb colour = 0;
  bool strong = false;
  double priority = 0;
};

/// One picture of the scene, all of it: what a renderer needs and nothing it must ask for. A value, so that it can be
/// drawn on another thread.
struct SceneFrame {
  OrbitCamera camera;
  QSizeF viewport;  ///< logical pixels
  double devicePixelRatio = 1;
  QRgb background = 0;
  std::vector<SceneStroke> strokes;
  std::vector<SceneMark> marks;
  std::vector<SceneLabel> labels;
  CloudPtr cloud;                  ///< points of many stays, of one layer; may be null
  std::vector<QRgb> cloudColours;  ///< a router's; fully transparent = not drawn
  float cloudPointSize = 3;        ///< pixels
};
using FramePtr = std::shared_ptr<const SceneFrame>;

/// Everything that decides how the scene looks but the camera.
struct SceneLook {
  const SceneData* data = nullptr;   ///< not null
  const SceneData* ghost = nullptr;  ///< the same things at other places of the same space; may be null
  CloudPtr cloud;
  Target target;  ///< what is lit up
};

/// The marks, lines and labels of a scene under a theme. Links are drawn of what is pointed at, and of all while they
/// are few. The camera decides only on which edges of the floor the axes' titles stand.
SceneFrame composeFrame(const SceneLook& look, const Theme& theme, const OrbitCamera& camera, const QSizeF& viewport,
                        double devicePixelRatio);

/// What must be inside the picture: all points, of a cloud some, and the corners of the floor.
std::vector<Vector3> pointsToShow(const SceneLook& look);

/// The marks in front of the camera, the farthest first: the order to draw them in.
std::vector<const SceneMark*> marksFromBehind(const SceneFrame& frame);

/// The mark under a place of the viewport, the nearest one to it within reach; null if none.
const SceneMark* markAt(const SceneFrame& frame, const QPointF& position);

}  // namespace fusemoe::ui
