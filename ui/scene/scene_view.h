#pragma once

#include <QImage>
#include <QVariantAnimation>
#include <QWidget>
#include <memory>
#include <optional>

#include "scene/cloud_loader.h"
#include "scene/render_worker.h"
#include "scene/scene_frame.h"
#include "scene/scene_legend.h"
#include "state/table.h"
#include "state/view_context.h"

namespace fusemoe::ui {

/// Tokens and gate vectors of the shown layer in the space of their principal axes, to be turned, zoomed and pointed
/// at. It follows the document, the shared selection and the theme; changes move the points there in at most 300 ms.
/// VTK draws on a worker's thread; text, and everything where there is no OpenGL, is painted by Qt. While visible it
/// has the document ask for projections. GUI thread.
class SceneView : public QWidget {
  Q_OBJECT

 public:
  enum class Scope { Stay, Cohort };

  explicit SceneView(const ViewContext& context, QWidget* parent = nullptr);
  ~SceneView() override;

  /// Whose tokens: those of the stay, or behind them those of many stays.
  void setScope(Scope scope);
  Scope scope() const { return m_scope; }
  /// Brings everything into the picture and keeps it there until the user zooms or moves.
  void fit();
  /// How long points take to their new places; 0 = they jump.
  void setMorphDuration(int milliseconds);

  /// What is shown at this moment of a morph, what it ends at, and the picture of it asked for last.
  const SceneData& shown() const { return m_shown; }
  const SceneData& target() const { return m_data; }
  const SceneFrame& frame() const { return *m_frame; }
  const CloudLoader& cloud() const { return *m_cloud; }
  bool morphing() const { return m_morph.state() == QAbstractAnimation::Running; }
  /// True when VTK's picture of the newest frame is on the screen.
  bool settled() const { return m_pictureFrame && m_pictureFrame == m_frame; }

  /// Draws scene, labels and legend into `area` of any paint device.
  void draw(QPainter& painter, const QRect& area) const;
  Table table() const;

 Q_SIGNALS:
  /// How many points of how many stays are there changed.
  void cloudChanged();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  void changeEvent(QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void follow();
  void adopt();
  void adoptGhost();
  void moveTo(SceneData scene);
  void step(double share);
  void aim();
  void compose();
  SceneLook look() const;
  QSizeF viewport() const;
  SceneFrame frameFor(const QSizeF& viewport, double devicePixelRatio) const;
  void turn(const QPointF& by, Qt::MouseButtons buttons, Qt::KeyboardModifiers modifiers);
  void hover(const QPointF& position);
  void paintVeil(QPainter& painter) const;

  ViewContext m_context;
  Scope m_scope = Scope::Stay;
  bool m_dirty = true;
  SceneData m_data;                  ///< of the newest result
  SceneData m_from;                  ///< where the morph began
  SceneData m_shown;                 ///< between the two
  std::optional<SceneData> m_ghost;  ///< of the reference, where it differs and shares the space
  SceneLegend m_legend;
  OrbitCamera m_camera, m_cameraFrom, m_cameraTo;
  bool m_fitted = true;  ///< follows the points until the user zooms or moves
  QVariantAnimation m_morph;
  FramePtr m_frame;
  QImage m_picture;
  FramePtr m_pictureFrame;
  QPointF m_pressed, m_last;
  bool m_dragged = false;
  CloudLoader* m_cloud;
  std::unique_ptr<RenderWorker> m_renderer;
};

}  // namespace fusemoe::ui
