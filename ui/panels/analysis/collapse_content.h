#pragma once

#include <QList>

#include "analysis/collapse.h"
#include "charts/composition_chart.h"
#include "charts/interval_bars.h"
#include "charts/matrix_chart.h"
#include "panels/analysis/finding_list.h"
#include "state/table.h"

/// What the collapse panel's charts show of a report.
namespace fusemoe::ui::collapse {

QString attributionTitle();
QString findingsTitle();
IntervalContent attributionOf(const ModelConfig& config, const CollapseReport& report);
QList<FindingList::Entry> findingsOf(const CollapseReport& report);
CompositionChart::Content compositionOf(const ModelConfig& config, const LayerUse& use);
MatrixContent gatesOf(const GateGeometry& gate);
/// A number a row.
Table tableOf(const ModelConfig& config, const CollapseReport& report);

}  // namespace fusemoe::ui::collapse
