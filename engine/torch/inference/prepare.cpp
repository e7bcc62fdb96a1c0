#include "torch/inference/prepare.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace fusemoe {
namespace {

constexpr double kRecencyHours = 8;  // GridChannels::Summary

tl::unexpected<Error> notFinite(const Sample& sample, const std::string& modality) {
  return failure(
      "Stay " + std::to_string(sample.stayId) + " has a time or value of '" + modality + "' that is not finite.",
      "Correct the cohort and import it again.");
}

/// One variable of the config in one sample, or null.
const VariableData* variableOf(const ModalityData* data, const std::string& name) {
  if (!data) return nullptr;
  const auto found = std::find_if(data->variables.begin(), data->variables.end(),
                                  [&](const VariableData& variable) { return variable.name == name; });
  return found == data->variables.end() ? nullptr : &*found;
}

/// Has the sample anything the model can use of this modality?
bool usable(const ModalityConfig& modality, const ModalityData* data) {
  if (!data) return false;
  if (modality.kind == ModalityKind::Vectors) return !data->events.empty();
  return std::any_of(modality.variables.begin(), modality.variables.end(), [&](const VariableConfig& variable) {
    const VariableData* found = variableOf(data, variable.name);
    return found && !found->observations.empty();
  });
}

/// Fills one modality of a batch, sample by sample.
class ModalityFiller {
 public:
  ModalityFiller(const ModelConfig& config, const ModalityConfig& modality, std::span<const PredictRequest> requests)
      : m_config(config),
        m_modality(modality),
        m_requests(requests),
        m_batch(static_cast<std::int64_t>(requests.size())) {
    for (const PredictRequest& request : requests) m_data.push_back(request.sample->modality(modality.name));
  }

  Result<ModalityInput> fill(int index) {
    m_input.missing = at::empty({m_batch}, at::kBool);
    for (std::int64_t b = 0; b < m_batch; ++b) {
      const bool masked = m_requests[static_cast<std::size_t>(b)].mask >> index & 1U;
      m_input.missing.data_ptr<bool>()[b] = masked || !usable(m_modality, m_data[static_cast<std::size_t>(b)]);
    }
    Result<void> filled = m_modality.kind == ModalityKind::Series    ? fillSeries()
                          : m_modality.kind == ModalityKind::Vectors ? fillVectors()
                                                                     : fillStatic();
    if (!filled) return failure(filled.error());
    return std::move(m_input);
  }

 private:
  const Sample& sample(std::int64_t b) const { return *m_requests[static_cast<std::size_t>(b)].sample; }
  std::int64_t variables() const { return static_cast<std::int64_t>(m_modality.variables.size()); }
  float standardised(std::int64_t variable, float value) const {
    const VariableConfig& config = m_modality.variables[static_cast<std::size_t>(variable)];
    const double taken = config.logarithm ? std::log1p(std::max(0.0, static_cast<double>(value))) : value;
    return static_cast<float>((taken - config.mean) / config.std);
  }

  Result<void> fillSeries() {
    // Observation times of one sample: the union over its variables, ascending.
    std::vector<std::vector<float>> hours(m_data.size());
    std::int64_t longest = 1;
    for (std::int64_t b = 0; b < m_batch; ++b) {
      std::vector<float>& own = hours[static_cast<std::size_t>(b)];
      for (const VariableConfig& variable : m_modality.variables)
        if (const VariableData* data = variableOf(m_data[static_cast<std::size_t>(b)], variable.name))
          for (const Observation& observation : data->observations) {
            if (!std::isfinite(observation.hour) || !std::isfinite(observation.value))
              return notFinite(sample(b), m_modality.name);
            own.push_back(observation.hour);
          }
      std::sort(own.begin(), own.end());
      own.erase(std::unique(own.begin(), own.end()), own.end());
      longest = std::max(longest, static_cast<std::int64_t>(own.size()));
    }
    m_input.times = at::zeros({m_batch, longest});
    m_input.values = at::zeros({m_batch, longest, variables()});
    m_input.mask = at::zeros({m_batch, longest, variables()});
    const bool grid = m_modality.utde || !m_modality.irregularityEncoder;
    if (grid) m_input.grid = at::zeros({m_batch, m_config.bins, channelsOf(m_modality.grid) * variables()});
    for (std::int64_t b = 0; b < m_batch; ++b) fillSeriesOf(b, hours[static_cast<std::size_t>(b)], longest, grid);
    return {};
  }

  void fillSeriesOf(std::int64_t b, const std::vector<float>& hours, std::int64_t longest, bool grid) {
    float* times = m_input.times.data_ptr<float>() + b * longest;
    for (std::size_t n = 0; n < hours.size(); ++n) times[n] = static_cast<float>(hours[n] / m_config.windowHours);
    float* values = m_input.values.data_ptr<float>() + b * longest * variables();
    float* mask = m_input.mask.data_ptr<float>() + b * longest * variables();
    for (std::int64_t v = 0; v < variables(); ++v) {
      const VariableData* data =
          variableOf(m_data[static_cast<std::size_t>(b)], m_modality.variables[static_cast<std::size_t>(v)].name);
      if (!data) continue;
      for (const Observation& observation : data->observations) {
        const auto place = std::lower_bound(hours.begin(), hours.end(), observation.hour) - hours.begin();
        values[place * variables() + v] = standardised(v, observation.value);
        mask[place * variables() + v] = 1;
      }
      if (grid) fillGrid(b, v, *data);
    }
  }

