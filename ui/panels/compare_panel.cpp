#include "panels/compare_panel.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QIntValidator>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QShowEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <algorithm>
#include <limits>

#include "charts/compare_chart.h"
#include "models/compare_model.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/document_text.h"
#include "state/format.h"
#include "state/model_endings.h"

namespace fusemoe::ui {
namespace {

constexpr int kRowHeight = 22;
constexpr int kNumberWidth = 92;
constexpr int kTableWidth = 400;
constexpr int kNeighbours = 5;  // stays offered before and after the one shown
constexpr QSize kUsualSize(860, 420);

}  // namespace

ComparePanel::ComparePanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("compare"), tr("Compare"), parent),
      m_context(context),
      m_model(new CompareModel(context.document, this)),
      m_chart(new CompareChart(context)),
      m_table(new QTableView),
      m_pages(new QStackedWidget),
      m_hint(new QLabel),
      m_remark(new QLabel) {
  m_hint->setAlignment(Qt::AlignCenter);
  m_hint->setWordWrap(true);
  m_hint->setObjectName(QStringLiteral("secondary"));
  m_remark->setObjectName(QStringLiteral("secondary"));
  m_remark->setWordWrap(true);
  addContent(makeControls());
  addContent(m_remark);
  m_pages->addWidget(m_hint);
  m_pages->addWidget(makeContent());
  addContent(m_pages, 1);
  Document& document = context.document;
  connect(&document, &Document::resultChanged, this, &ComparePanel::follow);
  connect(&document, &Document::loadingChanged, this, &ComparePanel::follow);
  connect(&document, &Document::changed, this, &ComparePanel::follow);
  refresh();
}

QWidget* ComparePanel::makeControls() {
  auto* controls = new QWidget;
  auto* row = new QHBoxLayout(controls);
  row->setContentsMargins(3, 0, 3, 0);
  row->setSpacing(8);
  const auto button = [&](const QString& text, const QString& tip) {
    auto* made = new QPushButton(text);
    made->setToolTip(tip);
    row->addWidget(made);
    return made;
  };
  m_pin = button(tr("Pin A"), tr("Fix the state as it is now as A (Ctrl+P)"));
  m_otherModel = button(tr("Model …"), tr("Another model on the stay, edits and mask shown"));
  m_stay = new QComboBox;
  m_stay->setEditable(true);
  m_stay->setInsertPolicy(QComboBox::NoInsert);
  m_stay->setMinimumContentsLength(9);
  m_stay->lineEdit()->setPlaceholderText(tr("Stay …"));
  m_stay->lineEdit()->setValidator(new QIntValidator(1, std::numeric_limits<int>::max(), m_stay));
  m_stay->setAccessibleName(tr("Compare with stay"));
  m_stay->setToolTip(tr("Another stay as recorded, in the model and mask shown: its id, or a neighbour from the list"));
  row->addWidget(m_stay);
  m_asRecorded = button(tr("As recorded"), tr("Compare with the stay as it was recorded again"));
  row->addStretch(1);
  connect(m_pin, &QPushButton::clicked, this, [this] { m_context.document.pin(); });
  connect(m_otherModel, &QPushButton::clicked, this, &ComparePanel::askForModel);
  connect(m_asRecorded, &QPushButton::clicked, this, [this] { m_context.document.unpin(); });
  connect(m_stay, &QComboBox::activated, this, &ComparePanel::compareWithEnteredStay);
  connect(m_stay->lineEdit(), &QLineEdit::returnPressed, this, &ComparePanel::compareWithEnteredStay);
  return controls;
}

