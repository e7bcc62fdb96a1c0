#include "scene/scene_view.h"

#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "scene/scene_painter.h"
#include "scene/scene_text.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/document_text.h"
#include "state/selection.h"
#include "state/settings.h"

namespace fusemoe::ui {
namespace {

constexpr int kMorphMs = 260;
constexpr double kMargin = 26;  // pixels around the points, for labels
constexpr double kRadiansPerPixel = 0.009;
constexpr double kKeyTurn = 0.12;
constexpr double kKeyZoom = 1.15;
constexpr double kClickSlack = 3;  // pixels the pointer may move in a click

Target targetOf(const SceneData& data, const SceneMark& mark) {
  if (mark.token >= 0) {
    const SceneToken& token = data.tokens[std::size_t(mark.token)];
    return {-1, token.modality, token.bin};
  }
  const SceneGate& gate = data.gates[std::size_t(mark.gate)];
  return {gate.expert, gate.modality, -1};
}

}  // namespace

SceneView::SceneView(const ViewContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_frame(std::make_shared<SceneFrame>()),
      m_cloud(new CloudLoader(context, this)),
      m_renderer(std::make_unique<RenderWorker>()) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(160, 120);
  setAccessibleName(tr("Tokens and experts"));
  setAccessibleDescription(tr("Tokens and gate vectors along their first three principal axes"));
  m_morph.setDuration(kMorphMs);
  m_morph.setStartValue(0.0);
  m_morph.setEndValue(1.0);
  m_morph.setEasingCurve(QEasingCurve::InOutCubic);
  connect(&m_morph, &QVariantAnimation::valueChanged, this, [this](const QVariant& share) { step(share.toDouble()); });
  const Document& document = context.document;
  connect(&document, &Document::resultChanged, this, &SceneView::follow);
  connect(&document, &Document::changed, this, [this](Changes changes) {
    if (changes & (Change::View | Change::Model)) follow();
  });
  connect(&document, &Document::busyChanged, this, qOverload<>(&QWidget::update));
  connect(&document, &Document::loadingChanged, this, qOverload<>(&QWidget::update));
  connect(&context.selection, &Selection::changed, this, [this] {
    if (isVisible() && !m_dirty) compose();
  });
  connect(&context.appearance, &Appearance::changed, this, &SceneView::follow);
  connect(m_cloud, &CloudLoader::changed, this, [this] {
    Q_EMIT cloudChanged();
    if (!isVisible() || m_dirty) return;
    aim();
    compose();
  });
  connect(m_renderer.get(), &RenderWorker::drawn, this, [this](const QImage& picture, const FramePtr& frame) {
    m_picture = picture;
    m_pictureFrame = frame;
    update();
  });
  // Painting by Qt shows the same; so it is only worth a line in the log.
  connect(m_renderer.get(), &RenderWorker::failed, this,
          [](const Error& error) { qInfo("%s %s", error.what.c_str(), error.detail.c_str()); });
}

SceneView::~SceneView() = default;

void SceneView::setScope(Scope scope) {
  if (scope == m_scope) return;
  m_scope = scope;
  scope == Scope::Cohort ? m_cloud->start() : m_cloud->stop();
}

void SceneView::setMorphDuration(int milliseconds) {
  m_morph.setDuration(milliseconds);
}

void SceneView::follow() {
  m_dirty = true;
  if (isVisible()) adopt();
}

void SceneView::adopt() {
  m_dirty = false;
  const Document& document = m_context.document;
  update();
  if (!document.result()) return;
  SceneData scene = sceneOf(document.model()->config(), *document.result(), document.layer());
  if (scene.empty()) return;  // a result of before the view was shown: the next one has places
  adoptGhost();
  m_legend.setEntries(legendEntries(document, scene, m_ghost.has_value(), m_context.appearance.theme()));
  moveTo(std::move(scene));
}

void SceneView::adoptGhost() {
  m_ghost.reset();
  const Document& document = m_context.document;
  if (!document.ghost() || document.ghost() == document.result()) return;
  SceneData ghost = sceneOf(document.model()->config(), *document.ghost(), document.layer());
  const SceneData current = sceneOf(document.model()->config(), *document.result(), document.layer());
  if (!ghost.empty() && ghost.axes == current.axes && ghost.sameShape(current)) m_ghost = std::move(ghost);
}

void SceneView::moveTo(SceneData scene) {
  m_morph.stop();
  const bool animated = m_morph.duration() > 0 && m_context.settings.animate();
  const bool comparable = animated && !m_shown.empty() && m_shown.sameShape(scene);
  m_from = comparable ? m_shown : scene;
  m_data = std::move(scene);
  m_cameraFrom = m_camera;
  aim();
  const bool moves = m_cameraFrom != m_cameraTo || !m_from.samePlaces(m_data);
  if (comparable && moves) {
    m_morph.start();
  } else {
    step(1);
  }
}

void SceneView::step(double share) {
  // The next state first: what moves stands still for the milliseconds it takes to compute.
  if (share < 1 && m_context.document.runner().waiting()) return;
  m_shown = between(m_from, m_data, share);
  if (m_fitted) m_camera = OrbitCamera::between(m_cameraFrom, m_cameraTo, share);
  compose();
}

void SceneView::aim() {
  m_cameraTo = m_camera;
  if (!m_fitted || m_data.empty()) return;
  SceneLook all = look();
  all.data = &m_data;
  m_cameraTo.fit(pointsToShow(all), viewport(), kMargin);
  if (!morphing()) m_camera = m_cameraTo;
}

void SceneView::fit() {
  m_fitted = true;
  m_cameraFrom = m_camera;
  aim();
  compose();
}

SceneLook SceneView::look() const {
  return {&m_shown, m_ghost ? &*m_ghost : nullptr,
          m_scope == Scope::Cohort ? m_cloud->cloud(m_context.document.layer()) : nullptr,
          m_context.selection.target()};
}

QSizeF SceneView::viewport() const {
  return QSizeF(width(), std::max(height() - m_legend.height(width()), 1));
}

SceneFrame SceneView::frameFor(const QSizeF& viewport, double devicePixelRatio) const {
  return composeFrame(look(), m_context.appearance.theme(), m_camera, viewport, devicePixelRatio);
}

void SceneView::compose() {
  m_frame = std::make_shared<const SceneFrame>(frameFor(viewport(), devicePixelRatioF()));
  if (isVisible() && !m_shown.empty()) m_renderer->draw(m_frame);
  update();
}

void SceneView::draw(QPainter& painter, const QRect& area) const {
  painter.save();
  painter.translate(area.topLeft());
  const double scale = std::min(double(area.width()) / width(), double(area.height()) / height());
  painter.scale(scale, scale);
  const SceneFrame frame = frameFor(viewport(), 1);
  paintScene(painter, frame);
  paintLabels(painter, frame);
  painter.translate(0, viewport().height());
  m_legend.paint(painter, width(), m_context.appearance.theme());
  painter.restore();
}

Table SceneView::table() const {
  const Document& document = m_context.document;
  if (m_data.empty() || !document.result()) return {};
  return sceneTable(document, m_data, look().cloud.get());
}

void SceneView::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  if (m_context.document.result() && !m_shown.empty()) {
    const bool current = m_pictureFrame && m_pictureFrame->viewport == m_frame->viewport &&
                         m_pictureFrame->background == m_frame->background;
    const SceneFrame& frame = current ? *m_pictureFrame : *m_frame;
    if (current) {
      painter.drawImage(QPointF(), m_picture);
    } else {
      paintScene(painter, frame);
    }
    paintLabels(painter, frame);
    painter.save();
    painter.translate(0, frame.viewport.height());
    m_legend.paint(painter, width(), m_context.appearance.theme());
    painter.restore();
  }
  paintVeil(painter);
}

