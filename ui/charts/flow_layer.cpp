#include "charts/flow_layer.h"

#include <QFontMetrics>
#include <algorithm>
#include <cmath>

#include "charts/plot_style.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr double kNode = 10;
constexpr double kLeftText = 128;
constexpr double kRightText = 104;
constexpr double kNameWidth = 30;
constexpr double kHeading = 22;
constexpr double kCaption = 22;
constexpr double kLeastSlot = 13;
constexpr double kLineHeight = 14;

}  // namespace

FlowLayer::FlowLayer(QCustomPlot* plot) : QCPLayerable(plot) {}

void FlowLayer::setContent(Content content) {
  m_content = std::move(content);
  m_size = {};
  layOut();
}

void FlowLayer::setPointed(const Target& pointed, const Target& selected) {
  m_pointed = pointed;
  m_selected = selected;
}

QRect FlowLayer::clipRect() const {
  return mParentPlot->viewport();
}

void FlowLayer::applyDefaultAntialiasingHint(QCPPainter* painter) const {
  applyAntialiasingHint(painter, true, QCP::aeOther);
}

void FlowLayer::layOut() {
  const QRect view = mParentPlot->viewport();
  if (view.size() == m_size) return;
  m_size = view.size();
  const double height = std::max(1.0, view.height() - kHeading - kCaption - 8);
  m_layout = layOutFlow(m_content.weights, height, kLeastSlot);
  m_ghost = m_content.ghost.empty() ? FlowLayout{} : layOutFlow(m_content.ghost, height, kLeastSlot);
  const double width = view.width();
  m_columns.top = kHeading + 4;
  m_columns.router = kLeftText;
  m_columns.output = std::max(kLeftText + 4 * kNode + kNameWidth, width - kRightText - kNode);
  m_columns.expertLeft = m_columns.router + (m_columns.output - m_columns.router) * 0.58;
  m_columns.expertRight = m_columns.expertLeft + kNode + kNameWidth;
  m_paths.clear();
  m_outputPaths.clear();
  for (const FlowRibbon& ribbon : m_layout.ribbons) m_paths.push_back(ribbonPath(ribbon));
  for (const FlowRibbon& ribbon : m_layout.outputs) m_outputPaths.push_back(ribbonPath(ribbon));
}

QPainterPath FlowLayer::ribbonPath(const FlowRibbon& ribbon) const {
  const bool first = ribbon.router >= 0;
  const double left = first ? m_columns.router + kNode : m_columns.expertRight;
  const double right = first ? m_columns.expertLeft : m_columns.output;
  const double bend = (left + right) / 2;
  const double from = m_columns.top + ribbon.from;
  const double to = m_columns.top + ribbon.to;
  QPainterPath path(QPointF(left, from));
  path.cubicTo(bend, from, bend, to, right, to);
  path.lineTo(right, to + ribbon.height);
  path.cubicTo(bend, to + ribbon.height, bend, from + ribbon.height, left, from + ribbon.height);
  path.closeSubpath();
  return path;
}

std::optional<FlowHit> FlowLayer::hitAt(const QPointF& position) const {
  const double y = position.y() - m_columns.top;
  const auto on = [&](const FlowNode& node) { return y >= node.top - 2 && y <= node.top + node.height + 2; };
  if (position.x() < m_columns.router + kNode) {
    for (int i = 0; i < int(m_layout.routers.size()); ++i)
      if (on(m_layout.routers[size_t(i)])) return FlowHit{FlowHit::Kind::Router, i, -1};
    return {};
  }
  if (position.x() >= m_columns.output)
    return on(m_layout.output) ? std::optional(FlowHit{FlowHit::Kind::Head, -1, -1}) : std::nullopt;
  if (position.x() >= m_columns.expertLeft && position.x() < m_columns.expertRight) {
    const auto away = [&](const FlowNode& node) { return std::max({node.top - y, y - node.top - node.height, 0.0}); };
    const auto nearest = std::ranges::min_element(m_layout.experts, {}, away);
    if (nearest == m_layout.experts.end() || away(*nearest) > kLeastSlot) return {};
    return FlowHit{FlowHit::Kind::Expert, -1, int(nearest - m_layout.experts.begin())};
  }
  // The last drawn lies on top.
  for (std::size_t i = m_paths.size(); i-- > 0;)
    if (m_paths[i].contains(position))
      return FlowHit{FlowHit::Kind::Ribbon, m_layout.ribbons[i].router, m_layout.ribbons[i].expert};
  for (std::size_t i = m_outputPaths.size(); i-- > 0;)
    if (m_outputPaths[i].contains(position)) return FlowHit{FlowHit::Kind::Output, -1, m_layout.outputs[i].expert};
  return {};
}

