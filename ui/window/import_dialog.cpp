#include "window/import_dialog.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include "panels/message_bar.h"
#include "state/cohort_import.h"
#include "window/import_contents_page.h"
#include "window/import_source_page.h"
#include "window/import_target_page.h"

namespace fusemoe::ui {
namespace {

constexpr QSize kSize(900, 600);
constexpr QSize kLeast(720, 460);

QStringList pathsOf(const QMimeData& data) {
  QStringList paths;
  for (const QUrl& url : data.urls())
    if (url.isLocalFile()) paths << url.toLocalFile();
  return paths;
}

bool sameSource(const ImportRequest& a, const ImportRequest& b) {
  return a.importer == b.importer && a.options == b.options;
}

}  // namespace

ImportDialog::ImportDialog(CohortImport& imports, QWidget* parent)
    : QDialog(parent),
      m_imports(imports),
      m_steps(new QLabel),
      m_messages(new MessageBar),
      m_pages(new QStackedWidget),
      m_source(new ImportSourcePage(imports.importers())),
      m_contents(new ImportContentsPage),
      m_target(new ImportTargetPage(imports)),
      m_doing(new QLabel),
      m_back(new QPushButton(tr("Back"))),
      m_next(new QPushButton(tr("Next"))),
      m_close(new QPushButton(tr("Close"))) {
  setWindowTitle(tr("Import data"));
  setAcceptDrops(true);
  setMinimumSize(kLeast);
  resize(kSize);
  build();
  connect(m_back, &QPushButton::clicked, this, &ImportDialog::back);
  connect(m_next, &QPushButton::clicked, this, &ImportDialog::next);
  connect(m_close, &QPushButton::clicked, this, &QDialog::close);
  connect(m_source, &ImportSourcePage::changed, this, &ImportDialog::follow);
  connect(m_target, &ImportTargetPage::changed, this, &ImportDialog::follow);
  connect(&imports, &CohortImport::looked, this, &ImportDialog::adopt);
  const auto fail = [this](const Error& error) {
    m_messages->showError(error);
    if (!m_imports.looking() && m_imports.state() == CohortImport::State::Idle) m_target->reset();
    follow();
  };
  connect(&imports, &CohortImport::lookFailed, this, fail);
  connect(&imports, &CohortImport::failed, this, fail);
  connect(&imports, &CohortImport::stopped, this, [this] {
    m_target->reset();
    m_messages->show({MessageKind::Hint, tr("The import was cancelled. Nothing was written."), {}, {}});
    follow();
  });
  connect(&imports, &CohortImport::imported, this, [this](const ImportReport& report) {
    m_reporting = true;
    m_target->showReport(report);
    showStep(Target);
  });
  connect(&imports, &CohortImport::stateChanged, this, &ImportDialog::follow);
  connect(&imports, &CohortImport::progressed, m_target, &ImportTargetPage::showProgress);
  showStep(Source);
}

void ImportDialog::build() {
  m_steps->setTextFormat(Qt::RichText);
  m_doing->setObjectName(QStringLiteral("secondary"));
  m_next->setObjectName(QStringLiteral("primary"));
  m_next->setDefault(true);
  for (QPushButton* button : {m_back, m_close}) button->setAutoDefault(false);
  m_pages->addWidget(m_source);
  m_pages->addWidget(m_contents);
  m_pages->addWidget(m_target);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(8);
  buttons->addWidget(m_doing, 1);
  for (QPushButton* button : {m_back, m_next, m_close}) {
    button->setMinimumHeight(28);
    buttons->addWidget(button);
  }
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 20, 24, 16);
  column->setSpacing(16);
  column->addWidget(m_steps);
  column->addWidget(m_messages);
  column->addWidget(m_pages, 1);
  column->addLayout(buttons);
}

bool ImportDialog::setSource(const QStringList& paths) {
  const ImportRequest guessed = guessSource(paths, m_imports.importers());
  if (guessed.importer.empty()) return false;
  m_source->setSource(guessed);
  if (m_imports.state() == CohortImport::State::Idle) {
    m_reporting = false;
    m_target->reset();
    showStep(Source);
  }
  return true;
}

