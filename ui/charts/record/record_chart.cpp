#include "charts/record/record_chart.h"

#include <QHideEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <algorithm>
#include <cmath>
#include <utility>

#include "charts/record/value_field.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/document_text.h"
#include "state/selection.h"

namespace fusemoe::ui {
namespace {

constexpr int kScrollStep = 12;
constexpr int kButtonHeight = 24;
constexpr QSize kLeastSize(220, 120);

}  // namespace

RecordChart::RecordChart(const ViewContext& context, QWidget* parent)
    : QAbstractScrollArea(parent),
      m_context(context),
      m_editor(context.document),
      m_maskButton(new QPushButton(tr("Mask window"), viewport())),
      m_field(new ValueField(viewport())) {
  setAccessibleName(tr("Patient record"));
  setFrameShape(NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setMinimumSize(kLeastSize);
  viewport()->setMouseTracking(true);
  viewport()->setFocusProxy(this);
  m_maskButton->hide();
  m_maskButton->setToolTip(tr("Hides what was recorded in this time from the model"));
  connect(m_maskButton, &QPushButton::clicked, this, &RecordChart::maskChosenWindow);
  connect(&context.document, &Document::changed, this, [this](Changes changes) {
    if (changes & (Change::Cohort | Change::Stay)) {
      m_selected.reset();
      m_window.reset();
      m_drag.reset();
      m_field->cancel();
    }
    if (changes & (Change::Model | Change::Cohort | Change::Stay | Change::Mask | Change::Edits)) follow();
  });
  connect(&context.document, &Document::resultChanged, this, [this] {
    if (isVisible() && !m_dirty) showWeights();
  });
  connect(&context.document, &Document::loadingChanged, viewport(), qOverload<>(&QWidget::update));
  connect(&context.selection, &Selection::changed, this, &RecordChart::pointElsewhere);
  connect(&context.appearance, &Appearance::changed, viewport(), qOverload<>(&QWidget::update));
}

RecordChart::~RecordChart() = default;

void RecordChart::setDocuments(std::vector<DocumentEntry> documents) {
  if (documents == m_documents) return;
  m_documents = std::move(documents);
  follow();
}

void RecordChart::follow() {
  m_dirty = true;
  if (isVisible()) refresh();
}

void RecordChart::refresh() {
  m_dirty = false;
  const RecordContent before = std::exchange(m_content, recordContent(m_context.document, m_documents));
  for (RecordLane& now : m_content.lanes) {
    // While a point is dragged the scale it is dragged on stands still.
    if (m_drag && !m_drag->window && m_drag->lane.same(now) && m_drag->lane.kind == now.kind) {
      now.low = m_drag->lane.low;
      now.high = m_drag->lane.high;
      now.step = m_drag->lane.step;
    }
    // Until the result of an edit comes, which is soon, the weights stay.
    for (const RecordLane& old : before.lanes) {
      if (!old.same(now) || old.kind != now.kind || old.marks.size() != now.marks.size()) continue;
      now.weights = old.weights;
      now.largestWeight = old.largestWeight;
    }
  }
  if (m_selected && !known(*m_selected)) m_selected.reset();
  m_hovered.reset();
  relayout();
  showWeights();
}

bool RecordChart::known(const MarkRef& ref) const {
  return ref.lane < m_content.lanes.size() && ref.mark < lane(ref.lane).marks.size();
}

void RecordChart::relayout() {
  m_layout = RecordLayout(m_content, viewport()->size(), verticalScrollBar()->value());
  verticalScrollBar()->setRange(0, static_cast<int>(std::ceil(m_layout.mostScroll())));
  verticalScrollBar()->setPageStep(static_cast<int>(m_layout.lanes().height()));
  verticalScrollBar()->setSingleStep(kScrollStep);
  placeMaskButton();
  viewport()->update();
}

void RecordChart::pointElsewhere() {
  if (isVisible() && !m_dirty) showWeights();
}

void RecordChart::showWeights() {
  m_bin = m_content.bins > 0 ? std::min(m_context.selection.bin(), m_content.bins - 1) : -1;
  const Document& document = m_context.document;
  const bool coming = document.result() && document.sample() && document.runner().waiting() &&
                      document.result()->key.sampleDigest != document.sample()->digest;
  if (m_bin < 0 || !coming) setWeights(m_content, document, m_bin);
  viewport()->update();
}

QString RecordChart::hint() const {
  const Document& document = m_context.document;
  if (document.cohort() && document.recordedSample()) return {};
  if (document.loadingSource()) return tr("Opening the cohort …");
  if (!document.cohort()) return tr("No cohort is open.\nPress Ctrl+Shift+O, or drop a .sqlite file here.");
  return tr("No stay is chosen.\nPick one from the list on the left.");
}

void RecordChart::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(viewport());
  const Theme& theme = m_context.appearance.theme();
  painter.fillRect(viewport()->rect(), theme.surface);
  if (const QString text = hint(); !text.isEmpty()) {
    painter.setFont(themeFont(kBodyPixels));
    painter.setPen(theme.secondary);
    painter.drawText(viewport()->rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap, text);
    return;
  }
  RecordPicture picture{m_content, m_layout, theme};
  picture.bin = m_bin;
  picture.cursor = m_pointer;
  if (!m_pointer && m_bin >= 0) picture.cursor = m_content.hourOf(m_bin);
  // Under the own pointer all lanes stay readable.
  if (!viewport()->underMouse()) picture.modality = m_context.selection.modality();
  picture.selected = m_selected;
  picture.hovered = m_hovered;
  picture.window = m_window;
  picture.focused = hasFocus();
  drawRecord(painter, picture);
}

void RecordChart::draw(QPainter& painter, const QRect& area) const {
  const RecordContent content = m_dirty ? recordContent(m_context.document, m_documents) : m_content;
  if (content.lanes.empty() || area.isEmpty()) return;
  const double needed = RecordLayout(content, area.size(), 0).fullHeight();
  const double scale = std::min(1.0, area.height() / needed);
  const RecordLayout layout(content, QSizeF(area.size()) / scale, 0);
  RecordPicture picture{content, layout, m_context.appearance.theme()};
  picture.bin = m_bin;
  if (m_bin >= 0) picture.cursor = content.hourOf(m_bin);
  picture.hints = false;
  painter.save();
  painter.translate(area.topLeft());
  painter.scale(scale, scale);
  drawRecord(painter, picture);
  painter.restore();
}

Table RecordChart::table() const {
  return recordTable(m_dirty ? recordContent(m_context.document, m_documents) : m_content, m_bin);
}

void RecordChart::placeMaskButton() {
  const bool wanted = m_window && !m_drag;
  if (wanted) {
    const double middle = (m_layout.x(double(m_window->from)) + m_layout.x(double(m_window->until))) / 2;
    const int width = m_maskButton->sizeHint().width();
    const int left = std::clamp(static_cast<int>(middle) - width / 2, 0, std::max(0, viewport()->width() - width));
    m_maskButton->setGeometry(left, static_cast<int>(m_layout.lanes().bottom()) - kButtonHeight - 4, width,
                              kButtonHeight);
  }
  m_maskButton->setVisible(wanted);
}

void RecordChart::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  relayout();
}

void RecordChart::showEvent(QShowEvent* event) {
  QAbstractScrollArea::showEvent(event);
  if (m_dirty) refresh();
  m_context.document.setAttentionWanted(true);
}

void RecordChart::hideEvent(QHideEvent* event) {
  QAbstractScrollArea::hideEvent(event);
  if (!event->spontaneous()) m_context.document.setAttentionWanted(false);
}

void RecordChart::scrollContentsBy(int /*dx*/, int /*dy*/) {
  relayout();
}

}  // namespace fusemoe::ui
