#pragma once

#include "api/engine.h"
#include "torch/script/script_program.h"

namespace fusemoe {

/// A model whose prediction a TorchScript program computes (PLUGINS.md). Its inputs are made, and its answer becomes a
/// result, by the code that serves our own networks. What only the inside of a network tells is refused with a
/// sentence: mean encodings, gate vectors, interventions; tokens to project and attention are left out of its results.
class ScriptModel : public Model {
 public:
  /// Loads the program and asks it about a stay without anything, so that a wrong answer is told now. Errors: those of
  /// ScriptProgram::load; no configuration in the file, or a wrong one; an answer of another shape than that says.
  static Result<ModelPtr> open(const std::string& path);

  const ModelConfig& config() const override { return m_config; }
  const ModelInfo& info() const override { return m_info; }
  Result<std::vector<ResultPtr>> predict(std::span<const PredictRequest> requests, const PredictOptions& options,
                                         const std::stop_token& stop) const override;
  /// A run of the program for every sample and mask.
  Result<std::vector<std::vector<MaskedRouting>>> predictMasks(std::span<const SamplePtr> samples,
                                                               std::span<const ModalityMask> masks,
                                                               const Intervention& intervention,
                                                               const std::stop_token& stop) const override;
  Result<EncodingMeansPtr> encodingMeans(const SampleSource& source, const std::string& split,
                                         const ProgressSink& progress, const std::stop_token& stop) const override;
  Result<std::vector<GateGeometry>> gateGeometry() const override;

 private:
  ScriptModel(ModelConfig config, ScriptProgram program) : m_config(std::move(config)), m_program(std::move(program)) {}
  Result<ResultPtr> predictOne(const PredictRequest& request, const PredictOptions& options) const;
  Result<MaskedRouting> maskedRouting(const PredictRequest& request) const;

  ModelConfig m_config;
  ModelInfo m_info;
  ScriptProgram m_program;
};

}  // namespace fusemoe
