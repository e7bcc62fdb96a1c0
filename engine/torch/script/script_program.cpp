// The one source with TorchScript's headers: they take long to compile.
#include "torch/script/script_program.h"

#include <c10/core/InferenceMode.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/csrc/jit/runtime/print_handler.h>
#include <torch/script.h>

#include <algorithm>
#include <cstdio>
#include <mutex>
#include <set>

#include "api/script_file.h"
#include "torch/inference/numbers.h"
#include "torch/model/stored_type.h"

namespace fusemoe {

struct ScriptProgram::State {
  mutable torch::jit::Module module;
  std::mutex mutex;
};

namespace {

constexpr std::size_t kLongestWord = 200;

/// The last line of what a program raised ("RuntimeError: …"), printable: the lines before are places in its source.
std::string lastLine(const std::string& text) {
  const auto end = text.find_last_not_of(" \n\r\t");
  if (end == std::string::npos) return "an error without words";
  const auto begin = text.find_last_of('\n', end);
  std::string line = text.substr(begin == std::string::npos ? 0 : begin + 1, end - begin).substr(0, kLongestWord);
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
  return line;
}

c10::TypePtr typeOf(ScriptProgram::Signature signature) {
  if (signature == ScriptProgram::Signature::Single) return c10::TensorType::get();
  return c10::DictType::create(c10::StringType::get(), c10::TensorType::get());
}

bool takesAndGives(const c10::FunctionSchema& schema, const c10::TypePtr& type) {
  return schema.arguments().size() == 2 && *schema.arguments()[1].type() == *type && schema.returns().size() == 1 &&
         *schema.returns()[0].type() == *type;
}

/// Runs `body`; what TorchScript or the program throws becomes an Error.
template <class F>
auto running(const std::string& doing, F&& body) -> decltype(body()) {
  try {
    const c10::InferenceMode inference;
    const torch::jit::GraphOptimizerEnabledGuard asWritten(false);
    return body();
  } catch (const std::bad_alloc&) {
    return failure(doing + " needs more memory than there is.", "Close other programs, or use a smaller one.");
  } catch (const std::exception& error) {
    return failure(doing + " failed: " + lastLine(error.what()), "Ask who made the program.", error.what());
  }
}

Result<at::Tensor> plain(const at::Tensor& tensor, const std::string& path, const std::string& name) {
  if (tensor.defined() && tensor.layout() == at::kStrided && !tensor.is_quantized() && tensor.is_floating_point())
    return tensor.detach().to(at::kCPU, at::kFloat).contiguous();
  return failure("The program " + path + " gives no plain floating-point tensor" +
                     (name.empty() ? "." : " as '" + name.substr(0, kLongestWord) + "'."),
                 "Ask who made the program.");
}

}  // namespace

Result<ScriptProgram> ScriptProgram::load(const std::string& path, Signature signature) {
  // LibTorch does not look at the archive's checksums.
  if (const auto whole = checkScriptFile(path); !whole) return failure(whole.error());
  return running("Loading the program " + path, [&]() -> Result<ScriptProgram> {
    // Standard output belongs to answers.
    torch::jit::setPrintHandler([](const std::string& text) { std::fputs(text.c_str(), stderr); });
    auto state = std::make_shared<State>();
    state->module = torch::jit::load(path, c10::Device(c10::kCPU));
    state->module.eval();
    const auto forward = state->module.find_method("forward");
    const c10::TypePtr type = typeOf(signature);
    if (!forward || !takesAndGives(forward->function().getSchema(), type))
      return failure(
          "The program " + path + " has no forward(" + type->annotation_str() + ") -> " + type->annotation_str() + ".",
          "engine/torch/script/PLUGINS.md says how models and encoders are called.");
    return ScriptProgram(path, std::move(state));
  });
}

Result<NamedTensors> ScriptProgram::operator()(const NamedTensors& inputs) const {
  const std::lock_guard lock(m_state->mutex);
  return running("The program " + m_path, [&]() -> Result<NamedTensors> {
    c10::Dict<std::string, at::Tensor> given;
    for (const auto& [name, tensor] : inputs) given.insert(name, tensor);
    const c10::IValue answer = m_state->module.forward({given});
    NamedTensors outputs;
    for (const auto& entry : answer.toGenericDict()) {
      const std::string& name = entry.key().toStringRef();
      auto tensor = plain(entry.value().toTensor(), m_path, name);
      if (!tensor) return failure(tensor.error());
      outputs[name] = std::move(*tensor);
    }
    return outputs;
  });
}

Result<at::Tensor> ScriptProgram::operator()(const at::Tensor& input) const {
  const std::lock_guard lock(m_state->mutex);
  return running("The program " + m_path, [&]() -> Result<at::Tensor> {
    return plain(m_state->module.forward({input}).toTensor(), m_path, {});
  });
}

ScriptProgram::Weights ScriptProgram::weights() const {
  Weights weights;
  std::set<std::string_view> types;
  const auto add = [&](const at::Tensor& tensor) {
    ++weights.tensors;
    weights.numbers += tensor.numel();
    weights.bytes += static_cast<std::int64_t>(tensor.numel() * tensor.element_size());
    types.insert(nameOfType(tensor.scalar_type()));
  };
  for (const at::Tensor& parameter : m_state->module.parameters()) add(parameter);
  for (const at::Tensor& buffer : m_state->module.buffers()) add(buffer);
  for (const std::string_view type : types) weights.types += (weights.types.empty() ? "" : ", ") + std::string(type);
  return weights;
}

}  // namespace fusemoe