QWidget* ComparePanel::makeContent() {
  m_table->setModel(m_model);
  m_table->setAccessibleName(tr("Reference, state and difference"));
  m_table->setShowGrid(false);
  m_table->setWordWrap(false);
  m_table->setFrameShape(QFrame::NoFrame);
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_table->verticalHeader()->hide();
  m_table->verticalHeader()->setDefaultSectionSize(kRowHeight);
  m_table->verticalHeader()->setMinimumSectionSize(kRowHeight);
  QHeaderView* header = m_table->horizontalHeader();
  header->setHighlightSections(false);
  header->setSectionsClickable(false);
  header->setMinimumSectionSize(40);
  header->setSectionResizeMode(QHeaderView::Fixed);
  header->setSectionResizeMode(CompareModel::Quantity, QHeaderView::Stretch);
  for (const int column : {CompareModel::ReferenceValue, CompareModel::Now, CompareModel::Difference})
    header->resizeSection(column, kNumberWidth);
  const auto spanHeadings = [this] {
    m_table->clearSpans();
    for (int row = 0; row < m_model->rowCount(); ++row)
      if (m_model->index(row, 0).data(CompareModel::kHeadingRole).toBool())
        m_table->setSpan(row, 0, 1, CompareModel::ColumnCount);
  };
  connect(m_model, &QAbstractItemModel::modelReset, this, spanHeadings);
  auto* split = new QSplitter;
  split->setChildrenCollapsible(false);
  split->addWidget(m_table);
  split->addWidget(m_chart);
  split->setStretchFactor(0, 0);
  split->setStretchFactor(1, 1);
  split->setSizes({kTableWidth, kTableWidth});
  return split;
}

bool ComparePanel::comparing() const {
  return m_pages->currentIndex() == 1;
}

QString ComparePanel::remark() const {
  return comparing() ? m_remark->text() : m_hint->text();
}

void ComparePanel::follow() {
  m_dirty = true;
  if (isVisible()) refresh();
}

void ComparePanel::showEvent(QShowEvent* event) {
  PanelFrame::showEvent(event);
  if (m_dirty) refresh();
}

void ComparePanel::refresh() {
  m_dirty = false;
  const Document& document = m_context.document;
  const bool recorded = document.state().reference.isAsRecorded();
  const bool ready = document.result() && document.referenceKnown();
  const bool differs = ready && document.reference() != document.result();
  const bool open = document.model() && document.sample();
  for (QWidget* control :
       {static_cast<QWidget*>(m_pin), static_cast<QWidget*>(m_otherModel), static_cast<QWidget*>(m_stay)})
    control->setEnabled(open);
  m_asRecorded->setEnabled(!recorded);
  refreshStays();
  const QString hint = emptyHint(document);
  m_hint->setText(!hint.isEmpty()               ? hint
                  : document.loadingReference() ? tr("Reading what to compare with …")
                                                : tr("Nothing differs from the stay as recorded.\nPin the state with "
                                                     "Ctrl+P, or compare with another model or stay."));
  const bool compare = ready && !document.loadingReference() && (differs || !recorded);
  m_pages->setCurrentIndex(compare ? 1 : 0);
  setSubtitle(compare ? tr("%1 | now | difference").arg(referenceName(document)) : QString());
  const bool unlike = compare && !document.comparable();
  m_remark->setText(unlike ? tr("The models differ in modalities, experts or layers: the router probabilities stand on "
                                "axes of their own, and nothing is subtracted.")
                           : QString());
  m_remark->setVisible(unlike);
  if (compare) m_model->refresh();
}

void ComparePanel::refreshStays() {
  const Document& document = m_context.document;
  QStringList ids;
  if (document.stays() && document.sample()) {
    const std::vector<StaySummary>& stays = *document.stays();
    const auto here = std::ranges::lower_bound(stays, document.state().stayId, {}, &StaySummary::stayId);
    const auto before = std::min<std::ptrdiff_t>(kNeighbours, here - stays.begin());
    const auto after = std::min<std::ptrdiff_t>(kNeighbours + 1, stays.end() - here);
    for (auto stay = here - before; stay != here + after; ++stay)
      if (stay->stayId != document.state().stayId) ids << QString::number(stay->stayId);
  }
  QStringList present;
  for (int i = 0; i < m_stay->count(); ++i) present << m_stay->itemText(i);
  if (present == ids) return;
  m_stay->clear();
  m_stay->addItems(ids);
  m_stay->setCurrentIndex(-1);
  m_stay->clearEditText();
}

