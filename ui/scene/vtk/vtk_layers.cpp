#include "scene/vtk/vtk_layers.h"

#include <vtkCellArray.h>
#include <vtkDataObject.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkProperty.h>
#include <vtkShaderProperty.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fusemoe::ui {
namespace {

constexpr const char* kTint = "tint";
constexpr const char* kForm = "form";

constexpr const char* kVertexDeclarations = R"(//VTK::PositionVC::Dec
in vec4 tint;
in vec4 form;
flat out vec4 tintVS;
noperspective out vec4 formVS;
)";
constexpr const char* kVertexBody = R"(//VTK::PositionVC::Impl
  tintVS = tint;
  formVS = form;
)";
constexpr const char* kFragmentDeclarations = R"(//VTK::PositionVC::Dec
flat in vec4 tintVS;
noperspective in vec4 formVS;
)";

/// form: pixels across the ribbon from its middle; half its width.
constexpr const char* kStrokeBody = R"(
  float cover = clamp(0.5 + formVS.y - abs(formVS.x), 0.0, 1.0);
  if (cover <= 0.0) discard;
  gl_FragData[0] = vec4(tintVS.rgb, tintVS.a * cover);
)";

/// form: shape, radius, width of a hollow mark's line, edge of the sprite; device pixels.
constexpr const char* kMarkBody = R"(
  vec2 p = (gl_PointCoord - 0.5) * formVS.w;
  int shape = int(formVS.x + 0.5);
  float r = formVS.y;
  float line = formVS.z;
  vec2 q = abs(p);
  float d = length(p) - r;
  if (shape == 1) d = max(q.x, q.y) - 0.88 * r;
  if (shape == 2) d = max(0.8596 * q.x - 0.5111 * (p.y + 1.15 * r), p.y - 0.7 * r);
  if (shape == 3 || shape == 5) {
    if (shape == 5) q = abs(vec2(p.x + p.y, p.x - p.y) * 0.7071);
    float half_width = (line > 0.0 ? 0.5 : 0.34) * r;
    d = min(max(q.x - 1.1 * r, q.y - half_width), max(q.y - 1.1 * r, q.x - half_width));
  }
  if (shape == 4) d = (q.x + q.y) * 0.7071 - 0.85 * r;
  if (line > 0.0) d = abs(d + 0.5 * line) - 0.5 * line;
  float cover = clamp(0.5 - d, 0.0, 1.0);
  if (cover <= 0.0) discard;
  gl_FragData[0] = vec4(tintVS.rgb, tintVS.a * cover);
)";

constexpr const char* kCloudBody = R"(
  vec2 p = gl_PointCoord - 0.5;
  if (dot(p, p) > 0.25) discard;
  gl_FragData[0] = vec4(diffuseColorUniform, 1.0);
)";

/// Plain colour by a shader, drawn in the pass of opaque things: the order is ours, blending included.
void setUp(vtkRenderer& renderer, vtkActor& actor, vtkPolyDataMapper& mapper, vtkPolyData& data, const char* body) {
  mapper.SetInputData(&data);
  mapper.ScalarVisibilityOff();
  mapper.SetStatic(0);
  actor.SetMapper(&mapper);
  actor.ForceOpaqueOn();
  actor.PickableOff();
  actor.GetProperty()->LightingOff();
  actor.GetShaderProperty()->AddFragmentShaderReplacement("//VTK::Light::Impl", true, body, false);
  renderer.AddActor(&actor);
}

void addAttributes(vtkActor& actor, vtkPolyDataMapper& mapper, vtkPolyData& data, vtkFloatArray& tint,
                   vtkFloatArray& form) {
  tint.SetName(kTint);
  form.SetName(kForm);
  for (vtkFloatArray* array : {&tint, &form}) {
    array->SetNumberOfComponents(4);
    data.GetPointData()->AddArray(array);
    mapper.MapDataArrayToVertexAttribute(array->GetName(), array->GetName(), vtkDataObject::FIELD_ASSOCIATION_POINTS);
  }
  vtkShaderProperty* shaders = actor.GetShaderProperty();
  shaders->AddVertexShaderReplacement("//VTK::PositionVC::Dec", true, kVertexDeclarations, false);
  shaders->AddVertexShaderReplacement("//VTK::PositionVC::Impl", true, kVertexBody, false);
  shaders->AddFragmentShaderReplacement("//VTK::PositionVC::Dec", true, kFragmentDeclarations, false);
}

void addTint(vtkFloatArray& tint, QRgb colour) {
  tint.InsertNextTuple4(qRed(colour) / 255.0, qGreen(colour) / 255.0, qBlue(colour) / 255.0, qAlpha(colour) / 255.0);
}

vtkSmartPointer<vtkPoints> emptyPoints() {
  auto points = vtkSmartPointer<vtkPoints>::New();
  points->SetDataTypeToFloat();
  return points;
}

/// One cell of single points, 0 … count−1.
vtkSmartPointer<vtkCellArray> everyPoint(vtkIdType count) {
  std::vector<vtkIdType> ids(std::size_t(count), 0);
  std::iota(ids.begin(), ids.end(), vtkIdType{0});
  auto cells = vtkSmartPointer<vtkCellArray>::New();
  if (count > 0) cells->InsertNextCell(count, ids.data());
  return cells;
}

}  // namespace

StrokeLayer::StrokeLayer(vtkRenderer& renderer) {
  setUp(renderer, *m_actor, *m_mapper, *m_data, kStrokeBody);
  addAttributes(*m_actor, *m_mapper, *m_data, *m_tint, *m_form);
}

