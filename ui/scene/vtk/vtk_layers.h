#pragma once

#include <vtkActor.h>
#include <vtkFloatArray.h>
#include <vtkNew.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkRenderer.h>

#include <memory>
#include <vector>

#include "scene/scene_frame.h"

// Inside ui/scene only: the VTK objects of the three kinds of things a frame has. Each turns its part of a frame into
// vertices with the attributes that its shader reads; colours and smooth edges are the shaders' work.
namespace fusemoe::ui {

/// Lines of constant width with smooth edges: each a ribbon that faces the camera.
class StrokeLayer {
 public:
  explicit StrokeLayer(vtkRenderer& renderer);
  void set(const SceneFrame& frame);

 private:
  void addRibbon(const SceneFrame& frame, const SceneStroke& stroke);

  vtkNew<vtkPolyData> m_data;
  vtkNew<vtkPolyDataMapper> m_mapper;
  vtkNew<vtkActor> m_actor;
  vtkNew<vtkFloatArray> m_tint;
  vtkNew<vtkFloatArray> m_form;
};

/// Marks of constant size, drawn from behind, so that their smooth edges blend over what is farther away.
class MarkLayer {
 public:
  explicit MarkLayer(vtkRenderer& renderer);
  void set(const SceneFrame& frame);

 private:
  vtkNew<vtkPolyData> m_data;
  vtkNew<vtkPolyDataMapper> m_mapper;
  vtkNew<vtkActor> m_actor;
  vtkNew<vtkFloatArray> m_tint;
  vtkNew<vtkFloatArray> m_form;
};

/// Round points by the hundred thousand: an actor a router, so that lighting one up touches no vertices.
class CloudLayer {
 public:
  explicit CloudLayer(vtkRenderer& renderer) : m_renderer(renderer) {}
  void set(const SceneFrame& frame);
  /// Of the box around all points.
  const std::vector<Vector3>& corners() const { return m_corners; }

 private:
  struct Part {
    vtkNew<vtkPolyData> data;
    vtkNew<vtkPolyDataMapper> mapper;
    vtkNew<vtkActor> actor;
  };
  void upload(const SceneFrame& frame);

  vtkRenderer& m_renderer;
  CloudPtr m_cloud;
  std::vector<Vector3> m_corners;
  std::vector<std::unique_ptr<Part>> m_parts;
};

}  // namespace fusemoe::ui
