#include "scene/scene_frame.h"

#include <QCoreApplication>
#include <QLineF>
#include <algorithm>
#include <array>
#include <cmath>

#include "state/format.h"
#include "state/theme.h"

namespace fusemoe::ui {
namespace {

constexpr std::size_t kLinksWhenFew = 200;   // up to here all links stay readable at once
constexpr std::size_t kGhostsWhenFew = 400;  // tokens, likewise
constexpr float kTokenRadius = 3.6F;
constexpr float kGateRadius = 5.5F;
constexpr float kWidestLink = 3.0F;
constexpr double kFaded = 0.16;
constexpr double kMissing = 0.75;
constexpr double kReach = 5;  // pixels beyond a mark's edge that still count as on it

QRgb faded(const QColor& colour, double opacity) {
  QColor result = colour;
  result.setAlphaF(float(opacity));
  return result.rgba();
}

QRgb blended(const QColor& colour, const QColor& ground, double share) {
  const auto part = [share](int a, int b) { return int(std::lround(a * share + b * (1 - share))); };
  return qRgb(part(colour.red(), ground.red()), part(colour.green(), ground.green()),
              part(colour.blue(), ground.blue()));
}

struct Box {
  Vector3 low, high;
};

Box boxOf(const std::vector<Vector3>& points) {
  Box box{points.front(), points.front()};
  for (const Vector3& p : points) {
    box.low = {std::min(box.low.x, p.x), std::min(box.low.y, p.y), std::min(box.low.z, p.z)};
    box.high = {std::max(box.high.x, p.x), std::max(box.high.y, p.y), std::max(box.high.z, p.z)};
  }
  return box;
}

/// 1, 2 or 5 times a power of ten, so that about `parts` steps make `extent`.
double gridStep(double extent, int parts) {
  const double rough = std::max(extent / parts, 1e-9);
  const double power = std::pow(10, std::floor(std::log10(rough)));
  const double lead = rough / power;
  return power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
}

class Composer {
 public:
  Composer(const SceneLook& look, const Theme& theme, SceneFrame& frame)
      : m_look(look), m_data(*look.data), m_theme(theme), m_target(look.target), m_frame(frame) {}

  void compose() {
    addFloor();
    addCloud();
    findPointed();
    addLinks();
    addGhosts();
    addTokens();
    addGates();
  }

 private:
  void addFloor();
  void addGrid(const Box& box);
  void addAxis(const Vector3& from, const Vector3& to, int axis, double share);
  void addCloud();
  void findPointed();
  void addLinks();
  void addGhosts();
  void addTokens();
  void addGates();
  bool pointing() const { return !m_target.empty(); }
  double heightOnScreen(const Vector3& a, const Vector3& b) const {
    return m_frame.camera.project(mix(a, b, 0.5), m_frame.viewport).at.y();
  }