ImportDialog::Step ImportDialog::step() const {
  return static_cast<Step>(m_pages->currentIndex());
}

ImportRequest ImportDialog::request() const {
  ImportRequest request = m_source->source();
  request.modalityOf = m_contents->modalityOf();
  request.output = m_target->output().toStdString();
  return request;
}

void ImportDialog::back() {
  m_imports.stopLooking();
  while (m_messages->count() > 0) m_messages->dismiss();
  if (m_reporting || step() == Contents) {
    m_reporting = false;
    m_target->reset();
    showStep(Source);
  } else {
    showStep(Contents);
  }
}

void ImportDialog::next() {
  while (m_messages->count() > 0) m_messages->dismiss();
  if (m_imports.state() == CohortImport::State::Running) {
    m_imports.stop();
  } else if (m_reporting) {
    Q_EMIT trainAsked();
    close();
  } else if (step() == Target) {
    m_imports.start(request());
    m_target->showProgress();
  } else if (step() == Source && sameSource(m_looked, m_source->source())) {
    showStep(Contents);  // with what was moved
  } else if (step() == Contents && m_contents->modalityOf().empty()) {
    m_target->setContents(m_source->source(), m_contents->mapped());
    showStep(Target);
  } else {
    look();
  }
  follow();
}

void ImportDialog::look() {
  ImportRequest wanted = m_source->source();
  m_checking = step() == Contents;
  if (m_checking) wanted.modalityOf = m_contents->modalityOf();
  m_imports.look(wanted);
}

void ImportDialog::adopt(const ImportPreview& preview) {
  if (m_checking) {
    m_target->setContents(m_source->source(), preview.info);
    showStep(Target);
  } else {
    m_looked = m_source->source();
    m_contents->setPreview(preview);
    showStep(Contents);
  }
}

void ImportDialog::showStep(Step step) {
  m_pages->setCurrentIndex(step);
  const QString names[] = {tr("1  Source"), tr("2  Contents"), tr("3  Import")};
  QStringList shown;
  for (int i = 0; i < 3; ++i)
    shown << (i == step ? QStringLiteral("<b>%1</b>") : QStringLiteral("%1"))
                 .arg(QString(names[i]).replace(' ', QStringLiteral("&nbsp;")));
  m_steps->setText(shown.join(QStringLiteral("&nbsp;&nbsp;&nbsp;›&nbsp;&nbsp;&nbsp;")));
  follow();
}

void ImportDialog::follow() {
  using State = CohortImport::State;
  const bool running = m_imports.state() != State::Idle;
  const QString missing = m_source->missing();
  const bool source = step() == Source;
  m_back->setVisible(!source);
  m_back->setEnabled(!running);
  m_back->setText(m_reporting ? tr("Import more") : tr("Back"));
  m_next->setText(running            ? tr("Cancel import")
                  : m_reporting      ? tr("Train a model …")
                  : step() == Target ? tr("Import")
                                     : tr("Next"));
  m_pages->setEnabled(!m_imports.looking());
  m_next->setEnabled(!m_imports.looking() && m_imports.state() != State::Stopping && (!source || missing.isEmpty()) &&
                     (step() != Target || m_reporting || running || !m_target->output().isEmpty()));
  m_doing->setText(m_imports.looking()                    ? tr("Looking into the source …")
                   : m_imports.state() == State::Stopping ? tr("Stopping …")
                   : source && !missing.isEmpty()         ? tr("Still missing: %1").arg(missing)
                   : running                              ? tr("It goes on when this window is closed.")
                                                          : QString());
}

void ImportDialog::dragEnterEvent(QDragEnterEvent* event) {
  if (!pathsOf(*event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void ImportDialog::dropEvent(QDropEvent* event) {
  event->acceptProposedAction();
  while (m_messages->count() > 0) m_messages->dismiss();
  if (m_imports.state() != CohortImport::State::Idle) return;
  const QStringList paths = pathsOf(*event->mimeData());
  if (!setSource(paths))
    m_messages->showError({tr("What was dropped is of no source that is known.").toStdString(),
                           tr("Choose the source in the list, and its files beside it.").toStdString(),
                           paths.join('\n').toStdString()});
}

}  // namespace fusemoe::ui