void ComparePanel::compareWithEnteredStay() {
  Document& document = m_context.document;
  const std::int64_t id = m_stay->currentText().toLongLong();
  if (!document.stays() || id == document.state().reference.stayId) return;
  if (std::ranges::binary_search(*document.stays(), id, {}, &StaySummary::stayId)) {
    document.compareWithStay(id);
  } else {
    m_remark->setText(tr("There is no stay %1 in this cohort.").arg(id));
    m_remark->show();
  }
}

void ComparePanel::askForModel() {
  const QString path = QFileDialog::getOpenFileName(this, tr("Compare with model"),
                                                    QString::fromStdString(m_context.document.state().modelPath),
                                                    modelFilters().join(QStringLiteral(";;")));
  if (!path.isEmpty()) m_context.document.compareWithModel(path.toStdString());
}

void ComparePanel::draw(QPainter& painter, const QRect& area) const {
  if (!m_context.document.result() || area.isEmpty()) return;
  const double scale = std::min(double(area.width()) / kUsualSize.width(), double(area.height()) / kUsualSize.height());
  const auto width = static_cast<int>(area.width() / scale);
  const auto height = static_cast<int>(area.height() / scale);
  painter.save();
  painter.translate(area.topLeft());
  painter.scale(scale, scale);
  painter.fillRect(0, 0, width, height, m_context.appearance.theme().surface);
  drawTable(painter, QSize(kTableWidth, height));
  m_chart->draw(painter, QRect(kTableWidth + 16, 0, width - kTableWidth - 16, height));
  painter.restore();
}

void ComparePanel::drawTable(QPainter& painter, const QSize& size) const {
  const Theme& theme = m_context.appearance.theme();
  m_model->refresh();
  // Every row has its place; many rows stand closer.
  const double rowHeight = std::min<double>(kRowHeight, double(size.height()) / (m_model->rowCount() + 1));
  const double textScale = std::min(1.0, rowHeight / 15);
  const auto cell = [&](int row, int column, const QString& text, const QFont& font, const QColor& colour) {
    const int first = size.width() - 3 * kNumberWidth;
    const QRectF place(column == 0 ? 4 : first + (column - 1) * kNumberWidth, row * rowHeight,
                       column == 0 ? first - 4 : kNumberWidth - 6, rowHeight);
    QFont small = font;
    small.setPixelSize(std::max(4, int(font.pixelSize() * textScale)));
    painter.setFont(small);
    painter.setPen(colour);
    const bool wide = column == 0 && row > 0 && m_model->index(row - 1, 0).data(CompareModel::kHeadingRole).toBool();
    const QString shown = wide ? text : painter.fontMetrics().elidedText(text, Qt::ElideRight, int(place.width()));
    painter.drawText(wide ? place.adjusted(0, 0, 3 * kNumberWidth, 0) : place,
                     (column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, shown);
  };
  for (int column = 0; column < CompareModel::ColumnCount; ++column)
    cell(0, column, m_model->headerData(column, Qt::Horizontal).toString(), themeFont(kCaptionPixels), theme.secondary);
  for (int row = 0; row < m_model->rowCount(); ++row) {
    for (int column = 0; column < CompareModel::ColumnCount; ++column) {
      const QModelIndex index = m_model->index(row, column);
      cell(row + 1, column, index.data().toString(), index.data(Qt::FontRole).value<QFont>(), theme.text);
    }
  }
}

Table ComparePanel::table(bool identifiers) const {
  return m_model->table(identifiers);
}

}  // namespace fusemoe::ui