  const SceneLook& m_look;
  const SceneData& m_data;
  const Theme& m_theme;
  const Target m_target;
  SceneFrame& m_frame;
  std::vector<bool> m_pointedTokens;
  std::vector<bool> m_keptGates;  ///< kept by a token that is pointed at
};

void Composer::addFloor() {
  const Box box = boxOf(pointsToShow(m_look));
  addGrid(box);
  const Vector3 &low = box.low, &high = box.high;
  const auto lower = [this](const Vector3& a1, const Vector3& a2, const Vector3& b1, const Vector3& b2, int axis) {
    const bool first = heightOnScreen(a1, a2) > heightOnScreen(b1, b2);
    first ? addAxis(a1, a2, axis, 0.5) : addAxis(b1, b2, axis, 0.5);
  };
  lower({low.x, low.y, high.z}, {high.x, low.y, high.z}, {low.x, low.y, low.z}, {high.x, low.y, low.z}, 0);
  lower({high.x, low.y, low.z}, {high.x, low.y, high.z}, {low.x, low.y, low.z}, {low.x, low.y, high.z}, 2);
  // The upright stands where it is farthest left, clear of the points.
  std::array<Vector3, 4> corners{Vector3{low.x, low.y, low.z}, Vector3{low.x, low.y, high.z},
                                 Vector3{high.x, low.y, low.z}, Vector3{high.x, low.y, high.z}};
  const Vector3 corner = *std::ranges::min_element(
      corners, {}, [this](const Vector3& at) { return m_frame.camera.project(at, m_frame.viewport).at.x(); });
  addAxis(corner, {corner.x, high.y, corner.z}, 1, 1.0);
}

void Composer::addGrid(const Box& box) {
  const QRgb line = m_theme.border.rgba();
  const double step = gridStep(std::max(box.high.x - box.low.x, box.high.z - box.low.z), 8);
  const double y = box.low.y;
  for (double x = std::ceil(box.low.x / step) * step; x <= box.high.x; x += step)
    m_frame.strokes.push_back({{x, y, box.low.z}, {x, y, box.high.z}, 1, line});
  for (double z = std::ceil(box.low.z / step) * step; z <= box.high.z; z += step)
    m_frame.strokes.push_back({{box.low.x, y, z}, {box.high.x, y, z}, 1, line});
}

void Composer::addAxis(const Vector3& from, const Vector3& to, int axis, double share) {
  constexpr double kAboveAll = 1000;
  m_frame.strokes.push_back({from, to, 1, m_theme.faint.rgba()});
  const QString title = QCoreApplication::translate("SceneView", "PC%1 (%2 %)")
                            .arg(axis + 1)
                            .arg(number(100 * m_data.explained[std::size_t(axis)], 0));
  m_frame.labels.push_back({mix(from, to, share), 4, title, m_theme.secondary.rgba(), false, kAboveAll});
}

void Composer::addCloud() {
  if (!m_look.cloud) return;
  m_frame.cloud = m_look.cloud;
  int routers = 0;
  for (const SceneToken& token : m_data.tokens) routers = std::max(routers, token.router + 1);
  m_frame.cloudColours.assign(std::size_t(routers), 0);
  for (const SceneToken& token : m_data.tokens) {
    const bool quiet = m_target.modality >= 0 && token.modality >= 0 && token.modality != m_target.modality;
    m_frame.cloudColours[std::size_t(token.router)] =
        blended(m_theme.modality(token.modality), m_theme.surface, quiet ? 0.18 : 0.72);
  }
}

void Composer::findPointed() {
  m_pointedTokens.resize(m_data.tokens.size());
  m_keptGates.assign(m_data.gates.size(), false);
  for (std::size_t i = 0; i < m_data.tokens.size(); ++i) m_pointedTokens[i] = m_data.pointedAt(int(i), m_target);
  for (const SceneLink& link : m_data.links)
    if (m_pointedTokens[std::size_t(link.token)]) m_keptGates[std::size_t(link.gate)] = true;
}

void Composer::addLinks() {
  if (!pointing() && (m_data.links.size() > kLinksWhenFew || m_look.cloud)) return;
  for (const SceneLink& link : m_data.links) {
    const SceneToken& token = m_data.tokens[std::size_t(link.token)];
    const SceneGate& gate = m_data.gates[std::size_t(link.gate)];
    if (!m_pointedTokens[std::size_t(link.token)]) continue;
    if (m_target.expert >= 0 && gate.expert != m_target.expert) continue;
    const double missing = token.state == ModalityState::Present ? 1 : 0.6;
    const float width = std::max(0.5F, kWidestLink * link.weight);
    m_frame.strokes.push_back({token.place, gate.place, pointing() ? width : width * 0.5F,
                               faded(m_theme.modality(token.modality), (pointing() ? 0.75 : 0.3) * missing)});
  }
}

void Composer::addGhosts() {
  if (!m_look.ghost || (!pointing() && m_data.tokens.size() > kGhostsWhenFew)) return;
  constexpr double kWorthShowing = 3;  // pixels
  for (std::size_t i = 0; i < m_data.tokens.size(); ++i) {
    const Vector3 &before = m_look.ghost->tokens[i].place, &now = m_data.tokens[i].place;
    const QLineF moved(m_frame.camera.project(before, m_frame.viewport).at,
                       m_frame.camera.project(now, m_frame.viewport).at);
    if (!m_pointedTokens[i] || moved.length() < kWorthShowing) continue;
    m_frame.strokes.push_back({before, now, 1, faded(m_theme.faint, 0.8)});
    m_frame.marks.push_back({before, shapeOfModality(m_data.tokens[i].modality), 2.4F, 1, m_theme.faint.rgba()});
  }
}

void Composer::addTokens() {
  for (std::size_t i = 0; i < m_data.tokens.size(); ++i) {
    const SceneToken& token = m_data.tokens[i];
    const bool present = token.state == ModalityState::Present;
    const bool lit = pointing() && m_pointedTokens[i];
    const double opacity = m_pointedTokens[i] ? (present ? 1.0 : kMissing) : kFaded;
    const bool one = lit && m_target.bin >= 0;
    m_frame.marks.push_back({token.place, shapeOfModality(token.modality), kTokenRadius * (one ? 1.5F : 1.0F),
                             present ? 0.0F : 1.3F, faded(m_theme.modality(token.modality), opacity), int(i), -1});
  }
}

void Composer::addGates() {
  for (std::size_t i = 0; i < m_data.gates.size(); ++i) {
    const SceneGate& gate = m_data.gates[i];
    const bool ofModality = m_target.modality < 0 || gate.modality < 0 || gate.modality == m_target.modality;
    const bool ofExpert = m_target.expert < 0 || gate.expert == m_target.expert;
    const bool lit = pointing() && ofModality && ofExpert && (m_target.expert >= 0 || m_keptGates[i]);
    const bool chosen = gate.share > 0;
    const double opacity = lit ? 1.0 : pointing() && !(ofModality && ofExpert) ? kFaded : chosen ? 0.85 : 0.4;
    const bool exact = lit && m_target.expert >= 0;
    const QColor ring = exact ? m_theme.accent : m_theme.text;
    m_frame.marks.push_back({gate.place, MarkShape::Circle, exact ? kGateRadius * 1.2F : kGateRadius,
                             exact           ? 2.2F
                             : chosen || lit ? 1.4F
                                             : 1.0F,
                             faded(ring, opacity), -1, int(i)});
    // Routers of their own have a gate vector each for the same expert: a dot in the middle says whose this is.
    if (gate.modality >= 0)
      m_frame.marks.push_back({gate.place, shapeOfModality(gate.modality), 2.0F, 0,
                               faded(m_theme.modality(gate.modality), opacity), -1, int(i)});
    if (!lit && (pointing() || !chosen)) continue;
    m_frame.labels.push_back({gate.place, kGateRadius + 3, expertName(gate.expert),
                              exact ? m_theme.accent.rgba() : m_theme.text.rgba(), lit,
                              (exact ? 100 : 0) + (lit ? 10 : 0) + gate.share});
  }
}

}  // namespace

MarkShape shapeOfModality(int modality) {
  constexpr std::array kShapes{MarkShape::Circle, MarkShape::Square,  MarkShape::Triangle,
                               MarkShape::Plus,   MarkShape::Diamond, MarkShape::Cross};
  return modality < 0 ? MarkShape::Circle : kShapes[std::size_t(modality) % kShapes.size()];
}

SceneFrame composeFrame(const SceneLook& look, const Theme& theme, const OrbitCamera& camera, const QSizeF& viewport,
                        double devicePixelRatio) {
  SceneFrame frame;
  frame.camera = camera;
  frame.viewport = viewport;
  frame.devicePixelRatio = devicePixelRatio;
  frame.background = theme.surface.rgb();
  if (!look.data->empty()) Composer(look, theme, frame).compose();
  return frame;
}

std::vector<Vector3> pointsToShow(const SceneLook& look) {
  constexpr std::size_t kOfCloud = 2000;
  std::vector<Vector3> points;
  for (const SceneData* data : {look.data, look.ghost}) {
    if (!data) continue;
    for (const SceneToken& token : data->tokens) points.push_back(token.place);
    for (const SceneGate& gate : data->gates) points.push_back(gate.place);
  }
  const std::size_t size = look.cloud ? look.cloud->points.size() : 0;
  for (std::size_t i = 0; i < size; i += size / kOfCloud + 1) {
    const SceneCloud::Point& point = look.cloud->points[i];
    points.push_back({point.x, point.y, point.z});
  }
  if (points.empty()) return points;
  const Box box = boxOf(points);  // the floor too
  for (const double x : {box.low.x, box.high.x})
    for (const double z : {box.low.z, box.high.z}) points.push_back({x, box.low.y, z});
  return points;
}

std::vector<const SceneMark*> marksFromBehind(const SceneFrame& frame) {
  std::vector<std::pair<double, const SceneMark*>> order;
  for (const SceneMark& mark : frame.marks) {
    const double depth = frame.camera.project(mark.place, frame.viewport).depth;
    if (depth > 0) order.emplace_back(depth, &mark);
  }
  // Stable: the dot in a ring stays before it.
  std::ranges::stable_sort(order, std::greater(), [](const auto& entry) { return entry.first; });
  std::vector<const SceneMark*> marks;
  for (const auto& [depth, mark] : order) marks.push_back(mark);
  return marks;
}

const SceneMark* markAt(const SceneFrame& frame, const QPointF& position) {
  const SceneMark* best = nullptr;
  double nearest = 0;
  for (const SceneMark& mark : frame.marks) {
    if (mark.token < 0 && mark.gate < 0) continue;
    const OrbitCamera::Seen seen = frame.camera.project(mark.place, frame.viewport);
    // Beyond its edge: a small mark in a ring is met in its middle, the ring outside of that.
    const double distance = QLineF(seen.at, position).length() - double(mark.radius);
    if (seen.depth <= 0 || distance > kReach || (best && distance >= nearest)) continue;
    best = &mark;
    nearest = distance;
  }
  return best;
}

}  // namespace fusemoe::ui
