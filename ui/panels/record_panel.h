#pragma once

#include "cohort/cohort_document.h"
#include "panels/panel_frame.h"
#include "state/async_loader.h"
#include "state/view_context.h"

class QPushButton;
class QStackedWidget;

namespace fusemoe::ui {

class DocumentViewer;
class RecordChart;

/// The patient's record over time with what-if edits, and its documents.
class RecordPanel : public PanelFrame {
  Q_OBJECT

 public:
  explicit RecordPanel(const ViewContext& context, QWidget* parent = nullptr);
  ~RecordPanel() override;

  RecordChart& chart() const { return *m_chart; }
  DocumentViewer& viewer() const { return *m_viewer; }
  void draw(QPainter& painter, const QRect& area) const override;
  Table table(bool identifiers) const override;

 private:
  void refresh();
  void readDocuments();
  void openDocument(int index);
  void showRecord();

  ViewContext m_context;
  RecordChart* m_chart;
  DocumentViewer* m_viewer;
  QStackedWidget* m_pages;
  QPushButton* m_discard;
  std::vector<DocumentEntry> m_documents;
  AsyncLoader<std::vector<DocumentEntry>> m_loader{this};
};

}  // namespace fusemoe::ui
