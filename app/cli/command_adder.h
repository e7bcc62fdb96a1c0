#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <utility>

#include "console.h"

namespace fusemoe::cli {

/// Adds commands to the parser; the chosen one is run after parsing.
class CommandAdder {
 public:
  CommandAdder(CLI::App& app, Console& console) : m_app(app), m_console(console) {}

  CLI::App& app() const { return m_app; }
  Console& console() const { return m_console; }

  /// A command with --json.
  CLI::App* command(CLI::App& parent, const std::string& name, const std::string& help, std::function<int()> run);
  /// --device, --threads and --trust.
  void engineOptions(CLI::App* added);
  /// Runs it in place of the command's own function.
  void choose(std::function<int()> run) { m_run = std::move(run); }
  int run() const { return m_run(); }

 private:
  CLI::App& m_app;
  Console& m_console;
  std::function<int()> m_run;
};

// One function a group of commands. What the options are read into lives as long as the program.
void addLatticeCommands(CommandAdder& adder);         // lattice, check invariance
void addSweepCommands(CommandAdder& adder);           // sweep
void addInterventionCommands(CommandAdder& adder);    // intervene, mechanism, gates, experts
void addCohortAnalysisCommands(CommandAdder& adder);  // support, missingness, donors, collapse, match
void addConvertCommand(CommandAdder& adder);          // convert
void addGenerateModelCommand(CommandAdder& adder, CLI::App& generate);
void addBenchCommand(CommandAdder& adder);            // bench
void addEncodeCommands(CommandAdder& adder);          // encode

}  // namespace fusemoe::cli
