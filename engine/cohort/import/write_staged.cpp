#include "cohort/import/write_staged.h"

#include <cmath>
#include <filesystem>

#include "cohort/cohort_writer.h"

namespace fusemoe {
namespace {

constexpr std::size_t kStaysBetweenReports = 256;

using Counts = std::map<std::string, std::int64_t>;

void countLabels(const Sample& sample, const CohortInfo& info, Counts& counts) {
  for (const CohortTask& task : info.tasks) {
    const std::string prefix = "label." + task.name + ".";
    const auto labels = sample.labels.find(task.name);
    const bool known = labels != sample.labels.end() && !std::isnan(labels->second.front());
    if (!known)
      ++counts[prefix + "unknown"];
    else if (task.kind == TaskKind::Binary)
      ++counts[prefix + (labels->second.front() > 0.5F ? "positive" : "negative")];
    else
      for (std::size_t i = 0; i < task.labels.size(); ++i)
        if (labels->second[i] > 0.5F) ++counts[prefix + task.labels[i]];
  }
}

void countStay(const Sample& sample, const std::string& part, const CohortInfo& info, Counts& counts) {
  ++counts["stays.kept"];
  const std::string split = "split." + (part.empty() ? "none" : part);
  ++counts[split];
  if (!info.tasks.empty() && info.tasks.front().kind == TaskKind::Binary) {
    const auto labels = sample.labels.find(info.tasks.front().name);
    if (labels != sample.labels.end() && labels->second.front() > 0.5F) ++counts[split + ".positive"];
  }
  for (const ModalityData& modality : sample.modalities)
    if (modality.present()) ++counts["present." + modality.name];
  countLabels(sample, info, counts);
}

void countValues(const std::string& table, const ValueCounts& staged, std::int64_t leftOut, Counts& counts) {
  counts[table + ".kept"] = staged.kept - leftOut;
  const auto note = [&](const char* reason, std::int64_t count) {
    if (count > 0) counts[table + reason] = count;
  };
  note(".variable_left_out", leftOut);
  note(".repeated.same_value", staged.sameValue);
  note(".repeated.other_value", staged.otherValue);
  note(".repeated.merged", staged.merged);
}

}  // namespace

Result<ImportReport> writeStaged(ImportStage& stage, const VariableMapping& mapping, const ImportRequest& request,
                                 ImportReport report, const ProgressSink& progress, const std::stop_token& stop) {
  if (stage.stayCount() == 0) return failure("The source has no stay.", "Check the files given.");
  Result<CohortWriter> writer = CohortWriter::create(request.output, mapping.info());
  if (!writer) return failure(writer.error());
  report.output = request.output;
  report.counts["seed"] = static_cast<std::int64_t>(request.seed);
  const auto total = static_cast<double>(stage.stayCount());
  std::size_t written = 0;
  LeftOut leftOut;
  const auto take = [&](Sample staged, const std::string& part) -> Result<void> {
    if (progress && written % kStaysBetweenReports == 0)
      progress({kReadingShare + (1 - kReadingShare) * static_cast<double>(written) / total, "writing stays", -1});
    ++written;
    const Sample sample = mapping.apply(std::move(staged), leftOut);
    countStay(sample, part, mapping.info(), report.counts);
    return writer->add(sample, part);
  };
  if (auto visited = stage.visit(request.seed, take, stop); !visited) return failure(visited.error());
  countValues("rows", stage.counts().series, leftOut.series, report.counts);
  countValues("static", stage.counts().statics, leftOut.statics, report.counts);
  if (stage.counts().events > 0) report.counts["events.kept"] = stage.counts().events;
  if (stop.stop_requested()) return failure("The import was stopped.", "Nothing was written.");
  if (auto committed = writer->commit(report.counts); !committed) return failure(committed.error());
  std::error_code code;
  const auto bytes = std::filesystem::file_size(request.output, code);
  report.bytes = code ? 0 : static_cast<std::int64_t>(bytes);
  if (progress) progress({1, "done", 0});
  return report;
}

}  // namespace fusemoe
