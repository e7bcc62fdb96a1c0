#pragma once

#include <QImage>
#include <QWidget>

#include "cohort/cohort_store.h"
#include "state/async_loader.h"
#include "state/view_context.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace fusemoe::ui {

class ImageView;
class WaveformView;

/// A document ready to show: what its kind needs is filled.
struct DecodedDocument {
  DocumentEntry entry;
  QString text;
  QImage image;
  std::shared_ptr<const Waveform> waveform;
};

/// Decodes the content; nothing in it is trusted. Any thread. Errors: not of its kind, or too large to show.
Result<DecodedDocument> decode(StayDocument document);

/// Shows one document of the stay: a waveform or an image at once, a note only when asked. Reads and decodes away from
/// the GUI thread.
class DocumentViewer : public QWidget {
  Q_OBJECT

 public:
  explicit DocumentViewer(const ViewContext& context, QWidget* parent = nullptr);
  ~DocumentViewer() override;

  /// Begins to read a document of the stay looked at.
  void open(const DocumentEntry& entry, const QString& when);
  bool loading() const { return m_loader.loading(); }

 Q_SIGNALS:
  void closed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void show(Result<DecodedDocument> document);
  void say(const QString& text);
  void showNote();

  ViewContext m_context;
  QLabel* m_title;
  QLabel* m_detail;
  QPushButton* m_showNote;
  QStackedWidget* m_pages;
  QLabel* m_message;
  QPlainTextEdit* m_text;
  ImageView* m_image;
  WaveformView* m_waveform;
  QWidget* m_waveformPage;
  AsyncLoader<DecodedDocument> m_loader{this};
};

}  // namespace fusemoe::ui
