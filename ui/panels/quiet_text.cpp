#include "panels/quiet_text.h"

#include <QTextBlock>

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
  calmHeadings();
  moveCursor(QTextCursor::Start);
}

void QuietText::calmHeadings() {
  // Qt's headings are made for a page; a panel has one type scale.
  for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
    if (block.blockFormat().headingLevel() == 0) continue;
    QTextCursor cursor(block);
    cursor.select(QTextCursor::BlockUnderCursor);
    QTextCharFormat format;
    format.setProperty(QTextFormat::FontSizeAdjustment, block.blockFormat().headingLevel() == 1 ? 1 : 0);
    format.setFontWeight(QFont::DemiBold);
    cursor.mergeCharFormat(format);
  }
}

QVariant QuietText::loadResource(int /*type*/, const QUrl& /*name*/) {
  return {};
}

}  // namespace fusemoe::ui
