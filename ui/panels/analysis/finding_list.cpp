#include "panels/analysis/finding_list.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QTextDocument>
#include <algorithm>

#include "state/appearance.h"

namespace fusemoe::ui {

/// As high as its text at the width it is given.
class FindingList::Page : public QWidget {
 public:
  explicit Page(const FindingList& list) : m_list(list) {
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setObjectName(QStringLiteral("quietTable"));
    setAttribute(Qt::WA_StyledBackground);
  }
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override {
    QTextDocument text;
    m_list.write(text);
    text.setTextWidth(width);
    return static_cast<int>(text.size().height()) + 1;
  }
  QSize sizeHint() const override { return {240, heightForWidth(std::max(120, width()))}; }

 protected:
  void paintEvent(QPaintEvent* /*event*/) override {
    QPainter painter(this);
    m_list.paint(painter, rect());
  }

 private:
  const FindingList& m_list;
};

FindingList::FindingList(const ViewContext& context, QWidget* parent)
    : QScrollArea(parent), m_context(context), m_page(new Page(*this)) {
  setObjectName(QStringLiteral("quietScroll"));
  setFrameShape(QFrame::NoFrame);
  setWidgetResizable(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setAccessibleName(tr("Findings"));
  setWidget(m_page);
  connect(&context.appearance, &Appearance::changed, m_page, qOverload<>(&QWidget::update));
}

void FindingList::setEntries(QList<Entry> entries) {
  m_entries = std::move(entries);
  QStringList said;
  for (const Entry& entry : m_entries)
    said << entry.name + QLatin1Char(' ') + entry.value + QStringLiteral(". ") + entry.meaning + QLatin1Char(' ') +
                entry.next;
  setAccessibleDescription(said.join(QLatin1Char('\n')));
  m_page->updateGeometry();
  m_page->update();
}

void FindingList::write(QTextDocument& text) const {
  const Theme& theme = m_context.appearance.theme();
  QString html;
  for (const Entry& entry : m_entries) {
    const QString colour = (entry.warn ? theme.warningText : theme.text).name();
    html += QStringLiteral("<p style=\"margin:0 0 10px 0\"><span style=\"color:%1;font-weight:600\">%2: %3</span>")
                .arg(colour, entry.name.toHtmlEscaped(), entry.value.toHtmlEscaped());
    if (!entry.scale.isEmpty())
      html += QStringLiteral(" <span style=\"color:%1\">%2</span>")
                  .arg(theme.secondary.name(), entry.scale.toHtmlEscaped());
    html +=
        QStringLiteral("<br><span style=\"color:%1\">%2</span>").arg(theme.text.name(), entry.meaning.toHtmlEscaped());
    if (!entry.next.isEmpty())
      html += QStringLiteral("<br><span style=\"color:%1\">%2</span>")
                  .arg(theme.secondary.name(), tr("Next: %1").arg(entry.next.toHtmlEscaped()));
    html += QStringLiteral("</p>");
  }
  text.setDocumentMargin(2);
  text.setDefaultFont(themeFont(12));
  text.setHtml(html);
}

void FindingList::paint(QPainter& painter, const QRect& area) const {
  QTextDocument text;
  write(text);
  text.setTextWidth(area.width());
  painter.save();
  painter.translate(area.topLeft());
  painter.setClipRect(QRect(0, 0, area.width(), area.height()), Qt::IntersectClip);
  text.documentLayout()->draw(&painter, {});
  painter.restore();
}

}  // namespace fusemoe::ui
