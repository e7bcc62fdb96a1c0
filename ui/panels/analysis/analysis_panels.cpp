#include "panels/analysis/analysis_panels.h"

#include "panels/analysis/collapse_panel.h"
#include "panels/analysis/donors_panel.h"
#include "panels/analysis/drift_panel.h"
#include "panels/analysis/experts_panel.h"
#include "panels/analysis/gates_panel.h"
#include "panels/analysis/invariance_panel.h"
#include "panels/analysis/lattice_panel.h"
#include "panels/analysis/matching_panel.h"
#include "panels/analysis/mechanism_panel.h"
#include "panels/analysis/missingness_panel.h"
#include "panels/analysis/patterns_panel.h"
#include "panels/analysis/support_panel.h"

namespace fusemoe::ui {

QList<AnalysisPanel*> makeAnalysisPanels(const ViewContext& context) {
  return {new LatticePanel(context),  new DriftPanel(context),    new MechanismPanel(context),
          new DonorsPanel(context),   new SupportPanel(context),  new ExpertsPanel(context),
          new GatesPanel(context),    new PatternsPanel(context), new MissingnessPanel(context),
          new CollapsePanel(context), new MatchingPanel(context), new InvariancePanel(context)};
}

}  // namespace fusemoe::ui
