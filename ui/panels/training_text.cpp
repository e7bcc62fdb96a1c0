#include "panels/training_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>

#include "state/format.h"
#include "state/training_session.h"

namespace fusemoe::ui {
namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::TrainingPanel)
};

QString minutes(double seconds) {
  const auto all = static_cast<qint64>(std::ceil(seconds));
  return QStringLiteral("%1:%2").arg(all / 60).arg(all % 60, 2, 10, QLatin1Char('0'));
}

QString runningText(const TrainingSession& training) {
  const int all = training.plan().experiment.training.epochs;
  const int done = training.epochs().empty() ? 0 : training.epochs().back().epoch;
  QStringList parts;
  if (training.curve().empty() && done == 0) {
    parts << Text::tr("Reading the cohort …");
  } else {
    parts << Text::tr("Epoch %1 of at most %2").arg(std::min(done + 1, all)).arg(all);
  }
  const std::int64_t skipped = [&] {
    std::int64_t sum = 0;
    for (const TrainingPoint& point : training.curve().points()) sum += point.skipped;
    return sum;
  }();
  if (skipped > 0)
    parts << counted(skipped, Text::tr("1 step not taken: its gradient was not finite"),
                     Text::tr("%1 steps not taken: their gradient was not finite"));
  if (training.secondsLeft()) parts << Text::tr("%1 left").arg(minutes(*training.secondsLeft()));
  return parts.join(QStringLiteral(", "));
}

}  // namespace

QString trainingStatus(const TrainingSession& training) {
  const EpochReport* best = training.best();
  switch (training.state()) {
    case TrainingSession::State::Idle:
      return Text::tr("No run yet. Set one up and start it.");
    case TrainingSession::State::Running:
      return runningText(training);
    case TrainingSession::State::Paused:
      return Text::tr("Paused. %1").arg(runningText(training));
    case TrainingSession::State::Stopping:
      return best ? Text::tr("Stopping, the best epoch is kept …") : Text::tr("Stopping …");
    case TrainingSession::State::Stopped:
      return Text::tr("Cancelled before the first epoch was over; nothing was written.");
    case TrainingSession::State::Failed:
      return QString::fromStdString(training.error().line());
    case TrainingSession::State::Done:
      break;
  }
  const TrainReport& report = training.report();
  const QString name = fileName(training.plan().output);
  const QString metrics = best && best->validationAuprc > 0
                              ? Text::tr("validation AUROC %1, AUPRC %2")
                                    .arg(number(report.bestValidationAuroc, 3), number(best->validationAuprc, 3))
                              : Text::tr("validation AUROC %1").arg(number(report.bestValidationAuroc, 3));
  return (report.stopped ? Text::tr("Cancelled; epoch %1 was kept as %2, %3.")
                         : Text::tr("Epoch %1 was kept as %2, %3."))
      .arg(report.bestEpoch)
      .arg(name, metrics);
}

QString setupRemark(const TrainingSession& training) {
  if (training.active()) return Text::tr("A run is under way; see Progress. Another can begin when it is over.");
  return Text::tr("Runs in the background, on all cores at low priority: what you do in the window goes first.");
}

}  // namespace fusemoe::ui
