#include "panels/analysis/analysis_panel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <algorithm>
#include <utility>

#include "charts/badge.h"
#include "state/appearance.h"
#include "state/document.h"

namespace fusemoe::ui {
namespace {

constexpr int kLeastContent = 96;  // in a low panel the content gives way, not the note

constexpr int kGap = 8;
constexpr QSize kUsualSize(760, 420);

QString sentence(const Error& error) {
  return QString::fromStdString(error.hint.empty() ? error.what : error.what + "\n" + error.hint);
}

}  // namespace

/// Lies over a picture that is of earlier inputs, and lets the pointer through.
class AnalysisPanel::Veil : public QWidget {
 public:
  Veil(const Appearance& appearance, QWidget* over) : QWidget(over), m_appearance(appearance) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    over->installEventFilter(this);
    hide();
  }
  void show(const QString& text) {
    m_text = text;
    setVisible(!text.isEmpty());
    if (text.isEmpty()) return;
    setGeometry(parentWidget()->rect());
    raise();
    QWidget::update();
  }
  const QString& text() const { return m_text; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::Resize) setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
  }
  void paintEvent(QPaintEvent* /*event*/) override {
    const Theme& theme = m_appearance.theme();
    QPainter painter(this);
    QColor cover = theme.surface;
    cover.setAlphaF(0.55F);
    painter.fillRect(rect(), cover);
    painter.setFont(themeFont(kCaptionPixels));
    drawBadge(painter, rect(), m_text, theme);
  }

 private:
  const Appearance& m_appearance;
  QString m_text;
};

AnalysisPanel::AnalysisPanel(const ViewContext& context, About about, QWidget* parent)
    : PanelFrame(about.key, about.title, parent),
      m_context(context),
      m_about(std::move(about)),
      m_run(new QPushButton(tr("Run"), this)),
      m_analysis(this, context.tasks) {
  m_run->hide();
  connect(this, &QDockWidget::visibilityChanged, this, [this](bool visible) {
    m_seen = visible;
    if (!visible) return;
    fill();
    begin();
  });
}

AnalysisPanel::~AnalysisPanel() = default;

void AnalysisPanel::fill() {
  if (std::exchange(m_filled, true)) return;
  m_controls = new QWidget;
  auto* controls = new QHBoxLayout(m_controls);
  controls->setContentsMargins(3, 0, 3, 0);
  controls->setSpacing(kGap);
  m_pages = new QStackedWidget;
  m_pages->setMinimumHeight(kLeastContent);
  m_hint = new QLabel;
  m_hint->setObjectName(QStringLiteral("secondary"));
  m_hint->setAlignment(Qt::AlignCenter);
  m_hint->setWordWrap(true);
  m_hint->setTextFormat(Qt::PlainText);
  m_run->setObjectName(QStringLiteral("primary"));
  auto* empty = new QWidget;
  auto* column = new QVBoxLayout(empty);
  column->setSpacing(kGap);
  column->addStretch(1);
  column->addWidget(m_hint);
  column->addWidget(m_run, 0, Qt::AlignHCenter);
  column->addStretch(1);
  m_pages->addWidget(empty);
  m_pages->addWidget(makeContent(*controls));
  controls->addStretch(1);
  m_veil = new Veil(m_context.appearance, m_pages->widget(1));
  auto* below = new QWidget;
  auto* row = new QHBoxLayout(below);
  row->setContentsMargins(3, 0, 3, 0);
  row->setSpacing(kGap);
  m_note = new QLabel;
  m_note->setObjectName(QStringLiteral("secondary"));
  m_note->setTextFormat(Qt::PlainText);
  m_note->setWordWrap(true);
  QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  policy.setHeightForWidth(true);  // as many lines as the panel's width asks for
  m_note->setSizePolicy(policy);
  m_again = new QPushButton(tr("Run again"));
  row->addWidget(m_note, 1);
  row->addWidget(m_again, 0, Qt::AlignVCenter);
  addContent(m_controls);
  addContent(m_pages, 1);
  addContent(below);
  m_controls->setVisible(controls->count() > 1);
  connect(m_run, &QPushButton::clicked, this, &AnalysisPanel::run);
  connect(m_again, &QPushButton::clicked, this, &AnalysisPanel::run);
  Document& document = m_context.document;
  connect(&document, &Document::changed, this, [this](Changes changes) {
    follow(changes);
    // Queued: the document asks for the user's own state after it has told of the change.
    QMetaObject::invokeMethod(this, &AnalysisPanel::begin, Qt::QueuedConnection);
  });
  connect(&document, &Document::loadingChanged, this, &AnalysisPanel::begin);
  connect(&document, &Document::becameSettled, this, &AnalysisPanel::begin);
  connect(&m_context.appearance, &Appearance::changed, m_veil, qOverload<>(&QWidget::update));
  follow(Changes::fromInt(~0));
  refresh();
}

QString AnalysisPanel::said() const {
  if (!m_filled) return {};
  return m_pages->currentIndex() == 0 ? m_hint->text() : m_note->text();
}

void AnalysisPanel::inputsChanged() {
  begin();
}

/// Runs what runs by itself once the user's own state is there; says of the rest how it stands.
void AnalysisPanel::begin() {
  if (!m_filled || !m_seen) return;
  const bool can = missing().isEmpty();
  if (!can) {
    m_analysis.cancel();
    m_answered = false;
    setState(State::Nothing);
    return;
  }
  const QString now = inputs();
  if (m_analysis.running() && (!m_about.byItself || now == m_askedInputs)) return;
  const bool current = m_answered && now == m_answeredInputs;
  if (current) {
    m_analysis.cancel();
    setState(State::Shown);
  } else if (m_failed && now == m_askedInputs) {
    setState(State::Failed);
  } else if (!m_about.byItself) {
    setState(m_answered ? State::Outdated : State::NotRun);
  } else if (m_context.document.settled()) {
    run();
  } else {
    setState(State::Running);  // the user's own state goes first
  }
}

