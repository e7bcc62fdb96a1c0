#pragma once

#include <QTextBrowser>

namespace fusemoe::ui {

/// Shows a Markdown text that came with a file: headings, lists and tables, but no HTML, no pictures and no links, so
/// that reading it fetches and opens nothing.
class QuietText : public QTextBrowser {
  Q_OBJECT

 public:
  explicit QuietText(QWidget* parent = nullptr);

  void showMarkdown(const QString& text);
  QVariant loadResource(int type, const QUrl& name) override;

 private:
  void calmHeadings();
};

}  // namespace fusemoe::ui
