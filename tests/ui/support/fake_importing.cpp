#include "support/fake_importing.h"

#include <limits>

#include "support/fake_cohort.h"

namespace fusemoe::test {
namespace {

using Kind = ImportOption::Kind;

CohortVariable variable(const char* name, const char* unit) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  return {name, name, unit, none, none};
}

CohortInfo proposed() {
  CohortInfo info;
  info.name = "fake";
  info.title = "Fake study";
  info.modalities = {
      {"vitals",
       "Vital signs",
       ModalityKind::Series,
       0,
       {variable("HR", "/min"), variable("MAP", "mmHg"), variable("Temp", "°C")}},
      {"labs", "Laboratory", ModalityKind::Series, 0, {variable("BUN", "mg/dl"), variable("K", "mmol/l")}},
      {"notes", "Notes", ModalityKind::Vectors, 768, {}}};
  info.tasks = {{"death", "Death in hospital", TaskKind::Binary, {"death"}}};
  return info;
}

}  // namespace

FakeImporting::FakeImporting() {
  m_importers = {{"physionet2012",
                  "PhysioNet Challenge 2012",
                  "4,000 intensive care stays of 48 hours, as physionet.org ships them.",
                  {{"records", "Records", "set-a.tar.xz, or the folder it unpacks to.", Kind::FileOrFolder},
                   {"outcomes", "Outcomes", "Outcomes-a.txt, beside the records.", Kind::File}}},
                 {"tidy",
                  "Your own tables",
                  "stays.csv, observations.csv and labels.csv in one folder.",
                  {{"dir", "Folder", "With the tables.", Kind::Folder},
                   {"task", "Task", "What to predict.", Kind::Choice, false, {"ihm", "los"}, "ihm"}}}};
}

ui::Importing FakeImporting::functions() {
  return {m_importers, [this](const ImportRequest& request, const std::stop_token&) { return preview(request); },
          [this](const ImportRequest& request, const ProgressSink& progress, const std::stop_token& stop) {
            return run(request, progress, stop);
          }};
}

ImportRequest FakeImporting::request() const {
  const std::lock_guard lock(m_mutex);
  return m_request;
}

Result<ImportPreview> FakeImporting::preview(const ImportRequest& request) const {
  for (const auto& [option, value] : request.options)
    if (value.find("bad") != std::string::npos)
      return failure(value + " is cut off.", "Get the file again.", "xz: unexpected end of input");
  return ImportPreview{ui::withVariablesMoved(proposed(), request.modalityOf),
                       {{"records",
                         {"Time", "Parameter", "Value"},
                         {{"00:00", "Age", "54"}, {"00:07", "HR", "73"}, {"00:37", "Temp", "35.1"}}},
                        {"outcomes", {"RecordID", "SOFA"}, {{"1", "1"}}}},
                       {"Times are hours since admission."}};
}

Result<ImportReport> FakeImporting::run(const ImportRequest& request, const ProgressSink& progress,
                                        const std::stop_token& stop) {
  {
    const std::lock_guard lock(m_mutex);
    m_request = request;
  }
  progress({0.4, "reading records", 12});
  running.pass();
  if (stop.stop_requested()) return failure("The import was stopped.", "Nothing was written.");
  for (const auto& [option, value] : request.options)
    if (value.find("late") != std::string::npos)
      return failure("The record 132539 of " + value + " is cut off.", "Get the file again.", "line 12");
  progress({1, "done", 0});
  return ImportReport{request.output,
                      4096,
                      {{"rows.kept", 41234}, {"rows.out_of_range", 17}, {"stays.kept", 40}},
                      {"17 values were no possible measurement and were left out."}};
}

}  // namespace fusemoe::test
