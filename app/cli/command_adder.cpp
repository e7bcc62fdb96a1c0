#include "command_adder.h"

namespace fusemoe::cli {

CLI::App* CommandAdder::command(CLI::App& parent, const std::string& name, const std::string& help,
                                std::function<int()> run) {
  CLI::App* added = parent.add_subcommand(name, help);
  added->add_flag("--json", m_console.json, "Print one JSON document");
  added->callback([this, run = std::move(run)] { m_run = run; });
  return added;
}

void CommandAdder::engineOptions(CLI::App* added) {
  static const std::map<std::string, Device> kDevices{
      {"auto", Device::Auto}, {"cpu", Device::Cpu}, {"cuda", Device::Cuda}};
  added->add_option("--device", m_console.device, "auto, cpu or cuda")->transform(CLI::CheckedTransformer(kDevices));
  added->add_option("--threads", m_console.threads, "Threads to compute with; 0 = one a core")
      ->check(CLI::Range(0, 1024));
  added->add_flag("--trust", m_console.opening.runProgram,
                  "Run a TorchScript file: whoever made it decides what it computes, and it can read and write files");
}

}  // namespace fusemoe::cli
