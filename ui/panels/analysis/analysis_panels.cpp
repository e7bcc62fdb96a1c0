#include "panels/analysis/analysis_panels.h"

#include "panels/analysis/analysis_panel.h"

namespace fusemoe::ui {

QList<AnalysisPanel*> makeAnalysisPanels(const ViewContext& /*context*/) {
  return {};
}

}  // namespace fusemoe::ui
