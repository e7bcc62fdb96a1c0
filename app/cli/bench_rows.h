#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "api/engine.h"
#include "bench_machine.h"
#include "bench_statistics.h"

namespace fusemoe::cli {

/// What the machine cannot beat for one row.
struct BenchFloor {
  std::string what;  ///< how it was measured or counted
  double milliseconds = 0;
};

/// What a row is to reach.
struct BenchAim {
  std::string what;  ///< "time over floor"
  double value = 0;  ///< reached
  double limit = 0;
  bool least = false;  ///< `limit` is the least, else the most
  bool met() const { return least ? value >= limit : value <= limit; }
};

/// One thing that was measured, or why not.
struct BenchRow {
  std::string name;              ///< GROUP or GROUP.PART
  std::string measured;          ///< what, in a sentence
  std::string skipped;           ///< why not; the rest is empty then
  std::optional<Timing> timing;  ///< none for a curve
  std::optional<BenchFloor> floor;
  std::optional<BenchAim> aim;
  nlohmann::ordered_json numbers = nlohmann::ordered_json::object();  ///< of this row alone, snake_case

  static BenchRow skip(std::string name, std::string measured, std::string why) {
    return {std::move(name), std::move(measured), std::move(why), {}, {}, {}, nlohmann::ordered_json::object()};
  }
  /// Median over floor; none without both.
  std::optional<double> ratio() const {
    if (!timing || !floor || floor->milliseconds <= 0) return {};
    return timing->median / floor->milliseconds;
  }
};

/// What limits all rows, measured in the same run.
struct BenchFloors {
  double readBytesPerSecond = 0;  ///< streaming read of memory, all threads
  double flopsPerSecond = 0;      ///< float32 matrix product [1024, 1024]², all threads
};

struct BenchReport {
  Machine machine;
  EngineInfo engine;
  double engineMilliseconds = 0;  ///< loading the engine module
  BenchFloors floors;
  std::optional<ModelInfo> model;  ///< none where no row needed one
  std::string modelName;
  std::string stays;  ///< where the measured stays are from
  std::vector<BenchRow> rows;
  double seconds = 0;    ///< the whole run
  bool stopped = false;  ///< by Ctrl-C: rows up to there
};

nlohmann::ordered_json benchDocument(const BenchReport& report);
std::string benchText(const BenchReport& report);

}  // namespace fusemoe::cli
