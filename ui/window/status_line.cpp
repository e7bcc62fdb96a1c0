#include "window/status_line.h"

#include <QLabel>
#include <QToolButton>

#include "state/activity_log.h"
#include "state/document.h"
#include "state/format.h"
#include "window/task_strip.h"

namespace fusemoe::ui {
namespace {

constexpr int kNameWidth = 176;  // at most
constexpr int kWorkWidth = 156;
constexpr int kErrorWidth = 156;
constexpr int kNoteWidth = 104;
constexpr int kHeight = 20;

/// A label whose new text costs no layout of the window.
QLabel* fixedLabel(int width) {
  auto* label = new QLabel;
  label->setFixedSize(width, kHeight);
  return label;
}

/// Says a file, shortened in the middle; all of it in the tool tip.
void setFile(QLabel& label, const std::string& path, bool open, const QString& none) {
  const QString name = open ? fileName(path) : none;
  label.setText(label.fontMetrics().elidedText(name, Qt::ElideMiddle, kNameWidth));
  label.setToolTip(open ? QString::fromStdString(path) : QString());
}

}  // namespace

StatusLine::StatusLine(const ViewContext& context, QWidget* parent)
    : QStatusBar(parent),
      m_context(context),
      m_model(new QLabel),
      m_cohort(new QLabel),
      m_device(new QLabel),
      m_work(fixedLabel(kWorkWidth)),
      m_error(new QToolButton),
      m_note(fixedLabel(kNoteWidth)),
      m_tasks(new TaskStrip(context.tasks)) {
  setSizeGripEnabled(false);
  setAccessibleName(tr("Status"));
  m_error->setObjectName(QStringLiteral("lastError"));
  m_error->setFixedSize(kErrorWidth, kHeight);
  m_error->setAutoRaise(true);
  m_error->hide();
  for (QLabel* label : {m_model, m_cohort, m_device, m_work}) addWidget(label);
  addWidget(m_error);
  addPermanentWidget(m_tasks);
  addPermanentWidget(m_note);
  Document& document = context.document;
  connect(&document, &Document::changed, this, &StatusLine::refresh);
  connect(&document, &Document::resultChanged, this, &StatusLine::refresh);
  connect(&document, &Document::loadingChanged, this, &StatusLine::refresh);
  connect(&document, &Document::busyChanged, this, &StatusLine::refresh);
  connect(&context.log, &ActivityLog::added, this, &StatusLine::noteErrors);
  connect(m_error, &QToolButton::clicked, this, &StatusLine::logAsked);
  refresh();
}

void StatusLine::say(const QString& text, const QString& tip) {
  m_note->setText(m_note->fontMetrics().elidedText(text, Qt::ElideRight, kNoteWidth - 16));
  m_note->setToolTip(tip);
}

void StatusLine::noteErrors() {
  const LogEntry& entry = m_context.log.entries().back();
  if (entry.kind != LogKind::Error) return;
  m_error->setText(
      m_error->fontMetrics().elidedText(tr("Error: %1").arg(entry.text), Qt::ElideRight, kErrorWidth - 16));
  m_error->setToolTip(tr("%1\nClick for the log.").arg(entry.text));
  m_error->setAccessibleName(tr("Last error: %1").arg(entry.text));
  m_error->show();
}

void StatusLine::refresh() {
  const Document& document = m_context.document;
  setFile(*m_model, document.state().modelPath, document.model() != nullptr, tr("no model"));
  setFile(*m_cohort, document.state().cohortPath, document.cohort() != nullptr, tr("no cohort"));
  m_device->setVisible(document.model() != nullptr);
  if (document.model()) {
    const EngineInfo& engine = document.engine();
    m_device->setText(tr("%1, %2").arg(QString::fromStdString(engine.device).toUpper(),
                                       counted(engine.threads, tr("1 thread"), tr("%1 threads"))));
    m_device->setToolTip(tr("LibTorch %1").arg(QString::fromStdString(engine.torchVersion)));
  }
  if (document.loadingModel() || document.loadingSource()) {
    m_work->setText(tr("opening …"));
  } else if (document.runner().busy()) {
    m_work->setText(tr("computing …"));
  } else {
    m_work->setText(document.result() ? tr("computed in %1 ms").arg(number(document.result()->milliseconds, 1))
                                      : QString());
  }
}

}  // namespace fusemoe::ui
