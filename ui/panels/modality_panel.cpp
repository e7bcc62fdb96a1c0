#include "panels/modality_panel.h"

#include <QEvent>
#include <QLabel>
#include <QListView>
#include <QMouseEvent>

#include "models/modality_model.h"
#include "panels/modality_delegate.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/format.h"
#include "state/selection.h"

namespace fusemoe::ui {
namespace {

constexpr int kRowsShown = 8;

}  // namespace

ModalityPanel::ModalityPanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("modalities"), tr("Modalities"), parent),
      m_context(context),
      m_model(new ModalityModel(context.document, this)),
      m_view(new QListView),
      m_hint(new QLabel(tr("Open a model to see its modalities."))) {
  m_hint->setObjectName(QStringLiteral("secondary"));
  m_hint->setWordWrap(true);
  m_hint->setContentsMargins(3, 0, 3, 0);
  m_view->setModel(m_model);
  m_view->setItemDelegate(new ModalityDelegate(context, m_view));
  m_view->setUniformItemSizes(true);
  m_view->setSelectionMode(QAbstractItemView::NoSelection);
  m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_view->setFrameShape(QFrame::NoFrame);
  m_view->setAccessibleName(tr("Modalities"));
  m_view->setAccessibleDescription(tr("Press Space to hide a modality from the model or to show it again"));
  m_view->viewport()->setMouseTracking(true);
  m_view->viewport()->installEventFilter(this);
  addContent(m_hint);
  addContent(m_view);
  addStretch();
  connect(m_model, &QAbstractItemModel::modelReset, this, &ModalityPanel::refresh);
  connect(&context.selection, &Selection::changed, m_view->viewport(), QOverload<>::of(&QWidget::update));
  connect(&context.appearance, &Appearance::changed, m_view->viewport(), QOverload<>::of(&QWidget::update));
  refresh();
}

void ModalityPanel::refresh() {
  const int rows = m_model->rowCount();
  m_view->setVisible(rows > 0);
  m_hint->setVisible(rows == 0);
  m_view->setFixedHeight(std::min(rows, kRowsShown) * ModalityDelegate::kRowHeight + 2);
  setSubtitle(rows > 0 ? tr("what the model may see") : QString());
}

Table ModalityPanel::table(bool /*identifiers*/) const {
  Table table{{tr("modality"), tr("state"), tr("recorded")}, {}};
  for (int row = 0; row < m_model->rowCount(); ++row) {
    const QModelIndex index = m_model->index(row);
    const auto state = static_cast<ModalityState>(index.data(ModalityModel::StateRole).toInt());
    table.rows.push_back({index.data().toString(), stateName(state), index.data(ModalityModel::DetailRole).toString()});
  }
  return table;
}

bool ModalityPanel::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::MouseMove) {
    m_context.selection.hover(-1, m_view->indexAt(static_cast<QMouseEvent*>(event)->pos()).row());
  } else if (event->type() == QEvent::Leave) {
    m_context.selection.clear();
  }
  return PanelFrame::eventFilter(watched, event);
}

}  // namespace fusemoe::ui
