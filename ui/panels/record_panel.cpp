#include "panels/record_panel.h"

#include <QPushButton>
#include <QStackedWidget>
#include <utility>

#include "charts/record/record_chart.h"
#include "panels/document_viewer.h"
#include "state/document.h"

namespace fusemoe::ui {

RecordPanel::RecordPanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("record"), tr("Patient record"), parent),
      m_context(context),
      m_chart(new RecordChart(context)),
      m_viewer(new DocumentViewer(context)),
      m_pages(new QStackedWidget),
      m_discard(new QPushButton(tr("Discard edits"))) {
  m_discard->setToolTip(tr("Shows the record as it is in the cohort again; can be undone"));
  addSwitch(m_discard);
  m_pages->addWidget(m_chart);
  m_pages->addWidget(m_viewer);
  addContent(m_pages, 1);
  connect(m_discard, &QPushButton::clicked, m_chart, &RecordChart::discardEdits);
  connect(m_chart, &RecordChart::documentChosen, this, &RecordPanel::openDocument);
  connect(m_viewer, &DocumentViewer::closed, this, &RecordPanel::showRecord);
  connect(&context.document, &Document::changed, this, [this](Changes changes) {
    refresh();
    if (changes & (Change::Cohort | Change::Stay)) readDocuments();
  });
  refresh();
  readDocuments();
}

RecordPanel::~RecordPanel() = default;

/// Those of the stay looked at; none at first, so that no other stay's are shown meanwhile.
void RecordPanel::readDocuments() {
  m_documents.clear();
  m_chart->setDocuments({});
  showRecord();
  const Document& document = m_context.document;
  if (!document.cohort() || !document.recordedSample()) {
    m_loader.cancel();
    return;
  }
  const auto read = [store = document.cohort(), stay = document.state().stayId] { return store->documents(stay); };
  m_loader.start(read, [this](Result<std::vector<DocumentEntry>> documents) {
    if (documents) {
      m_documents = std::move(*documents);
      m_chart->setDocuments(m_documents);
    } else {
      Q_EMIT m_context.document.errorRaised(documents.error());
    }
  });
}

void RecordPanel::openDocument(int index) {
  if (index < 0 || static_cast<std::size_t>(index) >= m_documents.size()) return;
  const DocumentEntry& entry = m_documents[static_cast<std::size_t>(index)];
  m_viewer->open(entry, m_chart->content().time.text(double(entry.hour)));
  m_pages->setCurrentWidget(m_viewer);
}

void RecordPanel::showRecord() {
  if (m_pages->currentWidget() == m_chart) return;
  m_pages->setCurrentWidget(m_chart);
  m_chart->setFocus();
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
