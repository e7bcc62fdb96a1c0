#include <algorithm>

#include "bench_rows.h"
#include "document_parts.h"

namespace fusemoe::cli {
namespace {

using nlohmann::ordered_json;

constexpr double kBusy = 0.5;  // load of a machine that does something else

ordered_json aimDocument(const BenchAim& aim) {
  return {
      {"what", aim.what}, {"value", aim.value}, {aim.least ? "at_least" : "at_most", aim.limit}, {"met", aim.met()}};
}

ordered_json rowDocument(const BenchRow& row) {
  ordered_json document{{"name", row.name}, {"measured", row.measured}};
  if (!row.skipped.empty()) document["skipped"] = row.skipped;
  if (row.timing) {
    document["n"] = row.timing->n;
    document["median_ms"] = row.timing->median;
    document["p95_ms"] = row.timing->p95;
    document["best_ms"] = row.timing->best;
  }
  if (row.floor) {
    document["floor_ms"] = row.floor->milliseconds;
    document["floor"] = row.floor->what;
  }
  if (const auto ratio = row.ratio()) document["ratio_to_floor"] = *ratio;
  if (row.aim) document["aim"] = aimDocument(*row.aim);
  for (const auto& [name, value] : row.numbers.items()) document[name] = value;
  return document;
}

ordered_json modelPart(const BenchReport& report) {
  if (!report.model) return nullptr;
  const ModelInfo& info = *report.model;
  return {{"path", info.path},       {"name", report.modelName},      {"format", info.format},
          {"weights", info.weights}, {"parameters", info.parameters}, {"bytes", info.bytes},
          {"stays", report.stays}};
}

std::string pointsText(const ordered_json& points) {
  std::string text;
  for (const ordered_json& point : points)
    text += formatted("%s%g: %.3f ms", text.empty() ? "" : ", ", point["value"].get<double>(),
                      point["best_ms"].get<double>());
  return text;
}

std::string rowText(const BenchRow& row) {
  std::string text = formatted("  %-22s", row.name.c_str());
  if (!row.skipped.empty()) return text + " skipped: " + row.skipped + "\n";
  if (row.timing)
    text +=
        formatted(" %10.3f %10.3f %10.3f  %5zu", row.timing->median, row.timing->p95, row.timing->best, row.timing->n);
  if (const auto ratio = row.ratio()) text += formatted("  %10.3f  %7.2f", row.floor->milliseconds, *ratio);
  if (row.aim)
    text += formatted("  %s: %s %.3g, aim %s %g", row.aim->met() ? "met" : "NOT MET", row.aim->what.c_str(),
                      row.aim->value, row.aim->least ? "≥" : "≤", row.aim->limit);
  text += "\n";
  if (row.numbers.contains("points")) text += "      " + pointsText(row.numbers["points"]) + "\n";
  return text;
}

}  // namespace

ordered_json benchDocument(const BenchReport& report) {
  ordered_json rows = ordered_json::array();
  for (const BenchRow& row : report.rows) rows.push_back(rowDocument(row));
  const Machine& machine = report.machine;
  return {{"machine",
           {{"processor", machine.processor},
            {"cores", machine.cores},
            {"threads", report.engine.threads},
            {"memory_bytes", machine.memoryBytes},
            {"device", report.engine.device},
            {"torch", report.engine.torchVersion},
            {"blas_core", machine.blasCore},
            {"environment", machine.environment},
            {"load_average", machine.load}}},
          {"floors",
           {{"read_bytes_per_second", report.floors.readBytesPerSecond},
            {"float32_flop_per_second", report.floors.flopsPerSecond}}},
          {"engine_load_ms", report.engineMilliseconds},
          {"model", modelPart(report)},
          {"rows", rows},
          {"seconds", report.seconds},
          {"stopped", report.stopped}};
}

std::string benchText(const BenchReport& report) {
  const Machine& machine = report.machine;
  std::string text =
      formatted("%s, %d cores, %d threads, %s, LibTorch %s%s%s\n", machine.processor.c_str(), machine.cores,
                report.engine.threads, report.engine.device.c_str(), report.engine.torchVersion.c_str(),
                machine.blasCore.empty() ? "" : ", OpenBLAS ", machine.blasCore.c_str());
  if (machine.load > kBusy)
    text += formatted("Other programs run (load %.1f): these times tell more of them than of this program.\n",
                      machine.load);
  text += formatted("Floors: reads memory at %.1f GB/s; float32 products at %.0f GFLOP/s\n",
                    report.floors.readBytesPerSecond / 1e9, report.floors.flopsPerSecond / 1e9);
  if (report.model)
    text += report.model->path +
            formatted(": %.1f million parameters, %.1f MB of %s; stays: ",
                      static_cast<double>(report.model->parameters) / 1e6,
                      static_cast<double>(report.model->bytes) / 1e6, report.model->weights.c_str()) +
            report.stays + "\n";
  text += "  milliseconds               median        p95       best      n       floor  × floor\n";
  for (const BenchRow& row : report.rows) text += rowText(row);
  if (report.stopped) text += "Stopped: the rows up to there.\n";
  return text;
}

}  // namespace fusemoe::cli
