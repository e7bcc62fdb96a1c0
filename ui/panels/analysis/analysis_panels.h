#pragma once

#include <QList>

#include "state/view_context.h"

namespace fusemoe::ui {

class AnalysisPanel;

/// Every analysis, in the order of the Analysis menu: of the patient shown first, then of the cohort. The caller owns
/// them. None does anything before it is first shown.
QList<AnalysisPanel*> makeAnalysisPanels(const ViewContext& context);

}  // namespace fusemoe::ui
