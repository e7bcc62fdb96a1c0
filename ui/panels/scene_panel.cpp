#include "panels/scene_panel.h"

#include <QPushButton>

#include "panels/segmented_switch.h"
#include "scene/scene_view.h"
#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {

ScenePanel::ScenePanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("scene"), tr("Tokens and experts"), parent),
      m_context(context),
      m_view(new SceneView(context)),
      m_scope(new SegmentedSwitch(tr("Whose tokens"))) {
  m_scope->setSegments({tr("Stay"), tr("Cohort")});
  m_scope->setTips({tr("Tokens of the stay looked at"),
                    tr("Behind them the tokens of many stays of the cohort, evenly chosen, in the same space")});
  m_scope->setCurrent(0);
  auto* fit = new QPushButton(tr("Fit"));
  fit->setProperty("segment", "only");
  fit->setFocusPolicy(Qt::TabFocus);
  fit->setToolTip(tr("Bring everything into the picture (F, or double click)"));
  addSwitch(fit);
  addSwitch(m_scope);
  addContent(m_view, 1);
  connect(fit, &QPushButton::clicked, m_view, &SceneView::fit);
  connect(m_scope, &SegmentedSwitch::chosen, this, [this](int index) {
    m_view->setScope(index == 0 ? SceneView::Scope::Stay : SceneView::Scope::Cohort);
    refresh();
  });
  connect(m_view, &SceneView::cloudChanged, this, &ScenePanel::refresh);
  connect(&context.document, &Document::changed, this, [this](Changes changes) {
    if (changes & (Change::Model | Change::View)) refresh();
  });
  refresh();
}

void ScenePanel::refresh() {
  const Document& document = m_context.document;
  if (!document.model()) {
    setSubtitle(QString());
    return;
  }
  const CloudPtr cloud = m_view->cloud().cloud(document.layer());
  QString text = tr("PCA, layer %1").arg(document.layer() + 1);
  if (m_view->scope() == SceneView::Scope::Cohort && cloud)
    text +=
        tr(", %1 tokens of %2 stays").arg(count(qint64(cloud->points.size())), count(qint64(m_view->cloud().stays())));
  setSubtitle(text);
}

void ScenePanel::draw(QPainter& painter, const QRect& area) const {
  m_view->draw(painter, area);
}

Table ScenePanel::table(bool /*identifiers*/) const {
  return m_view->table();
}

}  // namespace fusemoe::ui
