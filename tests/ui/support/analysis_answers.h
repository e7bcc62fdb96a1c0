#pragma once

#include "panels/analysis/collapse_panel.h"
#include "panels/analysis/donors_panel.h"
#include "panels/analysis/matching_panel.h"
#include "panels/analysis/missingness_panel.h"
#include "panels/analysis/patterns_panel.h"
#include "panels/analysis/support_panel.h"

namespace fusemoe::test {

/// Answers by hand, for fakeConfig(), as the analyses of a cohort give them: with every kind of entry the views know.
ui::PatternsPanel::Found patternsFound();
ui::SupportPanel::Found supportFound();
ui::MissingnessPanel::Found missingnessFound();
ui::DonorsPanel::Found donorsFound();
ui::CollapsePanel::Found collapseFound();
ui::MatchingPanel::Found matchingFound();

}  // namespace fusemoe::test