  /// Regular grid of one variable: last value up to the end of each bin, else the global mean (0); whether it was
  /// observed within the bin; and for a summary how long ago, and the extremes within the bin.
  void fillGrid(std::int64_t b, std::int64_t v, const VariableData& data) {
    const std::int64_t bins = m_config.bins, channels = channelsOf(m_modality.grid);
    float* grid = m_input.grid.data_ptr<float>() + b * bins * channels * variables() + v;
    std::size_t next = 0;
    float last = 0;
    for (std::int64_t bin = 0; bin < bins; ++bin, grid += channels * variables()) {
      const double end = m_config.windowHours * static_cast<double>(bin + 1) / static_cast<double>(bins);
      const std::size_t first = next;
      float least = last, greatest = last;
      for (; next < data.observations.size() && (data.observations[next].hour < end || bin + 1 == bins); ++next) {
        last = standardised(v, data.observations[next].value);
        least = next == first ? last : std::min(least, last);
        greatest = next == first ? last : std::max(greatest, last);
      }
      grid[0] = last;
      grid[variables()] = next > first ? 1.0F : 0.0F;
      if (m_modality.grid != GridChannels::Summary) continue;
      grid[2 * variables()] =
          next == 0 ? 0.0F : static_cast<float>(std::exp((data.observations[next - 1].hour - end) / kRecencyHours));
      grid[3 * variables()] = least;
      grid[4 * variables()] = greatest;
    }
  }

  Result<void> fillVectors() {
    std::int64_t longest = 1;
    for (const ModalityData* data : m_data)
      if (data) longest = std::max(longest, static_cast<std::int64_t>(data->events.size()));
    m_input.times = at::zeros({m_batch, longest});
    m_input.values = at::zeros({m_batch, longest, m_modality.width});
    m_input.mask = at::zeros({m_batch, longest});
    for (std::int64_t b = 0; b < m_batch; ++b) {
      const ModalityData* data = m_data[static_cast<std::size_t>(b)];
      if (!data) continue;
      for (std::size_t n = 0; n < data->events.size(); ++n) {
        const Event& event = data->events[n];
        if (static_cast<int>(event.vector.size()) != m_modality.width)
          return failure("Stay " + std::to_string(sample(b).stayId) + " has vectors of width " +
                             std::to_string(event.vector.size()) + " for '" + m_modality.name +
                             "' where the model needs " + std::to_string(m_modality.width) + ".",
                         "Open a model and a cohort that belong together.");
        if (!std::isfinite(event.hour) ||
            !std::all_of(event.vector.begin(), event.vector.end(), [](float x) { return std::isfinite(x); }))
          return notFinite(sample(b), m_modality.name);
        const std::int64_t row = b * longest + static_cast<std::int64_t>(n);
        m_input.times.data_ptr<float>()[row] = static_cast<float>(event.hour / m_config.windowHours);
        m_input.mask.data_ptr<float>()[row] = 1;
        std::copy(event.vector.begin(), event.vector.end(), m_input.values.data_ptr<float>() + row * m_modality.width);
      }
    }
    return {};
  }

  Result<void> fillStatic() {
    m_input.values = at::zeros({m_batch, 2 * variables()});
    for (std::int64_t b = 0; b < m_batch; ++b) {
      float* row = m_input.values.data_ptr<float>() + b * 2 * variables();
      for (std::int64_t v = 0; v < variables(); ++v) {
        const VariableData* data =
            variableOf(m_data[static_cast<std::size_t>(b)], m_modality.variables[static_cast<std::size_t>(v)].name);
        if (!data || data->observations.empty()) continue;
        if (!std::isfinite(data->observations.front().value)) return notFinite(sample(b), m_modality.name);
        row[v] = standardised(v, data->observations.front().value);
        row[variables() + v] = 1;
      }
    }
    return {};
  }

  const ModelConfig& m_config;
  const ModalityConfig& m_modality;
  std::span<const PredictRequest> m_requests;
  std::int64_t m_batch;
  std::vector<const ModalityData*> m_data;
  ModalityInput m_input;
};

}  // namespace

std::vector<ModalityState> statesOf(const ModelConfig& config, const PredictRequest& request) {
  std::vector<ModalityState> states;
  for (int m = 0; m < config.modalityCount(); ++m) {
    const ModalityConfig& modality = config.modalities[static_cast<std::size_t>(m)];
    const bool present = usable(modality, request.sample->modality(modality.name));
    states.push_back(!present                 ? ModalityState::Absent
                     : request.mask >> m & 1U ? ModalityState::Masked
                                              : ModalityState::Present);
  }
  return states;
}

Result<Batch> prepare(const ModelConfig& config, std::span<const PredictRequest> requests) {
  Batch batch;
  for (int m = 0; m < config.modalityCount(); ++m) {
    auto input = ModalityFiller(config, config.modalities[static_cast<std::size_t>(m)], requests).fill(m);
    if (!input) return failure(input.error());
    batch.modalities.push_back(std::move(*input));
  }
  return batch;
}

Batch to(const Batch& batch, at::Device device) {
  auto moved = [device](const at::Tensor& tensor) { return tensor.defined() ? tensor.to(device) : tensor; };
  Batch result;
  for (const ModalityInput& input : batch.modalities)
    result.modalities.push_back(
        {moved(input.missing), moved(input.times), moved(input.values), moved(input.mask), moved(input.grid)});
  result.labels = moved(batch.labels);
  return result;
}

}  // namespace fusemoe
