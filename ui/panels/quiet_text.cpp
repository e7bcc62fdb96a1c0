#include "panels/quiet_text.h"

namespace fusemoe::ui {

QuietText::QuietText(QWidget* parent) : QTextBrowser(parent) {
  setOpenLinks(false);
  setOpenExternalLinks(false);
  setFrameShape(QFrame::NoFrame);
  setTabChangesFocus(true);
  document()->setDocumentMargin(3);
}

void QuietText::showMarkdown(const QString& text) {
  document()->setMarkdown(
      text, QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) | QTextDocument::MarkdownNoHTML);
  moveCursor(QTextCursor::Start);
}

QVariant QuietText::loadResource(int /*type*/, const QUrl& /*name*/) {
  return {};
}

}  // namespace fusemoe::ui
