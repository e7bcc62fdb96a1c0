#include "charts/chart.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPicture>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>

#include "charts/badge.h"
#include "charts/plot_style.h"
#include "charts/qcp.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/document_text.h"
#include "state/selection.h"

namespace fusemoe::ui {
namespace {

/// Size a chart is drawn at when it never had one of its own.
constexpr QSize kUsualSize(640, 320);

}  // namespace

/// Lies over a chart that has nothing to show, shows an earlier state, or shows the reference.
class Chart::Veil : public QWidget {
 public:
  enum class Cover { Opaque, Dim, None };

  using QWidget::QWidget;

  void set(const QString& text, Cover cover, const Theme& theme) {
    m_text = text;
    m_cover = cover;
    m_theme = theme;
    setVisible(!text.isEmpty());
    QWidget::update();
  }
  bool dims() const { return !isHidden() && m_cover == Cover::Dim; }
  const QString& text() const { return m_text; }

 protected:
  void paintEvent(QPaintEvent* /*event*/) override {
    if (m_text.isEmpty()) return;  // hidden while the plot below was being painted
    QPainter painter(this);
    QColor cover = m_theme.surface;
    cover.setAlphaF(m_cover == Cover::Opaque ? 1.0F : m_cover == Cover::Dim ? 0.55F : 0.0F);
    painter.fillRect(rect(), cover);
    painter.setFont(themeFont(m_cover == Cover::Opaque ? kBodyPixels : kCaptionPixels));
    painter.setPen(m_theme.secondary);
    if (m_cover == Cover::Opaque) {
      painter.drawText(rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap, m_text);
    } else {
      drawBadge(painter, rect(), m_text, m_theme);
    }
  }