void AnalysisPanel::run() {
  fill();
  if (!missing().isEmpty()) return;
  m_askedInputs = inputs();
  m_failed = false;
  m_analysis.start(m_about.byItself ? QString() : m_about.title, work(), [this](const Result<Take>& a) { end(a); });
  setState(State::Running);
}

void AnalysisPanel::end(const Result<Take>& answer) {
  if (answer) {
    (*answer)();
    m_answered = true;
    m_answeredInputs = m_askedInputs;
  } else {
    m_failed = true;
    m_error = answer.error();
  }
  setState(m_failed ? State::Failed : State::Shown);
  begin();  // as things are now
}

void AnalysisPanel::adopt() {
  m_answered = true;
  m_failed = false;
  m_answeredInputs = inputs();
  setState(State::Shown);
}

void AnalysisPanel::setState(State state) {
  m_state = state;
  refresh();
}

QString AnalysisPanel::statusLine() const {
  if (m_state == State::Outdated) return tr("Out of date: what this was made of has changed since.");
  return m_state == State::Failed ? sentence(m_error).replace('\n', ' ') : QString();
}

QString AnalysisPanel::hintText() const {
  switch (m_state) {
    case State::Nothing:
      return missing();
    case State::NotRun:
      return m_about.offer;
    case State::Failed:
      return sentence(m_error);
    default:
      return m_about.byItself ? tr("Computing …")
                              : tr("Computing … The progress is shown below; it can be stopped there.");
  }
}

void AnalysisPanel::refreshNote() {
  if (!m_filled) return;
  if (!m_answered) return m_note->setText(hintText().replace('\n', ' '));
  const QString status = statusLine();
  m_note->setText(status.isEmpty() ? note() : status + QStringLiteral(" ") + note());
}

void AnalysisPanel::refresh() {
  if (!m_filled) return;
  const bool content = m_answered || (m_about.always && m_state != State::Nothing);
  const bool waits = !m_answered && (m_state == State::NotRun || m_state == State::Failed);
  const bool again = m_answered && (m_state == State::Outdated || m_state == State::Failed);
  m_pages->setCurrentIndex(content ? 1 : 0);
  m_controls->setEnabled(m_state != State::Nothing);
  m_note->setVisible(content);
  m_run->setVisible(waits && !content);
  m_run->setText(m_state == State::Failed ? tr("Try again") : tr("Run"));
  m_again->setVisible(again || (waits && content));
  m_again->setText(again ? tr("Run again") : m_run->text());
  m_hint->setText(hintText());
  refreshNote();
  m_veil->show(!m_answered || m_about.always ? QString()
               : m_state == State::Running   ? tr("updating …")
               : m_state == State::Outdated  ? tr("out of date")
                                             : QString());
}

QString AnalysisPanel::missing() const {
  const QString cohort = missingCohort();
  if (!cohort.isEmpty()) return cohort;
  if (!m_context.document.sample()) return tr("No stay is chosen.\nPick one from the list on the left.");
  return {};
}

QString AnalysisPanel::missingCohort() const {
  const Document& document = m_context.document;
  if (!document.model()) return tr("No model is open.\nPress Ctrl+O, or drop a .safetensors file here.");
  if (!document.cohort()) return tr("No cohort is open.\nPress Ctrl+Shift+O, or drop a .sqlite file here.");
  return {};
}

QString AnalysisPanel::stayInputs() const {
  const Document& document = m_context.document;
  if (!document.model() || !document.sample()) return {};
  return QString::fromStdString(document.model()->info().digest + " " + document.sample()->digest + " " +
                                describe(document.state().intervention));
}

QString AnalysisPanel::cohortInputs() const {
  const Document& document = m_context.document;
  if (!document.model() || !document.cohort()) return {};
  return QString::fromStdString(document.model()->info().digest + " " + document.cohort()->info().digest);
}

void AnalysisPanel::draw(QPainter& painter, const QRect& area) const {
  if (!m_filled || m_pages->currentIndex() == 0 || area.isEmpty()) return;
  const QSize usual = m_pages->size().isEmpty() ? kUsualSize : m_pages->size();
  const double scale = std::min(double(area.width()) / usual.width(), double(area.height()) / usual.height());
  const int width = static_cast<int>(area.width() / scale), height = static_cast<int>(area.height() / scale);
  painter.save();
  painter.translate(area.topLeft());
  painter.scale(scale, scale);
  painter.fillRect(0, 0, width, height, m_context.appearance.theme().surface);
  painter.setFont(themeFont(kCaptionPixels));
  const QString text = m_note->text();
  const int line =
      painter.fontMetrics().boundingRect(QRect(0, 0, width - kGap, height), Qt::TextWordWrap, text).height();
  drawAnswer(painter, QRect(0, 0, width, height - line - kGap));
  painter.setFont(themeFont(kCaptionPixels));
  painter.setPen(m_context.appearance.theme().secondary);
  painter.drawText(QRect(kGap / 2, height - line, width - kGap, line), Qt::TextWordWrap, text);
  painter.restore();
}

Table AnalysisPanel::table(bool identifiers) const {
  return m_filled && m_pages->currentIndex() == 1 ? answerTable(identifiers) : Table{};
}

}  // namespace fusemoe::ui
