#include "intervention_documents.h"

#include <algorithm>
#include <cstdio>

#include "analysis/routing_drift.h"
#include "lattice_documents.h"

namespace fusemoe::cli {
namespace {

using nlohmann::ordered_json;

constexpr const char* kNote = "research use only, not for clinical decisions";
constexpr const char* kNoteLine = "Research use only, not for clinical decisions.\n";
constexpr const char* kSpace =
    "probability: differences; routing_change: nats between mean distributions, dense = softmax over all experts, "
    "top_k = kept weights";

template <class... Values>
std::string formatted(const char* format, Values... values) {
  char line[200];
  std::snprintf(line, sizeof line, format, values...);
  return line;
}

std::string routerName(const ModelConfig& config, int router) {
  return config.router == Router::Joint ? "joint" : config.modalities[static_cast<std::size_t>(router)].name;
}

std::vector<double> differences(const MaskedRouting& from, const MaskedRouting& to) {
  std::vector<double> values;
  for (std::size_t i = 0; i < to.probability.size(); ++i)
    values.push_back(static_cast<double>(to.probability[i]) - static_cast<double>(from.probability[i]));
  return values;
}

ordered_json stateDocument(const StayState& state, std::uint32_t present) {
  const ModelConfig& config = state.model->config();
  const ModalityMask all = config.modalityCount() == 32 ? ~0U : (1U << config.modalityCount()) - 1;
  return {{"stay", state.sample->stayId},
          {"model", config.name},
          {"model_digest", state.model->info().digest},
          {"labels", config.task.labels},
          {"masked", namesOf(config, state.mask)},
          {"missing", namesOf(config, all & ~present)}};
}

std::string stateText(const StayState& state, std::uint32_t present) {
  const ModelConfig& config = state.model->config();
  std::string text = config.name + ", stay " + std::to_string(state.sample->stayId) + "\n";
  for (int m = 0; m < config.modalityCount(); ++m)
    if (!(present >> m & 1U))
      text += "  missing: " + config.modalities[static_cast<std::size_t>(m)].name +
              (state.mask >> m & 1U ? " (masked)\n" : " (absent)\n");
  return text;
}

/// Drift of every layer and router: a list a layer.
ordered_json changeDocument(const ModelConfig& config, const MaskedRouting& from, const MaskedRouting& to) {
  const RoutingShape shape(config);
  const RoutingDrift dense = driftOf(shape, from, to, RoutingSpace::Dense);
  const RoutingDrift kept = driftOf(shape, from, to, RoutingSpace::TopK);
  ordered_json layers = ordered_json::array();
  for (int layer = 0; layer < shape.layers; ++layer) {
    ordered_json routers = ordered_json::array();
    for (int router = 0; router < shape.routers; ++router) {
      const Drift &all = dense.of(layer, router), &some = kept.of(layer, router);
      // The divergence of kept weights is infinite as soon as an expert is no longer kept: not given.
      routers.push_back(
          {{"modality", routerName(config, router)},
           {"dense",
            {{"jensen_shannon", all.jensenShannon}, {"kullback_leibler", all.kullbackLeibler}, {"l1", all.l1}}},
           {"top_k", {{"jensen_shannon", some.jensenShannon}, {"l1", some.l1}}}});
    }
    layers.push_back(std::move(routers));
  }
  return layers;
}

std::string changeText(const ModelConfig& config, const MaskedRouting& from, const MaskedRouting& to) {
  const RoutingShape shape(config);
  const RoutingDrift dense = driftOf(shape, from, to, RoutingSpace::Dense);
  const RoutingDrift kept = driftOf(shape, from, to, RoutingSpace::TopK);
  std::string text = "routing change, Jensen–Shannon in nats (0 = the same, 0.6931 = nothing shared): dense, top-K\n";
  for (int layer = 0; layer < shape.layers; ++layer)
    for (int router = 0; router < shape.routers; ++router)
      text += formatted("  layer %d  %-24s %.4f  %.4f\n", layer + 1, routerName(config, router).c_str(),
                        dense.of(layer, router).jensenShannon, kept.of(layer, router).jensenShannon);
  return text;
}

std::string outputName(const ModelConfig& config, std::size_t output) {
  return config.task.title + ", " + config.task.labels[output];
}

/// Experts a router keeps, by mean kept weight, descending; numbers from 0.
std::vector<std::pair<int, double>> keptExperts(const RoutingShape& shape, const MaskedRouting& routing, int layer,
                                                int router) {
  const auto weights = shape.of(routing.meanTopK, layer, router);
  std::vector<std::pair<int, double>> kept;
  for (std::size_t e = 0; e < weights.size(); ++e)
    if (weights[e] > 0) kept.emplace_back(static_cast<int>(e), static_cast<double>(weights[e]));
  std::stable_sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  return kept;
}

ordered_json keptDocument(const ModelConfig& config, const MaskedRouting& routing) {
  const RoutingShape shape(config);
  ordered_json layers = ordered_json::array();
  for (int layer = 0; layer < shape.layers; ++layer) {
    ordered_json routers = ordered_json::array();
    for (int router = 0; router < shape.routers; ++router) {
      ordered_json experts = ordered_json::array();
      for (const auto& [expert, weight] : keptExperts(shape, routing, layer, router))
        experts.push_back({{"expert", expert}, {"weight", weight}});
      routers.push_back({{"modality", routerName(config, router)}, {"top_k", std::move(experts)}});
    }
    layers.push_back(std::move(routers));
  }
  return layers;
}

std::string keptText(const ModelConfig& config, const MaskedRouting& routing) {
  constexpr std::size_t kShown = 6;
  const RoutingShape shape(config);
  std::string text;
  for (int layer = 0; layer < shape.layers; ++layer)
    for (int router = 0; router < shape.routers; ++router) {
      text += formatted("    layer %d  %-20s", layer + 1, routerName(config, router).c_str());
      const auto kept = keptExperts(shape, routing, layer, router);
      for (std::size_t i = 0; i < std::min(kept.size(), kShown); ++i)
        text += formatted(" E%d %.3f", kept[i].first + 1, kept[i].second);
      text += kept.size() > kShown ? formatted(" and %zu more\n", kept.size() - kShown) : "\n";
    }
  return text;
}

const GateRow& trainedRow(const GatedModel& model) {
  return *std::find_if(model.rows.begin(), model.rows.end(),
                       [&](const GateRow& row) { return row.gate == model.state.model->config().gate; });
}

}  // namespace

ordered_json interveneDocument(const StayState& state, const Comparison& comparison) {
  const ModelConfig& config = state.model->config();
  ordered_json document = stateDocument(state, comparison.before.present);
  const Gate used = comparison.change.gate.value_or(config.gate);
  document["change"] = describe(comparison.change);
  document["gate"] = {{"used", nameOf(used)}, {"trained_with", nameOf(config.gate)}, {"trained", used == config.gate}};
  document["before"] = comparison.before.probability;
  document["after"] = comparison.after.probability;
  document["difference"] = differences(comparison.before, comparison.after);
  document["routing_change"] = changeDocument(config, comparison.before, comparison.after);
  document["space"] = kSpace;
  document["n"] = 1;
  document["expert_output"] = nameOf(config.expertOutput);
  document["note"] = kNote;
  return document;
}

std::string interveneText(const StayState& state, const Comparison& comparison) {
  const ModelConfig& config = state.model->config();
  std::string text = stateText(state, comparison.before.present);
  text += "changed: " + describe(comparison.change) + "\n";
  if (comparison.change.gate && *comparison.change.gate != config.gate)
    text += "NOT TRAINED WITH THIS GATE: the model was trained with " + std::string(nameOf(config.gate)) +
            " and computes here with " + std::string(nameOf(*comparison.change.gate)) + ".\n";
  const std::vector<double> change = differences(comparison.before, comparison.after);
  for (std::size_t i = 0; i < change.size(); ++i)
    text += outputName(config, i) + formatted(": %.4f before, %.4f after, %+.4f\n",
                                              static_cast<double>(comparison.before.probability[i]),
                                              static_cast<double>(comparison.after.probability[i]), change[i]);
  return text + changeText(config, comparison.before, comparison.after) + kNoteLine;
}

ordered_json mechanismDocument(const StayState& state, const std::vector<Mechanism>& mechanisms) {
  const ModelConfig& config = state.model->config();
  const MaskedRouting& trained = *mechanisms.front().routing;
  ordered_json document = stateDocument(state, trained.present);
  document["trained_with"] = nameOf(config.missing);
  document["mechanisms"] = ordered_json::array();
  for (const Mechanism& mechanism : mechanisms) {
    ordered_json row{{"mechanism", nameOf(mechanism.substitute)}, {"trained", mechanism.trained}};
    if (mechanism.routing) {
      row["probability"] = mechanism.routing->probability;
      row["difference"] = differences(trained, *mechanism.routing);
      row["routing_change"] = changeDocument(config, trained, *mechanism.routing);
    } else {
      row["unavailable"] = mechanism.unavailable;
    }
    if (mechanism.means) {
      row["mean_of_stays"] = ordered_json::object();
      for (std::size_t m = 0; m < config.modalities.size(); ++m)
        row["mean_of_stays"][config.modalities[m].name] = mechanism.means->stays[m];
    }
    document["mechanisms"].push_back(std::move(row));
  }
  document["space"] = kSpace;
  document["n"] = 1;
  document["note"] = kNote;
  return document;
}

std::string mechanismText(const StayState& state, const std::vector<Mechanism>& mechanisms) {
  const ModelConfig& config = state.model->config();
  const MaskedRouting& trained = *mechanisms.front().routing;
  std::string text = stateText(state, trained.present) + "trained with: " + std::string(nameOf(config.missing)) + "\n";
  text +=
      "what stands for a missing modality; probability, difference; mean routing change (Jensen–Shannon, nats; "
      "dense, top-K)\n";
  const RoutingShape shape(config);
  for (const Mechanism& mechanism : mechanisms) {
    const std::string name = mechanism.substitute == MissingSubstitute::AsTrained
                                 ? "as in the model's file"
                                 : std::string(nameOf(mechanism.substitute));
    if (!mechanism.routing) {
      text += "  " + name + ": " + mechanism.unavailable + "\n";
      continue;
    }
    const std::vector<double> change = differences(trained, *mechanism.routing);
    const double dense = driftOf(shape, trained, *mechanism.routing, RoutingSpace::Dense).mean().jensenShannon;
    const double kept = driftOf(shape, trained, *mechanism.routing, RoutingSpace::TopK).mean().jensenShannon;
    text += formatted("  %-22s %s\n", name.c_str(), mechanism.trained ? "trained with" : "not trained with");
    for (std::size_t i = 0; i < change.size(); ++i)
      text += "    " + outputName(config, i) +
              formatted(": %.4f  %+.4f\n", static_cast<double>(mechanism.routing->probability[i]), change[i]);
    text += formatted("    routing %.4f  %.4f\n", dense, kept);
  }
  return text + kNoteLine;
}

ordered_json gatesDocument(const std::vector<GatedModel>& models) {
  ordered_json list = ordered_json::array();
  for (const GatedModel& model : models) {
    const ModelConfig& config = model.state.model->config();
    const GateRow& trained = trainedRow(model);
    ordered_json entry = stateDocument(model.state, trained.routing.present);
    entry["path"] = model.path;
    entry["router"] = nameOf(config.router);
    entry["trained_with"] = nameOf(config.gate);
    entry["gates"] = ordered_json::array();
    for (const GateRow& row : model.rows)
      entry["gates"].push_back({{"gate", nameOf(row.gate)},
                                {"trained", row.gate == config.gate},
                                {"probability", row.routing.probability},
                                {"difference", differences(trained.routing, row.routing)},
                                {"kept", keptDocument(config, row.routing)},
                                {"routing_change", changeDocument(config, trained.routing, row.routing)}});
    list.push_back(std::move(entry));
  }
  return {{"models", std::move(list)}, {"space", kSpace}, {"n", 1}, {"note", kNote}};
}

std::string gatesText(const std::vector<GatedModel>& models) {
  std::string text;
  for (const GatedModel& model : models) {
    const ModelConfig& config = model.state.model->config();
    const GateRow& trained = trainedRow(model);
    text += stateText(model.state, trained.routing.present) + model.path + ", router " +
            std::string(nameOf(config.router)) + "\n";
    for (const GateRow& row : model.rows) {
      text += "  gate " + std::string(nameOf(row.gate)) +
              (row.gate == config.gate ? ", trained with it\n" : ", NOT TRAINED WITH THIS GATE\n");
      const std::vector<double> change = differences(trained.routing, row.routing);
      for (std::size_t i = 0; i < change.size(); ++i)
        text += "    " + outputName(config, i) +
                formatted(": %.4f  %+.4f\n", static_cast<double>(row.routing.probability[i]), change[i]);
      text += keptText(config, row.routing);
    }
  }
  return text + kNoteLine;
}

}  // namespace fusemoe::cli
