#include "panels/training_table.h"

#include <QCoreApplication>
#include <cmath>

#include "charts/routing_numbers.h"
#include "state/format.h"
#include "state/training_session.h"

namespace fusemoe::ui {
namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::TrainingPanel)
};

/// Rows of a quantity, at a time of the run.
class Rows {
 public:
  explicit Rows(Table& table) : m_table(table) {}

  void at(double epoch, std::int64_t step) {
    m_epoch = exact(epoch);
    m_step = step > 0 ? QString::number(step) : QString();
  }
  void add(const QString& quantity, double value, int layer = -1, int expert = -1, const QString& modality = {}) {
    if (!std::isfinite(value)) return;
    m_table.rows.push_back({m_epoch, m_step, quantity, layer < 0 ? QString() : QString::number(layer + 1),
                            expert < 0 ? QString() : expertName(expert), modality, exact(value)});
  }

 private:
  Table& m_table;
  QString m_epoch, m_step;
};

void addWatched(Rows& rows, const TrainingSession& training, const RoutingResult& watched, bool identifiers) {
  const QString what = identifiers ? Text::tr("probability, stay %1").arg(training.plan().watched->stayId)
                                   : Text::tr("probability, watched stay");
  for (std::size_t l = 0; l < watched.layers.size(); ++l)
    for (const RouterResult& router : watched.layers[l].routers)
      for (std::size_t e = 0; e < router.meanDense.size(); ++e)
        rows.add(what, double(router.meanDense[e]), int(l), int(e),
                 routerTitle(training.plan().experiment.model, router.modality));
}

}  // namespace

Table trainingTable(const TrainingSession& training, bool identifiers) {
  Table table;
  if (training.curve().empty() && training.epochs().empty()) return table;
  table.columns = {Text::tr("epoch"),  Text::tr("step"),     Text::tr("quantity"), Text::tr("layer"),
                   Text::tr("expert"), Text::tr("modality"), Text::tr("value")};
  Rows rows(table);
  for (const TrainingPoint& point : training.curve().points()) {
    rows.at(point.epochs, point.step);
    rows.add(Text::tr("training loss"), point.loss);
    for (std::size_t l = 0; l < point.layers.size(); ++l) {
      const LayerPoint& layer = point.layers[l];
      rows.add(Text::tr("mean of H"), layer.mean, int(l));
      rows.add(Text::tr("H of mean"), layer.mixture, int(l));
      rows.add(Text::tr("E"), layer.regularizer, int(l));
      for (std::size_t e = 0; e < layer.share.size(); ++e)
        rows.add(Text::tr("share of kept weight"), double(layer.share[e]), int(l), int(e));
    }
  }
  for (const EpochReport& epoch : training.epochs()) {
    rows.at(epoch.epoch, 0);
    rows.add(Text::tr("mean training loss"), epoch.loss);
    rows.add(Text::tr("validation loss"), epoch.validationLoss);
    rows.add(Text::tr("validation AUROC"), epoch.validationAuroc);
    rows.add(Text::tr("validation AUPRC"), epoch.validationAuprc);
    if (epoch.watched && training.plan().watched) addWatched(rows, training, *epoch.watched, identifiers);
  }
  return table;
}

}  // namespace fusemoe::ui
