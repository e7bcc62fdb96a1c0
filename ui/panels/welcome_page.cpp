#include "panels/welcome_page.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <utility>

#include "state/settings.h"

namespace fusemoe::ui {
namespace {

constexpr int kWidth = 760;
constexpr int kListed = 6;

QLabel* label(const QString& text, const char* name) {
  auto* made = new QLabel(text);
  made->setObjectName(QString::fromLatin1(name));
  made->setWordWrap(true);
  return made;
}

/// One line of "what you can do here": a key cap, and what it does.
void addLine(QGridLayout& grid, const QString& keys, const QString& text) {
  const int row = grid.rowCount();
  auto* cap = label(keys, "keyCap");
  cap->setWordWrap(false);
  cap->setAlignment(Qt::AlignCenter);
  grid.addWidget(cap, row, 0, Qt::AlignTop);
  grid.addWidget(label(text, "welcomeText"), row, 1);
}

}  // namespace

WelcomePage::WelcomePage(Settings& settings, QWidget* parent) : QWidget(parent), m_settings(settings) {
  setObjectName(QStringLiteral("welcomePage"));
  setAccessibleName(tr("Welcome"));
  auto* card = new QWidget;
  card->setObjectName(QStringLiteral("welcomeCard"));
  card->setAttribute(Qt::WA_StyledBackground);
  card->setFixedWidth(kWidth);
  auto* column = new QVBoxLayout(card);
  column->setContentsMargins(40, 32, 40, 32);
  column->setSpacing(8);
  column->addWidget(label(tr("FuseMoE Explorer"), "welcomeTitle"));
  column->addWidget(
      label(tr("See what a medical model of several modalities does when one of them is missing: where its "
               "routers send the patient's data, and what becomes of the prediction."),
            "welcomeText"));
  column->addSpacing(16);
  auto* halves = new QHBoxLayout;
  halves->setSpacing(32);
  halves->addWidget(makeStart(), 1);
  halves->addWidget(makeRecent(), 1);
  column->addLayout(halves);
  column->addSpacing(16);
  column->addWidget(label(tr("What you can do here"), "welcomeHeading"));
  auto* lines = new QGridLayout;
  lines->setHorizontalSpacing(12);
  lines->setVerticalSpacing(8);
  lines->setColumnStretch(1, 1);
  addLine(*lines, tr("1 … 9"),
          tr("Hide a modality from the model and bring it back; 0 brings all back, Ctrl+Z undoes."));
  addLine(*lines, tr("point"), tr("Point at an expert or a modality anywhere: every chart lights up the same one."));
  addLine(*lines, tr("pin"), tr("Pin a state as A and go on: A stays behind every chart to compare with."));
  column->addLayout(lines);
  column->addSpacing(16);
  column->addWidget(
      label(tr("Research use only. Not for clinical decisions. Nothing leaves this machine."), "secondary"));
  auto* inner = new QWidget;
  inner->setObjectName(QStringLiteral("welcomeInner"));
  auto* centred = new QGridLayout(inner);
  centred->addWidget(card, 0, 0, Qt::AlignCenter);
  auto* scroll = new QScrollArea;  // a low window scrolls instead of growing
  scroll->setObjectName(QStringLiteral("welcomeScroll"));
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setWidget(inner);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->addWidget(scroll);
}

QWidget* WelcomePage::makeStart() {
  auto* start = new QWidget;
  auto* column = new QVBoxLayout(start);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addWidget(label(tr("Begin"), "welcomeHeading"));
  m_demo = new QPushButton(tr("Open the demo"));
  m_demo->setObjectName(QStringLiteral("primary"));
  m_demo->setToolTip(tr("A cohort of 10,676 people and a model trained on it, both bundled"));
  column->addWidget(m_demo);
  connect(m_demo, &QPushButton::clicked, this, &WelcomePage::demoAsked);
  const auto add = [&](const QString& text, void (WelcomePage::*asked)()) {
    auto* button = new QPushButton(text);
    column->addWidget(button);
    connect(button, &QPushButton::clicked, this, asked);
    return button;
  };
  add(tr("Open model …"), &WelcomePage::openModelAsked);
  add(tr("Open cohort …"), &WelcomePage::openCohortAsked);
  add(tr("Import data …"), &WelcomePage::importAsked);
  add(tr("Open session …"), &WelcomePage::openSessionAsked);
  m_back = add(tr("Back to what is open"), &WelcomePage::backAsked);
  m_back->hide();
  column->addStretch(1);
  return start;
}

QWidget* WelcomePage::makeRecent() {
  m_recent = new QWidget;
  auto* column = new QVBoxLayout(m_recent);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addWidget(label(tr("Recent files"), "welcomeHeading"));
  m_recentList = new QGridLayout;
  m_recentList->setVerticalSpacing(2);
  column->addLayout(m_recentList);
  column->addStretch(1);
  return m_recent;
}

void WelcomePage::setDemo(bool there) {
  m_demo->setVisible(there);
}

void WelcomePage::setBack(bool there) {
  m_back->setVisible(there);
}

void WelcomePage::showEvent(QShowEvent* event) {
  fillRecent();
  QWidget::showEvent(event);
}

void WelcomePage::fillRecent() {
  while (QLayoutItem* item = m_recentList->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  const QStringList files = m_settings.recentFiles().mid(0, kListed);
  for (const QString& path : files) {
    const QFileInfo file(path);
    auto* button = new QPushButton;
    button->setObjectName(QStringLiteral("link"));
    button->setText(button->fontMetrics().elidedText(file.fileName(), Qt::ElideMiddle, kWidth / 2 - 80));
    button->setToolTip(file.exists() ? path : tr("%1 is no longer there").arg(path));
    button->setAccessibleName(file.fileName());
    button->setEnabled(file.exists());
    m_recentList->addWidget(button, m_recentList->rowCount(), 0);
    connect(button, &QPushButton::clicked, this, [this, path] { Q_EMIT recentAsked(path); });
  }
  if (files.isEmpty())
    m_recentList->addWidget(
        label(tr("Files you open are listed here. You can also drop them on the window."), "secondary"), 0, 0);
}

}  // namespace fusemoe::ui
