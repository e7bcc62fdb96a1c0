#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"

namespace fusemoe {

using NamedTensors = std::map<std::string, at::Tensor>;

/// A TorchScript program that the user trusts, on the CPU: TorchScript's classes stay inside. Runs as it was written,
/// without the optimiser that rewrites a program after its first runs, so that the first and the tenth run add in the
/// same order. What a program prints goes to stderr. One run at a time.
class ScriptProgram {
 public:
  /// How its `forward` is called.
  enum class Signature {
    Named,   ///< Dict[str, Tensor] -> Dict[str, Tensor]
    Single,  ///< Tensor -> Tensor
  };

  /// Loads, which runs what the maker wrote for that (`__setstate__`). Errors: a damaged archive; nothing TorchScript
  /// can read; a `forward` of another signature.
  static Result<ScriptProgram> load(const std::string& path, Signature signature);

  /// Runs `forward` of that signature. Errors: the program raises one, says what it raised; it gives no plain
  /// floating-point tensors. The answer is on the CPU, float32.
  Result<NamedTensors> operator()(const NamedTensors& inputs) const;
  Result<at::Tensor> operator()(const at::Tensor& input) const;

  const std::string& path() const { return m_path; }
  /// Parameters and buffers.
  struct Weights {
    std::int64_t tensors = 0, numbers = 0, bytes = 0;
    std::string types;  ///< "bf16, f32"
  };
  Weights weights() const;

 private:
  struct State;
  ScriptProgram(std::string path, std::shared_ptr<State> state) : m_path(std::move(path)), m_state(std::move(state)) {}

  std::string m_path;
  std::shared_ptr<State> m_state;
};

}  // namespace fusemoe
