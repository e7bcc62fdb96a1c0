#include "charts/routing_numbers.h"

#include <QCoreApplication>
#include <QLocale>
#include <cmath>
#include <limits>

#include "state/document.h"
#include "state/document_text.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr double kHoursADay = 24;
constexpr double kHoursAYear = 24 * 365.25;
constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::charts)
};

/// The numbers of one router as rows; one "token" of means, or all tokens.
struct RouterNumbers {
  std::vector<float> dense, kept;
};

RouterNumbers numbersOf(const RouterResult& router, RoutingRows rows) {
  if (rows == RoutingRows::Means) return {router.meanDense, router.meanTopK};
  return {cellsOf(router, Distribution::Dense), cellsOf(router, Distribution::TopK)};
}

void appendRouter(Table& table, const Document& document, std::size_t index, RoutingRows rows) {
  const RouterResult& router = document.shownLayer()->routers[index];
  const LayerResult* ghost = document.ghostLayer();
  const ModelConfig& config = document.model()->config();
  const RouterNumbers shown = numbersOf(router, rows);
  const RouterNumbers before = ghost ? numbersOf(ghost->routers[index], rows) : RouterNumbers{};
  const TokenTimes times = tokenTimes(document);
  const auto experts = static_cast<std::size_t>(config.experts);
  const QString state = router.modality < 0 ? QString() : stateName(document.result()->states[size_t(router.modality)]);
  for (std::size_t i = 0; i < shown.dense.size(); ++i) {
    const int token = static_cast<int>(i / experts);
    QStringList row{QString::number(document.layer() + 1), routerTitle(config, router.modality), state,
                    expertName(static_cast<int>(i % experts))};
    if (rows == RoutingRows::Tokens) {
      row << QString::number(token + 1) << (times.timed ? exact(times.at(token) * times.unitHours) : QString());
    }
    row << exact(shown.dense[i]) << exact(shown.kept[i]);
    if (ghost) row << exact(before.dense[i]) << exact(before.kept[i]);
    table.rows.push_back(row);
  }
}

}  // namespace

const ResultPtr& stateResult(const Document& document) {
  return document.flipped() ? document.ghost() : document.result();
}

QString logitFormula(Gate gate) {
  switch (gate) {
    case Gate::Softmax:
      return QStringLiteral("xᵀW");
    case Gate::Laplace:
      return QStringLiteral("−‖x−W‖₂");
    case Gate::Gaussian:
      return QStringLiteral("−‖x−W‖₂²");
  }
  return {};
}

const std::vector<float>& meansOf(const RouterResult& router, Distribution distribution) {
  return distribution == Distribution::Dense ? router.meanDense : router.meanTopK;
}

std::vector<float> cellsOf(const RouterResult& router, Distribution distribution) {
  if (distribution == Distribution::Dense) {
    std::vector<float> cells = router.dense;
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (std::isinf(router.logits[i])) cells[i] = kNone;
    return cells;
  }
  const auto tokens = static_cast<std::size_t>(router.tokens);
  const std::size_t experts = router.meanTopK.size();
  std::vector<float> cells(tokens * experts, kNone);
  const std::size_t kept = tokens > 0 ? router.topKExpert.size() / tokens : 0;
  for (std::size_t i = 0; i < router.topKExpert.size(); ++i) {
    if (router.topKWeight[i] > 0)
      cells[i / kept * experts + static_cast<std::size_t>(router.topKExpert[i])] = router.topKWeight[i];
  }
  return cells;
}

TokenTimes tokenTimes(const Document& document) {
  const ModelConfig& config = document.model()->config();
  const std::string unit = document.cohort() ? document.cohort()->info().timeUnit : std::string();
  TokenTimes times;
  times.tokens = config.token == TokenGranularity::Bin ? config.bins : 1;
  times.timed = times.tokens > 1;
  times.unitHours = unit == "y" ? kHoursAYear : unit == "d" ? kHoursADay : 1.0;
  times.unit = unit.empty() ? QStringLiteral("h") : QString::fromStdString(unit);
  times.span = config.windowHours / times.unitHours;
  times.axisTitle = unit == "y" ? Text::tr("years") : unit == "d" ? Text::tr("days") : Text::tr("hours");
  const QString origin = document.cohort() ? QString::fromStdString(document.cohort()->info().timeOrigin) : QString();
  if (!origin.isEmpty()) times.axisTitle = Text::tr("%1, 0 = %2").arg(times.axisTitle, origin);
  return times;
}

QString TokenTimes::label(int token) const {
  if (!timed) return Text::tr("whole sequence");
  return QStringLiteral("%1 %2").arg(number(at(token), step() < 0.5 ? 2 : 1), unit);
}

Table routingTable(const Document& document, RoutingRows rows) {
  Table table;
  if (!document.result()) return table;
  table.columns = {Text::tr("layer"), Text::tr("modality"), Text::tr("state"), Text::tr("expert")};
  if (rows == RoutingRows::Tokens) table.columns << Text::tr("time bin") << Text::tr("hour");
  table.columns << Text::tr("dense probability") << Text::tr("gate weight, top-K");
  if (document.ghost()) {
    const QString name = document.flipped() ? Text::tr("now") : Text::tr("reference");
    table.columns << Text::tr("dense probability, %1").arg(name) << Text::tr("gate weight, top-K, %1").arg(name);
  }
  for (std::size_t r = 0; r < document.shownLayer()->routers.size(); ++r) appendRouter(table, document, r, rows);
  return table;
}

QString exact(float value) {
  constexpr int kFloatDigits = 9;
  return std::isnan(value) ? QString() : QString::number(double(value), 'g', kFloatDigits);
}

QString exact(double value) {
  return std::isnan(value) ? QString() : QString::number(value, 'g', QLocale::FloatingPointShortest);
}

}  // namespace fusemoe::ui