void StrokeLayer::set(const SceneFrame& frame) {
  m_data->SetPoints(emptyPoints());
  m_data->SetPolys(vtkSmartPointer<vtkCellArray>::New());
  m_tint->Reset();
  m_form->Reset();
  for (const SceneStroke& stroke : frame.strokes) addRibbon(frame, stroke);
  m_tint->Modified();
  m_form->Modified();
  m_data->Modified();
  m_actor->SetVisibility(m_data->GetNumberOfPoints() > 0);
}

void StrokeLayer::addRibbon(const SceneFrame& frame, const SceneStroke& stroke) {
  Vector3 ends[2] = {stroke.from, stroke.to};
  if (!frame.camera.clip(ends[0], ends[1])) return;
  const Vector3 along = ends[1] - ends[0];
  const double half = double(stroke.width) * frame.devicePixelRatio / 2;
  const double reach = half + 1;  // room for the smooth edge
  vtkIdType corners[4];
  for (int i = 0; i < 4; ++i) {
    const Vector3& end = ends[i / 2];
    Vector3 across = cross(along, end - frame.camera.eye());
    if (length(across) <= 0) return;  // seen end on
    const double depth = frame.camera.project(end, frame.viewport).depth;
    const double unit = frame.camera.pixelsPerUnit(depth, frame.viewport) * frame.devicePixelRatio;
    const double side = i % 2 == 0 ? reach : -reach;
    across = across * (side / (unit * length(across)));
    const Vector3 corner = end + across;
    corners[i] = m_data->GetPoints()->InsertNextPoint(corner.x, corner.y, corner.z);
    addTint(*m_tint, stroke.colour);
    m_form->InsertNextTuple4(side, half, 0, 0);
  }
  const vtkIdType triangles[2][3] = {{corners[0], corners[1], corners[2]}, {corners[2], corners[1], corners[3]}};
  for (const auto& triangle : triangles) m_data->GetPolys()->InsertNextCell(3, triangle);
}

MarkLayer::MarkLayer(vtkRenderer& renderer) {
  setUp(renderer, *m_actor, *m_mapper, *m_data, kMarkBody);
  addAttributes(*m_actor, *m_mapper, *m_data, *m_tint, *m_form);
}

void MarkLayer::set(const SceneFrame& frame) {
  const std::vector<const SceneMark*> marks = marksFromBehind(frame);
  double largest = 0;
  for (const SceneMark* mark : marks) largest = std::max(largest, double(mark->radius));
  // The farthest reach of any shape, and a pixel for the smooth edge on both sides.
  const double sprite = std::ceil(2 * 1.25 * largest * frame.devicePixelRatio + 2);
  const auto points = emptyPoints();
  m_tint->Reset();
  m_form->Reset();
  for (const SceneMark* mark : marks) {
    points->InsertNextPoint(mark->place.x, mark->place.y, mark->place.z);
    addTint(*m_tint, mark->colour);
    m_form->InsertNextTuple4(double(mark->shape), double(mark->radius) * frame.devicePixelRatio,
                             double(mark->outline) * frame.devicePixelRatio, sprite);
  }
  m_data->SetPoints(points);
  m_data->SetVerts(everyPoint(points->GetNumberOfPoints()));
  m_tint->Modified();
  m_form->Modified();
  m_data->Modified();
  m_actor->GetProperty()->SetPointSize(float(sprite));
  m_actor->SetVisibility(!marks.empty());
}

void CloudLayer::set(const SceneFrame& frame) {
  if (frame.cloud != m_cloud) upload(frame);
  for (std::size_t router = 0; router < m_parts.size(); ++router) {
    vtkActor& actor = *m_parts[router]->actor;
    const QRgb colour = router < frame.cloudColours.size() ? frame.cloudColours[router] : 0;
    actor.SetVisibility(m_cloud != nullptr && qAlpha(colour) > 0);
    actor.GetProperty()->SetColor(qRed(colour) / 255.0, qGreen(colour) / 255.0, qBlue(colour) / 255.0);
    actor.GetProperty()->SetPointSize(std::round(frame.cloudPointSize * float(frame.devicePixelRatio)));
  }
}

void CloudLayer::upload(const SceneFrame& frame) {
  m_cloud = frame.cloud;
  if (!m_cloud) return;
  std::vector<vtkSmartPointer<vtkPoints>> points;
  for (const SceneCloud::Point& point : m_cloud->points) {
    while (points.size() <= std::size_t(point.router)) points.push_back(emptyPoints());
    points[std::size_t(point.router)]->InsertNextPoint(point.x, point.y, point.z);
  }
  while (m_parts.size() < points.size()) {
    m_parts.push_back(std::make_unique<Part>());
    setUp(m_renderer, *m_parts.back()->actor, *m_parts.back()->mapper, *m_parts.back()->data, kCloudBody);
  }
  for (std::size_t router = 0; router < m_parts.size(); ++router) {
    const auto part = router < points.size() ? points[router] : emptyPoints();
    m_parts[router]->data->SetPoints(part);
    m_parts[router]->data->SetVerts(everyPoint(part->GetNumberOfPoints()));
    m_parts[router]->data->Modified();
  }
  m_corners.clear();
  for (const auto& part : points) {
    const double* box = part->GetBounds();
    for (int corner = 0; part->GetNumberOfPoints() > 0 && corner < 8; ++corner)
      m_corners.push_back({box[corner & 1], box[2 + (corner >> 1 & 1)], box[4 + (corner >> 2)]});
  }
}

}  // namespace fusemoe::ui