QPoint FlowLayer::ribbonPlace(int router, int expert) const {
  for (const FlowRibbon& ribbon : m_layout.ribbons) {
    if (ribbon.router != router || ribbon.expert != expert) continue;
    const double x = (m_columns.router + kNode + m_columns.expertLeft) / 2;
    return QPointF(x, m_columns.top + (ribbon.from + ribbon.to + ribbon.height) / 2).toPoint();
  }
  return {-1, -1};
}

QPoint FlowLayer::routerPlace(int router) const {
  return QPointF(m_columns.router + kNode / 2, m_columns.top + m_layout.routers.at(size_t(router)).centre()).toPoint();
}

bool FlowLayer::lit(int modality, int expert) const {
  return (m_pointed.modality < 0 || modality < 0 || modality == m_pointed.modality) &&
         (m_pointed.expert < 0 || expert < 0 || expert == m_pointed.expert);
}

void FlowLayer::draw(QCPPainter* painter) {
  layOut();
  painter->setRenderHint(QPainter::Antialiasing);
  drawRibbons(*painter);
  drawSources(*painter);
  drawExperts(*painter);
  drawOutput(*painter);
  drawHeadings(*painter);
}

void FlowLayer::drawRibbons(QCPPainter& painter) const {
  const bool pointing = m_pointed.modality >= 0 || m_pointed.expert >= 0;
  const auto opacity = [&](bool isLit) { return !pointing ? 0.5 : isLit ? 0.78 : 0.10; };
  painter.setPen(Qt::NoPen);
  for (std::size_t i = 0; i < m_paths.size(); ++i) {
    const FlowRibbon& ribbon = m_layout.ribbons[i];
    const FlowSource& source = m_content.sources[size_t(ribbon.router)];
    painter.setOpacity(opacity(lit(source.modality, ribbon.expert)));
    painter.fillPath(m_paths[i], source.colour);
  }
  for (std::size_t i = 0; i < m_outputPaths.size(); ++i) {
    painter.setOpacity(opacity(lit(-1, m_layout.outputs[i].expert)) * 0.8);
    painter.fillPath(m_outputPaths[i], m_theme.faint);
  }
  painter.setOpacity(1.0);
}

void FlowLayer::fill(QCPPainter& painter, const QRectF& rect, const QColor& colour, bool hatched) const {
  painter.fillRect(rect, m_theme.surface);
  if (!hatched) {
    painter.fillRect(rect, colour);
  } else if (painter.modes().testFlag(QCPPainter::pmVectorized)) {
    drawHatchLines(painter, rect, colour);
  } else {
    painter.fillRect(rect, hatchBrush(colour, mParentPlot->bufferDevicePixelRatio()));
  }
}

void FlowLayer::drawSources(QCPPainter& painter) const {
  for (std::size_t i = 0; i < m_layout.routers.size(); ++i) {
    const FlowSource& source = m_content.sources[i];
    const FlowNode& node = m_layout.routers[i];
    const bool isLit = lit(source.modality, -1);
    painter.setOpacity(isLit ? 1.0 : 0.35);
    const QRectF rect(m_columns.router, m_columns.top + node.top, kNode, node.height);
    fill(painter, rect, source.colour, source.hatched);
    const bool selected = source.modality >= 0 && source.modality == m_selected.modality;
    if (selected) {
      painter.setPen(QPen(m_theme.accent, 2));
      painter.setBrush(Qt::NoBrush);
      painter.drawRect(rect.adjusted(-2, -1, 2, 1));
    }
    const QRectF text(4, rect.center().y() - kLineHeight, kLeftText - 12, kLineHeight);
    painter.setFont(themeFont(kCaptionPixels, selected ? QFont::DemiBold : QFont::Normal));
    painter.setPen(m_theme.text);
    painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(source.title, Qt::ElideRight, int(text.width())));
    painter.setFont(themeFont(kCaptionPixels));
    painter.setPen(m_theme.secondary);
    painter.drawText(text.translated(0, kLineHeight), Qt::AlignRight | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(source.note, Qt::ElideRight, int(text.width())));
  }
  painter.setOpacity(1.0);
}

