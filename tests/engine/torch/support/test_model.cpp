#include "test_model.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>

namespace fusemoe::test {

ModelConfig smallConfig(Router router, Gate gate, TokenGranularity token) {
  ModelConfig config;
  config.name = "small";
  config.task = {"label", "Label", TaskKind::Binary, {"yes"}};
  config.windowHours = 48;
  ModalityConfig vitals;
  vitals.name = "vitals";
  vitals.variables = {{"hr", "", "/min", 80, 10}, {"sbp", "", "mmHg", 120, 20}, {"lactate", "", "mmol/L", 2, 1}};
  vitals.utde = true;
  ModalityConfig notes;
  notes.name = "notes";
  notes.kind = ModalityKind::Vectors;
  notes.width = 5;
  ModalityConfig body;
  body.name = "body";
  body.kind = ModalityKind::Static;
  body.variables = {{"age", "", "y", 60, 15}, {"weight", "", "kg", 80, 15}};
  config.modalities = {vitals, notes, body};
  config.bins = 6;
  config.width = 8;
  config.heads = 2;
  config.timeWidth = 8;
  config.layers = 2;
  config.experts = 6;
  config.topK = 2;
  config.expertHidden = 10;
  config.router = router;
  config.gate = gate;
  config.token = token;
  return config;
}

TensorMap randomParameters(const ModelConfig& config, std::uint64_t seed) {
  TensorMap parameters = initialParameters(config, seed);
  at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(seed + 1000);
  for (auto& [name, tensor] : parameters)
    tensor = tensor + 0.2 * at::randn(tensor.sizes(), generator, tensor.options());
  return parameters;
}

SamplePtr sample(std::int64_t id, const std::vector<std::string>& absent) {
  std::mt19937 random(static_cast<unsigned>(id));
  std::normal_distribution<float> normal;
  auto made = std::make_shared<Sample>();
  made->stayId = id;
  made->digest = "test:" + std::to_string(id);
  for (const std::string& name : absent) made->digest += "-" + name;
  ModalityData vitals{"vitals", ModalityKind::Series, {}, {}};
  const float severity = normal(random);
  for (const auto& [name, mean, deviation, count] :
       {std::tuple("hr", 80.0F, 10.0F, 7 + id % 5), std::tuple("sbp", 120.0F, 20.0F, 4 + id % 3),
        std::tuple("lactate", 2.0F, 1.0F, id % 3)}) {
    VariableData variable{name, {}};
    for (int i = 0; i < count; ++i)
      variable.observations.push_back({static_cast<float>(i) * 5.5F + static_cast<float>(random() % 400) / 100.0F,
                                       mean + deviation * (severity + 0.3F * normal(random))});
    vitals.variables.push_back(std::move(variable));
  }
  ModalityData notes{"notes", ModalityKind::Vectors, {}, {}};
  for (int i = 0; i < 1 + id % 3; ++i) {
    Event event{10.0F * static_cast<float>(i) + 3, "", {}};
    for (int k = 0; k < 5; ++k) event.vector.push_back(normal(random));
    notes.events.push_back(std::move(event));
  }
  ModalityData body{"body", ModalityKind::Static, {{"age", {{0, 60 + 15 * normal(random)}}}, {"weight", {}}}, {}};
  if (id % 2) body.variables[1].observations.push_back({0, 80 + 15 * normal(random)});
  made->modalities = {vitals, notes, body};
  // Taken away after all is drawn: what is left is the same stay.
  for (ModalityData& modality : made->modalities)
    if (std::find(absent.begin(), absent.end(), modality.name) != absent.end()) {
      modality.events.clear();
      for (VariableData& variable : modality.variables) variable.observations.clear();
    }
  made->labels["label"] = {severity > 0 ? 1.0F : 0.0F};
  return made;
}

double numericDerivative(const at::Tensor& values, std::int64_t i, const std::function<at::Tensor()>& loss) {
  constexpr double kStep = 1e-6;
  at::Tensor value = values[i];
  const double before = value.item<double>();
  value.fill_(before + kStep);
  const double above = loss().item<double>();
  value.fill_(before - kStep);
  const double below = loss().item<double>();
  value.fill_(before);
  return (above - below) / (2 * kStep);
}

MemoryCohort::MemoryCohort(int train, int validation) {
  for (int i = 1; i <= train; ++i) trainStays.push_back(sample(i));
  for (int i = 1; i <= validation; ++i) validationStays.push_back(sample(10000 + i));
}

Result<void> MemoryCohort::visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const {
  for (const SamplePtr& stay : split == "validation" ? validationStays : trainStays)
    if (!visit(stay)) break;
  return {};
}

Result<std::size_t> MemoryCohort::count(const std::string& split) const {
  return split == "validation" ? validationStays.size() : trainStays.size();
}

}  // namespace fusemoe::test
