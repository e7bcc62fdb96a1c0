#include "panels/analysis/invariance_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>
#include <cstdint>
#include <vector>

#include "panels/analysis/answer_table.h"
#include "state/appearance.h"
#include "state/document.h"
#include "state/format.h"
#include "state/training_session.h"

namespace fusemoe::ui {
namespace {

constexpr std::ptrdiff_t kBeside = 7;  // stays computed with the one shown

/// "2.4e−7", or "0" to the bit.
AnswerCell differenceCell(double value) {
  AnswerCell cell = numberCell(value, 0);
  cell.text = value == 0 ? QStringLiteral("0") : QString::number(value, 'e', 1);
  return cell;
}

}  // namespace

InvariancePanel::InvariancePanel(const ViewContext& context, QWidget* parent)
    : AnalysisPanel(context,
                    {QStringLiteral("invariance"), tr("Invariance"),
                     tr("Computes the stay and some beside it again and again: alone, in shuffled batches, with other "
                        "numbers of threads. The numbers must not depend on that. Some seconds.")},
                    parent) {
  setSubtitle(tr("the same patient, computed in other ways"));
}

QWidget* InvariancePanel::makeContent(QHBoxLayout& /*controls*/) {
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(3, 0, 3, 0);
  column->setSpacing(6);
  m_verdict = new QLabel;
  m_verdict->setWordWrap(true);
  m_verdict->setTextFormat(Qt::PlainText);
  m_verdict->setObjectName(QStringLiteral("verdict"));
  m_table = new AnswerTable(context(), tr("Ways of computing"));
  m_table->setColumns({{tr("computed"), {}, false, false, 0},
                       {tr("states"), tr("States compared"), true, false, 64},
                       {tr("largest |Δ|"), tr("Over probabilities, logits and routing"), true, false, 92},
                       {tr("|Δ| of probability"), tr("Over probabilities alone"), true, false, 120},
                       {tr("may differ by"), tr("0 = must be equal to the bit"), true, false, 92},
                       {tr("holds"), {}, false, false, 60}});
  column->addWidget(m_verdict);
  column->addWidget(m_table, 1);
  connect(&context().appearance, &Appearance::changed, this, &InvariancePanel::ink);
  return content;
}

AnalysisPanel::Work InvariancePanel::work() const {
  const Document& document = context().document;
  std::vector<std::int64_t> beside;
  const auto& stays = *document.stays();
  const auto here = std::ranges::lower_bound(stays, document.state().stayId, {}, &StaySummary::stayId) - stays.begin();
  const auto size = std::ptrdiff_t(stays.size());
  for (std::ptrdiff_t i = 1; i <= std::min(kBeside, size - 1); ++i)
    beside.push_back(stays[size_t((here + i) % size)].stayId);
  auto* self = const_cast<InvariancePanel*>(this);
  return [self, load = context().training.engineLoader(), model = document.model(), sample = document.sample(),
          open = document.openers().cohort, path = document.state().cohortPath,
          beside](const ProgressSink& progress, const std::stop_token& stop) -> Result<Take> {
    const Result<Engine*> engine = load();
    if (!engine) return failure(engine.error());
    const Result<CohortPtr> cohort = open(path);
    if (!cohort) return failure(cohort.error());
    std::vector<SamplePtr> samples{sample};
    for (const std::int64_t stay : beside) {
      const Result<SamplePtr> read = (*cohort)->read(stay);
      if (!read) return failure(read.error());
      samples.push_back(*read);
    }
    Result<InvarianceReport> report = checkInvariance(**engine, *model, samples, {}, progress, stop);
    if (!report) return failure(report.error());
    return Take([self, found = std::make_shared<const InvarianceReport>(std::move(*report))] { self->show(found); });
  };
}

QString InvariancePanel::verdict() const {
  if (!m_report) return {};
  double most = 0;
  for (const InvarianceRow& row : m_report->rows) most = std::max(most, row.maxDifference);
  const QString ways = counted(qint64(m_report->rows.size()), tr("1 way"), tr("%1 ways"));
  if (m_report->pass && most == 0) return tr("✓ Equal to the bit in %1 of computing it.").arg(ways);
  if (m_report->pass)
    return tr("✓ The same in %1 of computing it: nothing differs by more than %2.")
        .arg(ways, QString::number(most, 'e', 1));
  return tr("✗ The numbers depend on how they are computed: they differ by up to %1.")
      .arg(QString::number(most, 'e', 1));
}

void InvariancePanel::show(std::shared_ptr<const InvarianceReport> report) {
  m_report = std::move(report);
  m_verdict->setText(verdict());
  ink();
  std::vector<AnswerRow> rows;
  for (const InvarianceRow& row : m_report->rows)
    rows.push_back({{textCell(QString::fromStdString(row.name)), numberCell(double(row.compared), 0),
                     differenceCell(row.maxDifference), differenceCell(row.maxProbability),
                     differenceCell(row.tolerance), textCell(row.pass ? tr("✓ yes") : tr("✗ no"))},
                    0,
                    !row.pass,
                    {}});
  m_table->setRows(std::move(rows));
}

void InvariancePanel::ink() {
  m_verdict->setStyleSheet(QStringLiteral("color: %1; font-weight: 600").arg(verdictColour().name()));
}

/// Green where it holds, dark enough to be read.
QColor InvariancePanel::verdictColour() const {
  const Theme& theme = context().appearance.theme();
  if (!m_report || !m_report->pass) return theme.warningText;
  return theme.dark ? theme.modalities[2] : theme.modalities[2].darker(140);
}

QString InvariancePanel::note() const {
  if (!m_report) return {};
  return tr("%1 (the one shown and those after it in the list), %2 each; differences in probability, logits and "
            "routing, "
            "as they are computed (float32).")
      .arg(counted(qint64(m_report->stays), tr("1 stay"), tr("%1 stays")),
           counted(m_report->masks, tr("1 mask"), tr("%1 masks")));
}

void InvariancePanel::drawAnswer(QPainter& painter, const QRect& area) const {
  painter.setFont(themeFont(kBodyPixels, QFont::DemiBold));
  painter.setPen(verdictColour());
  painter.drawText(QRect(area.left() + 4, area.top(), area.width() - 8, 24), Qt::AlignLeft | Qt::AlignVCenter,
                   verdict());
  m_table->draw(painter, area.adjusted(0, 28, 0, 0), false);
}

Table InvariancePanel::answerTable(bool identifiers) const {
  return m_table->table(identifiers);
}

}  // namespace fusemoe::ui