void FlowLayer::drawExperts(QCPPainter& painter) const {
  double free = -1e9;  // below the last name
  const int pointed = m_pointed.expert;
  for (int e = 0; e < int(m_layout.experts.size()); ++e) {
    const FlowNode& node = m_layout.experts[size_t(e)];
    const QRectF rect(m_columns.expertLeft, m_columns.top + node.top, kNode, std::max(1.0, node.height));
    const bool isLit = lit(-1, e);
    painter.setOpacity(isLit ? 1.0 : 0.35);
    painter.fillRect(rect, e == pointed ? m_theme.accent : m_theme.secondary);
    if (!m_ghost.experts.empty()) {
      // The reference's weight at this state's scale, around the same middle.
      const double height = m_ghost.experts[size_t(e)].weight * m_layout.scale;
      painter.setPen(QPen(m_theme.faint, 1.5));
      painter.setBrush(Qt::NoBrush);
      painter.drawRect(QRectF(rect.left() - 2.5, rect.center().y() - height / 2, kNode + 5, std::max(1.0, height)));
    }
    const QRectF text(rect.right() + 5, rect.center().y() - kLineHeight / 2, kNameWidth - 6, kLineHeight);
    const bool selected = e == m_selected.expert;
    if (e != pointed && !selected && text.top() < free - 3) continue;
    free = text.bottom();
    if (selected) painter.fillRect(text.adjusted(-2, 0, 0, 0), m_theme.accent);
    painter.setFont(themeFont(kCaptionPixels, e == pointed ? QFont::DemiBold : QFont::Normal));
    painter.setPen(selected ? m_theme.textOn(m_theme.accent) : e == pointed ? m_theme.accent : m_theme.text);
    painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, expertName(e));
  }
  painter.setOpacity(1.0);
}

void FlowLayer::drawOutput(QCPPainter& painter) const {
  const FlowNode& node = m_layout.output;
  const QRectF rect(m_columns.output, m_columns.top + node.top, kNode, node.height);
  painter.fillRect(rect, m_theme.text);
  const QRectF text(rect.right() + 8, rect.center().y() - 26, kRightText - 12, 26);
  painter.setFont(themeFont(20, QFont::DemiBold));
  painter.setPen(m_theme.text);
  painter.drawText(text, Qt::AlignLeft | Qt::AlignBottom, m_content.outputFigure);
  painter.setFont(themeFont(kCaptionPixels));
  painter.setPen(m_theme.secondary);
  painter.drawText(QRectF(text.left(), text.bottom() + 2, text.width(), 44),
                   Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_content.outputTitle);
}

void FlowLayer::drawHeadings(QCPPainter& painter) const {
  painter.setFont(themeFont(kCaptionPixels));
  painter.setPen(m_theme.secondary);
  const QFontMetrics metrics = painter.fontMetrics();
  const double centre = m_columns.expertLeft + kNode / 2;
  const QString middle = m_content.headings.value(1);
  const double half = metrics.horizontalAdvance(middle) / 2.0 + 2;
  painter.drawText(QRectF(4, 0, m_columns.router + kNode - 4, kHeading), Qt::AlignRight | Qt::AlignVCenter,
                   m_content.headings.value(0));
  painter.drawText(QRectF(centre - half, 0, 2 * half, kHeading), Qt::AlignCenter, middle);
  painter.drawText(QRectF(m_columns.output, 0, m_size.width() - m_columns.output, kHeading),
                   Qt::AlignLeft | Qt::AlignVCenter, m_content.headings.value(2));
  const QRectF place(4, m_size.height() - kCaption, m_size.width() - 8, kCaption);
  painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                   metrics.elidedText(m_content.caption, Qt::ElideRight, int(place.width())));
}

}  // namespace fusemoe::ui
