#include "window/status_line.h"

#include <QLabel>

#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr int kWorkWidth = 200;
constexpr int kWorkHeight = 20;

}  // namespace

StatusLine::StatusLine(const ViewContext& context, QWidget* parent)
    : QStatusBar(parent),
      m_context(context),
      m_model(new QLabel),
      m_cohort(new QLabel),
      m_device(new QLabel),
      m_work(new QLabel) {
  setSizeGripEnabled(false);
  setAccessibleName(tr("Status"));
  m_work->setFixedSize(kWorkWidth, kWorkHeight);  // new text then costs no layout of the window
  for (QLabel* label : {m_model, m_cohort, m_device, m_work}) addWidget(label);
  Document& document = context.document;
  connect(&document, &Document::changed, this, &StatusLine::refresh);
  connect(&document, &Document::resultChanged, this, &StatusLine::refresh);
  connect(&document, &Document::loadingChanged, this, &StatusLine::refresh);
  connect(&document, &Document::busyChanged, this, &StatusLine::refresh);
  refresh();
}

void StatusLine::refresh() {
  const Document& document = m_context.document;
  m_model->setText(document.model() ? fileName(document.state().modelPath) : tr("no model"));
  m_cohort->setText(document.cohort() ? fileName(document.state().cohortPath) : tr("no cohort"));
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
