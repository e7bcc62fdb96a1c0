#include "panels/log_panel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

#include "models/log_model.h"
#include "state/activity_log.h"
#include "state/theme.h"

namespace fusemoe::ui {
namespace {

constexpr int kRowHeight = 24;
constexpr int kTimeWidth = 72;
constexpr int kKindWidth = 80;

}  // namespace

LogPanel::LogPanel(const ViewContext& context, QWidget* parent)
    : PanelFrame(QStringLiteral("log"), tr("Log"), parent),
      m_context(context),
      m_model(new LogModel(context.log, this)),
      m_view(new QTableView),
      m_detail(new QLabel),
      m_copy(new QPushButton(tr("Copy"))) {
  setSubtitle(tr("since the start, no patient data"));
  m_copy->setToolTip(tr("Copy the whole log, for a report of a problem"));
  m_copy->setProperty("segment", QStringLiteral("only"));
  addSwitch(m_copy);
  m_view->setModel(m_model);
  m_view->setAccessibleName(tr("Log"));
  m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_view->setSelectionMode(QAbstractItemView::SingleSelection);
  m_view->setShowGrid(false);
  m_view->setWordWrap(false);
  m_view->setTabKeyNavigation(false);
  m_view->verticalHeader()->hide();
  m_view->verticalHeader()->setDefaultSectionSize(kRowHeight);
  QHeaderView* header = m_view->horizontalHeader();
  header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  header->setHighlightSections(false);
  header->setSectionResizeMode(QHeaderView::Fixed);
  header->setStretchLastSection(true);
  header->resizeSection(LogModel::Time, kTimeWidth);
  header->resizeSection(LogModel::Kind, kKindWidth);
  m_detail->setObjectName(QStringLiteral("secondary"));
  m_detail->setFont(themeFont(kCaptionPixels));
  m_detail->setWordWrap(true);
  m_detail->setTextFormat(Qt::PlainText);
  m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_detail->setContentsMargins(4, 2, 4, 2);
  m_detail->hide();
  addContent(m_view, 1);
  addContent(m_detail);
  connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &LogPanel::showDetail);
  connect(m_model, &QAbstractItemModel::rowsInserted, this, [this] { m_view->scrollToBottom(); });
  connect(m_copy, &QPushButton::clicked, this, &LogPanel::copy);
}

QString LogPanel::detail() const {
  return m_detail->text();
}

void LogPanel::showDetail() {
  const QModelIndex chosen = m_view->currentIndex();
  m_detail->setText(chosen.isValid() ? m_context.log.entries()[std::size_t(chosen.row())].detail : QString());
  m_detail->setVisible(!m_detail->text().isEmpty());
}

void LogPanel::showLastError() {
  const auto& entries = m_context.log.entries();
  for (std::size_t row = entries.size(); row-- > 0;) {
    if (entries[row].kind != LogKind::Error) continue;
    m_view->setCurrentIndex(m_model->index(int(row), 0));
    return;
  }
}

void LogPanel::copy() const {
  QString text;
  for (const LogEntry& entry : m_context.log.entries()) text += logLine(entry) + '\n';
  QGuiApplication::clipboard()->setText(text);
}

Table LogPanel::table(bool /*identifiers*/) const {
  Table table;
  table.columns = {tr("Time"), tr("Kind"), tr("What"), tr("Detail")};
  for (const LogEntry& entry : m_context.log.entries())
    table.rows.push_back({entry.time.toString(Qt::ISODate), logKindName(entry.kind), entry.text, entry.detail});
  return table;
}

}  // namespace fusemoe::ui
