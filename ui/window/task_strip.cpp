#include "window/task_strip.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "state/theme.h"

namespace fusemoe::ui {
namespace {

constexpr int kTitleWidth = 208;
constexpr int kProgressWidth = 84;
constexpr int kLeftWidth = 76;
constexpr int kCancelWidth = 56;
constexpr int kMoreWidth = 56;
constexpr int kRowHeight = 20;
constexpr int kGap = 8;
constexpr int kBarHeight = 6;
constexpr int kPaceMs = 250;

QToolButton* quietButton(const QString& text, int width) {
  auto* button = new QToolButton;
  button->setObjectName(QStringLiteral("quietButton"));
  button->setText(text);
  // A language may need more room.
  button->setFixedSize(std::max(width, button->fontMetrics().horizontalAdvance(text) + 2 * kGap), kRowHeight);
  button->setAutoRaise(true);
  return button;
}

}  // namespace

/// A thin bar; hatched while nobody knows how far the work is.
class ProgressLine : public QWidget {
 public:
  using QWidget::QWidget;

  void setFraction(double fraction) {
    if (std::lround(fraction * kProgressWidth) == std::lround(m_fraction * kProgressWidth)) return;
    m_fraction = fraction;
    update();
  }

 protected:
  void paintEvent(QPaintEvent* /*event*/) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF track(0, (height() - kBarHeight) / 2.0, width(), kBarHeight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(QPalette::AlternateBase));
    painter.drawRoundedRect(track, kBarHeight / 2.0, kBarHeight / 2.0);
    const QColor accent = palette().color(QPalette::Link);
    if (m_fraction < 0) {
      painter.setBrush(QBrush(accent, Qt::BDiagPattern));
      painter.drawRoundedRect(track, kBarHeight / 2.0, kBarHeight / 2.0);
    } else {
      QRectF done = track;
      done.setWidth(std::max(track.width() * std::min(m_fraction, 1.0), double(kBarHeight)));
      painter.setBrush(accent);
      painter.drawRoundedRect(done, kBarHeight / 2.0, kBarHeight / 2.0);
    }
  }

 private:
  double m_fraction = -1;
};

QString timeLeft(std::optional<double> seconds) {
  if (!seconds) return {};
  const auto all = static_cast<qint64>(std::ceil(*seconds));
  const auto two = [](qint64 value) { return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0')); };
  const QString time = all >= 3600 ? QStringLiteral("%1:%2:%3").arg(all / 3600).arg(two(all / 60 % 60), two(all % 60))
                                   : QStringLiteral("%1:%2").arg(all / 60).arg(two(all % 60));
  return TaskRow::tr("%1 left").arg(time);
}

TaskRow::TaskRow(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel),
      m_progress(new ProgressLine),
      m_left(new QLabel),
      m_cancel(quietButton(tr("Cancel"), kCancelWidth)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kGap);
  m_title->setFixedSize(kTitleWidth, kRowHeight);
  m_title->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  m_progress->setFixedSize(kProgressWidth, kRowHeight);
  m_left->setFixedSize(kLeftWidth, kRowHeight);
  m_left->setFont(themeFont(kBodyPixels - 1));
  for (QWidget* part : {static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_progress),
                        static_cast<QWidget*>(m_left), static_cast<QWidget*>(m_cancel)})
    row->addWidget(part);
  setFixedSize(sizeHint());
  connect(m_cancel, &QToolButton::clicked, this, [this] {
    m_cancel->setEnabled(false);  // asked once; the row goes when the work has stopped
    if (m_task) m_task->askToStop();
  });
}

void TaskRow::setTask(Task* task) {
  if (task != m_task) m_cancel->setEnabled(true);
  m_task = task;
  refresh();
}

void TaskRow::refresh() {
  if (!m_task) return;
  const QString whole =
      m_task->detail().isEmpty() ? m_task->title() : m_task->title() + QStringLiteral(", ") + m_task->detail();
  const QString shown = m_title->fontMetrics().elidedText(whole, Qt::ElideRight, kTitleWidth - 2 * kGap);
  if (m_title->text() != shown) m_title->setText(shown);
  m_title->setToolTip(whole);
  m_progress->setFraction(m_task->fraction());
  const QString left = timeLeft(m_task->secondsLeft());
  if (m_left->text() != left) m_left->setText(left);
  setAccessibleName(whole);
  m_cancel->setAccessibleName(tr("Cancel: %1").arg(m_task->title()));
}

QString TaskRow::text() const {
  return m_title->toolTip() + '|' + m_left->text();
}

TaskStrip::TaskStrip(TaskList& tasks, QWidget* parent)
    : QWidget(parent),
      m_tasks(tasks),
      m_row(new TaskRow),
      m_more(quietButton(QString(), kMoreWidth)),
      m_list(new QFrame(this, Qt::Popup)),
      m_listColumn(new QVBoxLayout(m_list)) {
  setAccessibleName(tr("Work under way"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kGap);
  row->addStretch(1);
  row->addWidget(m_more);
  row->addWidget(m_row);
  setFixedSize(sizeHint());
  m_more->setToolTip(tr("Show everything under way"));
  m_list->setObjectName(QStringLiteral("taskList"));
  m_listColumn->setContentsMargins(12, 10, 12, 10);
  m_pace.setSingleShot(true);
  m_pace.setInterval(kPaceMs);
  connect(&m_pace, &QTimer::timeout, this, &TaskStrip::refresh);
  connect(&tasks, &TaskList::changed, this, &TaskStrip::follow);
  connect(m_more, &QToolButton::clicked, this, &TaskStrip::openList);
  follow();
}

void TaskStrip::follow() {
  // Begun and ended is seen at once, how far it is at a pace that the eye can follow.
  const bool any = !m_tasks.running().isEmpty();
  if (m_row->isHidden() == any) m_row->setVisible(any);
  const bool many = m_tasks.running().size() > 1;
  if (m_more->isHidden() == many) m_more->setVisible(many);
  if (any && m_row->task() != m_tasks.running().first()) m_row->setTask(m_tasks.running().first());
  if (!m_pace.isActive()) m_pace.start();
}

void TaskStrip::refresh() {
  if (m_tasks.running().isEmpty()) {
    m_list->hide();
    return;
  }
  m_row->setTask(m_tasks.running().first());
  const QString more = tr("+%1").arg(m_tasks.running().size() - 1);
  if (m_more->text() != more) m_more->setText(more);
  if (m_list->isVisible()) fillList();
}

void TaskStrip::openList() {
  fillList();
  m_list->adjustSize();
  m_list->move(mapToGlobal(QPoint(width() - m_list->width(), -m_list->height() - kGap)));
  m_list->show();
}

void TaskStrip::fillList() {
  const QList<Task*>& running = m_tasks.running();
  while (m_listed.size() > running.size()) delete m_listed.takeLast();
  while (m_listed.size() < running.size()) {
    m_listed.append(new TaskRow);
    m_listColumn->addWidget(m_listed.last());
  }
  for (qsizetype i = 0; i < running.size(); ++i) m_listed[i]->setTask(running[i]);
}

}  // namespace fusemoe::ui
