#pragma once

#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>

#include "api/engine.h"

namespace fusemoe::cli {

/// What every command shares: where its answer goes, progress on stderr, Ctrl-C, the engine.
class Console {
 public:
  bool json = false;  ///< --json: stdout is one JSON document
  Device device = Device::Auto;
  int threads = 0;
  OpenOptions opening;  ///< --trust

  /// Prints the answer: the document with --json, else the text. Returns exit status 0.
  int answer(const nlohmann::ordered_json& document, const std::string& text) const;
  /// One clear line on stderr; the technical detail goes to the debug log. Returns exit status 1.
  int fail(const Error& error) const;
  /// Progress on stderr, at most a few lines a second; one overwritten line on a terminal.
  ProgressSink progress() const;
  /// Requested by Ctrl-C; a second Ctrl-C ends the program at once. Starts listening on the first call.
  std::stop_token stop();
  Result<Engine*> engine() const { return loadEngine(device, threads); }
  /// Opens a model as the options say.
  Result<ModelPtr> open(const std::string& path) const;

 private:
  std::stop_source m_stop;
  bool m_listening = false;
};

/// Blocks SIGINT in this thread and all it starts, so that only Console's listener receives it. Call first in main().
void routeInterrupts();

}  // namespace fusemoe::cli
