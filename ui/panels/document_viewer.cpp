#include "panels/document_viewer.h"

#include <QBuffer>
#include <QHBoxLayout>
#include <QImageReader>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <utility>

#include "charts/record/image_view.h"
#include "charts/record/waveform_view.h"
#include "state/document.h"

namespace fusemoe::ui {
namespace {

constexpr qint64 kMostPixels = 40'000'000;
constexpr int kMostSide = 2048;           // pixels kept, so that a repaint stays quick
constexpr qsizetype kMostText = 200'000;  // letters laid out at once

Result<QImage> decodeImage(const std::string& content) {
  QByteArray bytes = QByteArray::fromRawData(content.data(), static_cast<qsizetype>(content.size()));
  QBuffer buffer(&bytes);
  QImageReader reader(&buffer);
  reader.setAutoTransform(true);
  // Asked of the header, before memory is taken for it.
  const QSize size = reader.size();
  if (size.isValid() && qint64(size.width()) * size.height() > kMostPixels)
    return failure("The image has " + std::to_string(size.width()) + " × " + std::to_string(size.height()) +
                       " pixels, too many to show.",
                   "Open it with another program.");
  if (size.width() > kMostSide || size.height() > kMostSide)
    reader.setScaledSize(size.scaled(kMostSide, kMostSide, Qt::KeepAspectRatio));
  QImage image = reader.read();
  if (image.isNull())
    return failure("The image cannot be read.", "Import the cohort again.", reader.errorString().toStdString());
  return image;
}

}  // namespace

Result<DecodedDocument> decode(StayDocument document) {
  DecodedDocument decoded{std::move(document.entry), {}, {}, {}};
  if (decoded.entry.kind == DocumentKind::Text) {
    decoded.text = QString::fromUtf8(document.content.data(), static_cast<qsizetype>(document.content.size()));
    if (decoded.text.size() > kMostText) {
      decoded.text.truncate(kMostText);
      decoded.text += DocumentViewer::tr("\n\n(The rest of this very long text is not shown.)");
    }
  } else if (decoded.entry.kind == DocumentKind::Image) {
    Result<QImage> image = decodeImage(document.content);
    if (!image) return failure(image.error());
    decoded.image = *image;
  } else {
    Result<Waveform> waveform = decodeWaveform(document.content);
    if (!waveform)
      return failure("The waveform cannot be read: " + waveform.error().what + ".", "Import the cohort again.");
    if (waveform->leads.size() * waveform->leads.front().values.size() > WaveformView::kMostValues)
      return failure("The waveform is too long to show.", "Open it with another program.");
    decoded.waveform = std::make_shared<const Waveform>(std::move(*waveform));
  }
  return decoded;
}

DocumentViewer::DocumentViewer(const ViewContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_title(new QLabel),
      m_detail(new QLabel),
      m_showNote(new QPushButton(tr("Show note"))),
      m_pages(new QStackedWidget),
      m_message(new QLabel),
      m_text(new QPlainTextEdit),
      m_image(new ImageView(context)),
      m_waveform(new WaveformView(context)) {
  setAccessibleName(tr("Document"));
  auto* back = new QPushButton(tr("Back to the record"));
  m_title->setObjectName(QStringLiteral("documentTitle"));
  m_detail->setObjectName(QStringLiteral("secondary"));
  m_title->setTextFormat(Qt::PlainText);
  m_detail->setTextFormat(Qt::PlainText);
  m_message->setTextFormat(Qt::PlainText);
  m_message->setObjectName(QStringLiteral("secondary"));
  m_message->setAlignment(Qt::AlignCenter);
  m_message->setWordWrap(true);
  m_text->setReadOnly(true);
  m_text->setAccessibleName(tr("Note"));
  auto* scroll = new QScrollArea;
  scroll->setObjectName(QStringLiteral("quietScroll"));
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setWidget(m_waveform);
  m_waveformPage = scroll;
  for (QWidget* page : {static_cast<QWidget*>(m_message), static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_image),
                        m_waveformPage})
    m_pages->addWidget(page);
  auto* header = new QHBoxLayout;
  header->addWidget(back);
  header->addWidget(m_title);
  header->addWidget(m_detail, 1);
  header->addWidget(m_showNote);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(2, 0, 2, 0);
  column->setSpacing(6);
  column->addLayout(header);
  column->addWidget(m_pages, 1);
  connect(back, &QPushButton::clicked, this, &DocumentViewer::closed);
  connect(m_showNote, &QPushButton::clicked, this, &DocumentViewer::showNote);
}

DocumentViewer::~DocumentViewer() = default;

void DocumentViewer::open(const DocumentEntry& entry, const QString& when) {
  m_title->setText(QString::fromStdString(entry.title));
  m_detail->setText(when);
  m_showNote->hide();
  m_text->clear();
  say(tr("Reading …"));
  const auto read = [store = m_context.document.cohort(), stay = m_context.document.state().stayId,
                     entry]() -> Result<DecodedDocument> {
    Result<StayDocument> document = store->document(stay, entry.modality, entry.position);
    if (!document) return failure(document.error());
    return decode(std::move(*document));
  };
  m_loader.start(read, [this](Result<DecodedDocument> document) { show(std::move(document)); });
}

void DocumentViewer::show(Result<DecodedDocument> document) {
  if (!document) {
    const Error& error = document.error();
    say(QString::fromStdString(error.hint.empty() ? error.what : error.what + "\n" + error.hint));
    return;
  }
  switch (document->entry.kind) {
    case DocumentKind::Text:
      m_text->setPlainText(document->text);
      m_showNote->show();
      say(tr("Notes stay hidden until you ask for them."));
      break;
    case DocumentKind::Image:
      m_image->setImage(document->image);
      m_pages->setCurrentWidget(m_image);
      break;
    case DocumentKind::Waveform:
      m_waveform->setWaveform(document->waveform);
      m_detail->setText(QStringLiteral("%1, %2").arg(m_detail->text(), m_waveform->scale()));
      m_pages->setCurrentWidget(m_waveformPage);
  }
}

void DocumentViewer::say(const QString& text) {
  m_message->setText(text);
  m_pages->setCurrentWidget(m_message);
}

void DocumentViewer::showNote() {
  m_showNote->hide();
  m_pages->setCurrentWidget(m_text);
  m_text->setFocus();
}

void DocumentViewer::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape)
    Q_EMIT closed();
  else
    QWidget::keyPressEvent(event);
}

}  // namespace fusemoe::ui
