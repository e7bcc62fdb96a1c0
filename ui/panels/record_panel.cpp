#include "panels/record_panel.h"

#include <QPushButton>
#include <cmath>

#include "charts/record/record_chart.h"
#include "state/document.h"

namespace fusemoe::ui {

RecordPanel::RecordPanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("record"), tr("Patient record"), parent),
      m_context(context),
      m_chart(new RecordChart(context)),
      m_discard(new QPushButton(tr("Discard edits"))) {
  m_discard->setToolTip(tr("Shows the record as it is in the cohort again; can be undone"));
  addSwitch(m_discard);
  addContent(m_chart, 1);
  connect(m_discard, &QPushButton::clicked, m_chart, &RecordChart::discardEdits);
  connect(&context.document, &Document::changed, this, &RecordPanel::refresh);
  refresh();
}

void RecordPanel::refresh() {
  const Document& document = m_context.document;
  m_discard->setVisible(!document.edits().empty());
  if (!document.cohort()) {
    setSubtitle(QString());
    return;
  }
  const TimeScale time = timeScale(document.cohort()->info());
  setSubtitle(time.origin.isEmpty() ? tr("time in %1").arg(time.name)
                                    : tr("time in %1, 0 = %2").arg(time.name, time.origin));
}

void RecordPanel::draw(QPainter& painter, const QRect& area) const {
  m_chart->draw(painter, area);
}

Table RecordPanel::table(bool /*identifiers*/) const {
  // Times are relative and documents stay out: nothing here tells patients apart.
  return m_chart->table();
}

}  // namespace fusemoe::ui