void SceneView::paintVeil(QPainter& painter) const {
  const Document& document = m_context.document;
  const Theme& theme = m_context.appearance.theme();
  const QString hint = emptyHint(document);
  if (!hint.isEmpty()) {
    painter.setFont(themeFont(kBodyPixels));
    painter.setPen(theme.secondary);
    painter.drawText(rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap, hint);
  } else if (document.runner().busy()) {
    constexpr int kHeight = 20;
    const QString text = tr("updating …");
    QColor cover = theme.surface;
    cover.setAlphaF(0.55F);
    painter.fillRect(rect(), cover);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(themeFont(kCaptionPixels));
    const int wide = painter.fontMetrics().horizontalAdvance(text) + kHeight;
    const QRectF badge(rect().right() - wide - 2, 2, wide, kHeight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.selection);
    painter.drawRoundedRect(badge, kHeight / 2.0, kHeight / 2.0);
    painter.setPen(theme.accent);
    painter.drawText(badge, Qt::AlignCenter, text);
  }
  if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.accent);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
  }
}

void SceneView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (!isVisible() || m_dirty) return;
  aim();
  compose();
}

void SceneView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (event->spontaneous()) return;
  m_context.document.setProjectionWanted(true);
  if (m_dirty) adopt();
}

void SceneView::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  if (event->spontaneous()) return;
  m_morph.stop();
  m_dirty = true;
  m_context.document.setProjectionWanted(false);
}