 private:
  QString m_text;
  Cover m_cover = Cover::Opaque;
  Theme m_theme;
};

Chart::Chart(const ViewContext& context, QWidget* parent, Source source)
    : QWidget(parent),
      m_context(context),
      m_source(source),
      m_plot(new QCustomPlot(this)),
      m_column(new QVBoxLayout(this)),
      m_veil(new Veil(this)) {
  m_column->setContentsMargins(0, 0, 0, 0);
  m_column->setSpacing(0);
  m_column->addWidget(m_plot, 1);
  m_plot->setMouseTracking(true);
  m_plot->installEventFilter(this);
  setFocusPolicy(Qt::StrongFocus);
  m_plot->setFocusProxy(this);
  m_plot->setFocusPolicy(Qt::ClickFocus);
  m_veil->setAttribute(Qt::WA_TransparentForMouseEvents);
  connect(&context.selection, &Selection::changed, this, [this] {
    if (onScreen() && !m_dirty && ready()) highlight();
  });
  connect(&context.appearance, &Appearance::changed, this, &Chart::applyTheme);
  if (source != Source::Document) return;
  Document& document = context.document;
  connect(&document, &Document::resultChanged, this, &Chart::follow);
  connect(&document, &Document::changed, this, [this](Changes changes) {
    if (changes & (Change::View | Change::Model)) follow();
  });
  connect(&document, &Document::busyChanged, this, &Chart::updateVeil);
  connect(&document, &Document::loadingChanged, this, &Chart::updateVeil);
}

Chart::~Chart() = default;

bool Chart::ready() const {
  return m_context.document.result() != nullptr;
}

QString Chart::emptyText() const {
  return emptyHint(m_context.document);
}

bool Chart::dimmed() const {
  return m_veil->dims();
}

QString Chart::notice() const {
  return m_veil->text();
}

QWidget& Chart::canvas() const {
  return *m_plot;
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

bool Chart::hasGhost() const {
  const Document& document = m_context.document;
  return document.ghost() && document.ghost() != document.result();
}

void Chart::drawStrip(QPainter& /*painter*/, const QRect& /*area*/) const {}

int Chart::stripHeight() const {
  return 0;
}

Table Chart::table() const {
  return {};
}

void Chart::draw(QPainter& painter, const QRect& area) {
  if (!ready() || area.isEmpty()) return;
  const QSize usual = testAttribute(Qt::WA_WState_Created) ? size() : kUsualSize;
  const double scale = std::min(double(area.width()) / usual.width(), double(area.height()) / usual.height());
  const QSize whole(qRound(area.width() / scale), qRound(area.height() / scale));
  const QSize plotSize(whole.width(), whole.height() - stripHeight());
  painter.save();
  painter.translate(area.topLeft());
  painter.scale(scale, scale);
  drawPlot(painter, plotSize);
  drawStrip(painter, QRect(0, plotSize.height(), whole.width(), stripHeight()));
  painter.restore();
}

void Chart::drawPlot(QPainter& painter, const QSize& size) {
  // Labels are chosen by the room there is, so the plot is laid out in the new size before it is filled.
  const QRect shown = m_plot->viewport();
  stylePlot(*m_plot, theme());
  restyle();
  m_plot->setViewport(QRect(QPoint(), size));
  m_plot->replot(QCustomPlot::rpQueuedRefresh);
  refresh();
  // QCustomPlot draws with a painter of its own kind only; a picture carries what it draws on, as lines and text.
  QPicture picture;
  QCPPainter recorder;
  recorder.begin(&picture);
  recorder.setMode(QCPPainter::pmVectorized);
  m_plot->toPainter(&recorder, size.width(), size.height());
  recorder.end();
  painter.drawPicture(0, 0, picture);
  m_plot->setViewport(shown);
  if (!m_dirty) refresh();
  replot();
}

bool Chart::onScreen() const {
  // Behind another tab a dock counts as visible; it only lies where nothing is shown.
  return isVisible() && !m_plot->visibleRegion().isEmpty();
}

void Chart::follow() {
  m_dirty = true;
  if (onScreen()) adopt();
}

void Chart::adopt() {
  m_dirty = false;
  updateVeil();
  if (!ready()) return;
  refresh();
  replot();
}

void Chart::applyTheme() {
  stylePlot(*m_plot, theme());
  restyle();
  follow();
}

void Chart::updateVeil() {
  const Document& document = m_context.document;
  if (!ready()) {
    m_veil->set(emptyText(), Veil::Cover::Opaque, theme());
  } else if (m_source == Source::Other) {
    m_veil->set({}, Veil::Cover::None, theme());
  } else if (document.runner().busy()) {
    m_veil->set(tr("updating …"), Veil::Cover::Dim, theme());
  } else {
    m_veil->set(document.flipped() ? tr("showing %1").arg(referenceName(document)) : QString(), Veil::Cover::None,
                theme());
  }
  m_veil->raise();
}

void Chart::hover(const QPoint& position) {
  const QString tip = ready() ? pointAt(position) : QString();
  if (tip.isEmpty()) {
    m_context.selection.clear();
    QToolTip::hideText();
  } else {
    QToolTip::showText(m_plot->mapToGlobal(position + QPoint(6, 6)), tip, m_plot);
  }
}

void Chart::press(const QPoint& position) {
  hover(position);
  const Selection& selection = m_context.selection;
  // Beside everything: nothing is selected any more.
  m_context.selection.select(selection.hovered().empty() ? selection.selected() : selection.hovered());
}

void Chart::step(int experts, int modalities) {
  if (m_source == Source::Other || !ready()) return;
  const ModelConfig& config = m_context.document.model()->config();
  Target target = m_context.selection.selected();
  const auto moved = [](int index, int by, int count) {
    if (by == 0) return index;
    return index < 0 ? (by > 0 ? 0 : count - 1) : std::clamp(index + by, 0, count - 1);
  };
  target.expert = moved(target.expert, experts, config.experts);
  target.modality = moved(target.modality, modalities, config.modalityCount());
  m_context.selection.clear();
  if (target != m_context.selection.selected()) m_context.selection.select(target);
}

bool Chart::eventFilter(QObject* watched, QEvent* event) {
  if (watched != m_plot) return QWidget::eventFilter(watched, event);
  if (event->type() == QEvent::Paint && m_dirty) adopt();  // came from behind another tab
  if (event->type() == QEvent::MouseMove) hover(static_cast<QMouseEvent*>(event)->pos());
  if (event->type() == QEvent::Leave) m_context.selection.clear();
  if (event->type() == QEvent::MouseButtonPress) {
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (mouse->button() == Qt::LeftButton) press(mouse->pos());
  }
  return QWidget::eventFilter(watched, event);
}

void Chart::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Escape:
      m_context.selection.clear();
      m_context.selection.select(m_context.selection.selected());
      break;
    case Qt::Key_Left:
    case Qt::Key_Right:
      step(event->key() == Qt::Key_Left ? -1 : 1, 0);
      break;
    case Qt::Key_Up:
    case Qt::Key_Down:
      step(0, event->key() == Qt::Key_Up ? -1 : 1);
      break;
    default:
      QWidget::keyPressEvent(event);
  }
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
