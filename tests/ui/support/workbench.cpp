#include "support/workbench.h"

#include <QRegularExpression>
#include <QTest>

namespace fusemoe::test {
namespace {

ui::Openers openers(Workbench& bench) {
  const auto openModel = [&bench](const std::string& path) -> Result<ui::OpenedModel> {
    bench.opening.pass();
    if (path.ends_with("bad.safetensors"))
      return failure("bad.safetensors is cut off.", "Get the file again.", "header 8123 > 400");
    const ModelPtr model =
        path == bench.model->info().path ? ModelPtr(bench.model) : std::make_shared<FakeModel>(bench.otherConfig, path);
    return ui::OpenedModel{path, model, {"1.13.1", "cpu", 2}};
  };
  const auto openCohort = [&bench](const std::string& path) -> Result<CohortPtr> {
    bench.opening.pass();
    if (path.ends_with("bad.sqlite")) return failure("bad.sqlite is not a database.");
    return CohortPtr(bench.cohort);
  };
  return {openModel, openCohort};
}

}  // namespace

Workbench::Workbench() : document(openers(*this)) {
  sweep.setEnabled(false);
}

bool Workbench::start() {
  SessionState wanted;
  wanted.modelPath = model->info().path;
  wanted.cohortPath = "fake.sqlite";
  wanted.stayId = FakeCohort::kFirstStay;
  document.start(wanted);
  return settle() && document.result() != nullptr;
}

bool Workbench::settle() {
  return QTest::qWaitFor([this] { return document.settled(); });
}

void failOnQtWarnings() {
  QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support )")));
}

}  // namespace fusemoe::test
