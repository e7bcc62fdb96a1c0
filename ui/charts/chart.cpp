#include "charts/chart.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QVBoxLayout>

#include "charts/plot_style.h"
#include "charts/qcp.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/document_text.h"
#include "state/selection.h"

namespace fusemoe::ui {

/// Lies over a chart that has nothing to show, or shows an earlier state.
class Chart::Veil : public QWidget {
 public:
  using QWidget::QWidget;

  void set(const QString& text, bool opaque, const Theme& theme) {
    m_text = text;
    m_opaque = opaque;
    m_theme = theme;
    setVisible(!text.isEmpty());
    QWidget::update();
  }
  bool dims() const { return !isHidden() && !m_opaque; }

 protected:
  void paintEvent(QPaintEvent* /*event*/) override {
    QPainter painter(this);
    QColor cover = m_theme.surface;
    cover.setAlphaF(m_opaque ? 1.0F : 0.55F);
    painter.fillRect(rect(), cover);
    painter.setFont(themeFont(m_opaque ? kBodyPixels : kCaptionPixels));
    painter.setPen(m_theme.secondary);
    if (m_opaque) {
      painter.drawText(rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap, m_text);
    } else {
      drawBadge(painter);
    }
  }

 private:
  void drawBadge(QPainter& painter) const {
    constexpr int kHeight = 20;
    const int width = painter.fontMetrics().horizontalAdvance(m_text) + kHeight;
    const QRectF badge(rect().right() - width - 2, 2, width, kHeight);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.selection);
    painter.drawRoundedRect(badge, kHeight / 2.0, kHeight / 2.0);
    painter.setPen(m_theme.accent);
    painter.drawText(badge, Qt::AlignCenter, m_text);
  }

  QString m_text;
  bool m_opaque = true;
  Theme m_theme;
};

Chart::Chart(const ViewContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_plot(new QCustomPlot(this)),
      m_column(new QVBoxLayout(this)),
      m_veil(new Veil(this)) {
  m_column->setContentsMargins(0, 0, 0, 0);
  m_column->setSpacing(0);
  m_column->addWidget(m_plot, 1);
  m_plot->setMouseTracking(true);
  m_plot->installEventFilter(this);
  m_veil->setAttribute(Qt::WA_TransparentForMouseEvents);
  Document& document = context.document;
  connect(&document, &Document::resultChanged, this, &Chart::follow);
  connect(&document, &Document::changed, this, [this](Changes changes) {
    if (changes & (Change::View | Change::Model)) follow();
  });
  connect(&document, &Document::busyChanged, this, &Chart::updateVeil);
  connect(&document, &Document::loadingChanged, this, &Chart::updateVeil);
  connect(&context.selection, &Selection::changed, this, [this] {
    if (isVisible() && !m_dirty && m_context.document.result()) highlight();
  });
  connect(&context.appearance, &Appearance::changed, this, &Chart::applyTheme);
}

Chart::~Chart() = default;

bool Chart::dimmed() const {
  return m_veil->dims();
}

const Theme& Chart::theme() const {
  return m_context.appearance.theme();
}

void Chart::replot() {
  m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

void Chart::highlight() {
  refresh();
  replot();
}

double Chart::emphasis(int modality) const {
  const int pointed = m_context.selection.modality();
  return pointed < 0 || modality < 0 || pointed == modality ? 1.0 : 0.3;
}

void Chart::follow() {
  m_dirty = true;
  if (isVisible()) adopt();
}

void Chart::adopt() {
  m_dirty = false;
  updateVeil();
  if (!m_context.document.result()) return;
  refresh();
  replot();
}

void Chart::applyTheme() {
  stylePlot(*m_plot, theme());
  restyle();
  follow();
}

void Chart::updateVeil() {
  const QString hint = emptyHint(m_context.document);
  const bool busy = m_context.document.runner().busy();
  m_veil->set(!hint.isEmpty() ? hint : busy ? tr("updating …") : QString(), !hint.isEmpty(), theme());
  m_veil->raise();
}

void Chart::hover(const QPoint& position) {
  const QString tip = m_context.document.result() ? pointAt(position) : QString();
  if (tip.isEmpty()) {
    m_context.selection.clear();
    QToolTip::hideText();
  } else {
    QToolTip::showText(m_plot->mapToGlobal(position + QPoint(6, 6)), tip, m_plot);
  }
}

bool Chart::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_plot && event->type() == QEvent::MouseMove) hover(static_cast<QMouseEvent*>(event)->pos());
  if (watched == m_plot && event->type() == QEvent::Leave) m_context.selection.clear();
  return QWidget::eventFilter(watched, event);
}

void Chart::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (m_dirty) applyTheme();
}

void Chart::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  m_veil->setGeometry(rect());
  if (isVisible() && !m_dirty) follow();
}

}  // namespace fusemoe::ui
