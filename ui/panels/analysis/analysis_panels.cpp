#include "panels/analysis/analysis_panels.h"

#include "panels/analysis/lattice_panel.h"

namespace fusemoe::ui {

QList<AnalysisPanel*> makeAnalysisPanels(const ViewContext& context) {
  return {new LatticePanel(context)};
}

}  // namespace fusemoe::ui
