#pragma once

#include <memory>

#include "state/activity_log.h"
#include "state/appearance.h"
#include "state/cohort_import.h"
#include "state/cohort_sweep.h"
#include "state/document.h"
#include "state/selection.h"
#include "state/settings.h"
#include "state/tasks.h"
#include "state/training_session.h"
#include "state/view_context.h"
#include "support/fake_cohort.h"
#include "support/fake_engine.h"
#include "support/fake_importing.h"
#include "support/fake_model.h"
#include "support/gate.h"

namespace fusemoe::test {

/// A document over the fakes; the sweep is off until a test switches it on. The paths "bad.safetensors" and
/// "bad.sqlite" cannot be opened.
struct Workbench {
  Workbench();

  std::shared_ptr<FakeModel> model = std::make_shared<FakeModel>();
  std::shared_ptr<FakeCohort> cohort = std::make_shared<FakeCohort>();
  Gate opening;                            ///< every opening of a file passes it
  ModelConfig otherConfig = fakeConfig();  ///< of every model at another path than `model`
  ui::Document document;
  ui::Selection selection;
  ui::Appearance appearance{ui::Theme::light()};
  ui::TaskList tasks;
  ui::CohortSweep sweep{document, tasks};
  ui::Settings settings;  // in memory
  ui::ActivityLog log;
  FakeEngine engine;        ///< trains
  FakeImporting importing;  ///< imports
  ui::CohortImport imports{tasks, importing.functions()};
  ui::TrainingSession training{document, tasks, [this]() -> Result<Engine*> { return &engine; }};

  ui::ViewContext context() {
    return {document, selection, appearance, tasks, sweep, settings, log, imports, training};
  }
  /// Opens both and waits for the first result; the stay is FakeCohort's first, which has every modality.
  bool start();
  /// Waits until nothing is read or computed.
  bool settle();
};

/// Call in init(): any Qt warning fails the test, but for the offscreen platform's word on what it cannot do.
void failOnQtWarnings();

}  // namespace fusemoe::test