void SceneView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::LanguageChange) follow();
}

void SceneView::mousePressEvent(QMouseEvent* event) {
  m_pressed = m_last = event->position();
  m_dragged = false;
}

void SceneView::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons() == Qt::NoButton) {
    hover(event->position());
    return;
  }
  if (!m_dragged && (event->position() - m_pressed).manhattanLength() <= kClickSlack) return;
  m_dragged = true;
  QToolTip::hideText();
  turn(event->position() - m_last, event->buttons(), event->modifiers());
  m_last = event->position();
}

void SceneView::turn(const QPointF& by, Qt::MouseButtons buttons, Qt::KeyboardModifiers modifiers) {
  if (buttons.testFlag(Qt::LeftButton) && !modifiers.testFlag(Qt::ShiftModifier)) {
    for (OrbitCamera* camera : {&m_camera, &m_cameraFrom, &m_cameraTo})
      camera->orbit(by.x() * kRadiansPerPixel, by.y() * kRadiansPerPixel);
  } else {
    m_fitted = false;
    m_camera.pan(by, viewport());
  }
  compose();
}

void SceneView::mouseReleaseEvent(QMouseEvent* event) {
  if (m_dragged || event->button() != Qt::LeftButton) return;
  const SceneMark* mark = markAt(*m_frame, event->position());
  Selection& selection = m_context.selection;
  selection.select(mark ? targetOf(m_shown, *mark) : selection.selected());
}

void SceneView::mouseDoubleClickEvent(QMouseEvent* /*event*/) {
  fit();
}

void SceneView::wheelEvent(QWheelEvent* event) {
  constexpr double kNotch = 120;
  m_fitted = false;
  m_camera.zoom(std::pow(kKeyZoom, event->angleDelta().y() / kNotch));
  compose();
  event->accept();
}

void SceneView::keyPressEvent(QKeyEvent* event) {
  const auto orbit = [this](double toRight, double upwards) {
    for (OrbitCamera* camera : {&m_camera, &m_cameraFrom, &m_cameraTo}) camera->orbit(toRight, upwards);
  };
  const auto zoom = [this](double factor) {
    m_fitted = false;
    m_camera.zoom(factor);
  };
  switch (event->key()) {
    case Qt::Key_Left:
      orbit(-kKeyTurn, 0);
      break;
    case Qt::Key_Right:
      orbit(kKeyTurn, 0);
      break;
    case Qt::Key_Up:
      orbit(0, -kKeyTurn);
      break;
    case Qt::Key_Down:
      orbit(0, kKeyTurn);
      break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      zoom(kKeyZoom);
      break;
    case Qt::Key_Minus:
      zoom(1 / kKeyZoom);
      break;
    case Qt::Key_F:
      fit();
      return;
    default:
      QWidget::keyPressEvent(event);
      return;
  }
  compose();
}

void SceneView::leaveEvent(QEvent* /*event*/) {
  m_context.selection.clear();
}

void SceneView::hover(const QPointF& position) {
  if (m_shown.empty() || !m_context.document.result()) return;
  Selection& selection = m_context.selection;
  const QPointF inLegend = position - QPointF(0, m_frame->viewport.height());
  if (const SceneLegend::Entry* entry = m_legend.entryAt(inLegend, width())) {
    selection.hover(-1, entry->modality);
    QToolTip::hideText();
    return;
  }
  const SceneMark* mark = markAt(*m_frame, position);
  if (!mark) {
    selection.clear();
    QToolTip::hideText();
    return;
  }
  const Document& document = m_context.document;
  const QString tip =
      mark->token >= 0 ? tokenTip(document, m_data, mark->token) : gateTip(document, m_data, mark->gate);
  selection.hover(targetOf(m_shown, *mark));  // makes a new frame: the mark is gone
  QToolTip::showText(mapToGlobal(position.toPoint() + QPoint(6, 6)), tip, this);
}

}  // namespace fusemoe::ui
