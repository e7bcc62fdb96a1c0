#include "cohort_analysis_documents.h"

#include <algorithm>

#include "document_parts.h"

namespace fusemoe::cli {
namespace {

using nlohmann::ordered_json;

ordered_json differenceDocument(const PairedDifference& difference) {
  return {{"natural", difference.natural},
          {"forced", difference.forced},
          {"difference", difference.difference},
          {"difference_ci", intervalDocument(difference.interval)}};
}

std::string differenceText(const char* name, const PairedDifference& difference) {
  return formatted("%-28s %.4f   %.4f   %+.4f [%+.4f, %+.4f]\n", name, difference.natural, difference.forced,
                   difference.difference, difference.interval.low, difference.interval.high);
}

}  // namespace

ordered_json supportDocument(const ModelConfig& config, const SupportReport& report) {
  ordered_json misrouted = ordered_json::array();
  for (const Misrouting& one : report.misrouted)
    misrouted.push_back({{"layer", one.layer},
                         {"modality", modalityAt(config, one.modality)},
                         {"expert", one.expert},
                         {"share", one.share},
                         {"training_share", one.training}});
  return {{"n", report.reference},
          {"same_pattern", report.samePattern},
          {"pattern_stays", report.patternStays},
          {"split_stays", report.splitStays},
          {"measure", "Hellinger distance to the nearest, mean over layers and routers"},
          {"space", "dense"},
          {"distance", report.distance},
          {"percentile", report.percentile},
          {"alarm", report.alarm},
          {"reference_distance",
           {{"median", quantile(report.distances, 0.5)},
            {"p95", quantile(report.distances, 0.95)},
            {"most", report.distances.back()}}},
          {"misrouted", misrouted},
          {"misrouted_space", "top-K"},
          {"note", report.note}};
}

std::string supportText(const ModelConfig& config, const SupportReport& report) {
  std::string text = formatted(
      "Hellinger distance to the nearest %.4f (dense, 0 to 1): percentile %.1f of n = %zu reference stays%s\n"
      "reference: median %.4f, 95 %% below %.4f, most %.4f\n"
      "%zu of %zu stays of the split truly have exactly these modalities\n",
      report.distance, report.percentile, report.reference, report.alarm ? ". ALARM: far from them" : "",
      quantile(report.distances, 0.5), quantile(report.distances, 0.95), report.distances.back(), report.patternStays,
      report.splitStays);
  for (const Misrouting& one : report.misrouted)
    text += formatted(
        "misrouted: layer %d, '%s' missing, %.1f %% of its kept weight goes to E%d (%.2f %% where it is "
        "there)\n",
        one.layer + 1, modalityAt(config, one.modality).c_str(), 100 * one.share, one.expert + 1, 100 * one.training);
  return text + report.note + "\n";
}

ordered_json missingnessDocument(const ModelConfig& config, const MissingnessReport& report) {
  ordered_json balance = ordered_json::array();
  for (const Balance& one : report.balance)
    balance.push_back({{"feature", one.feature}, {"before", one.before}, {"after", one.after}});
  return {{"modality", modalityAt(config, report.modality)},
          {"lacking", report.lacking},
          {"having", report.having},
          {"n", report.pairs},
          {"controls", report.controls},
          {"space", "probability"},
          {"risk", differenceDocument(report.risk)},
          {"risk_unmasked", differenceDocument(report.unmasked)},
          {"outcome", report.outcome ? differenceDocument(*report.outcome) : ordered_json(nullptr)},
          {"routing_drift", report.routingDrift},
          {"routing_drift_ci", intervalDocument(report.routingInterval)},
          {"routing_baseline", report.routingBaseline},
          {"routing_measure", "Jensen-Shannon divergence, nats, mean over layers and routers"},
          {"routing_space", "dense"},
          {"pair_distance", report.distance},
          {"balance", balance},
          {"note", report.note}};
}

std::string missingnessText(const ModelConfig& config, const MissingnessReport& report) {
  std::string text = formatted(
      "'%s': %zu stays lack it, %zu have it; n = %zu pairs with %zu different matches\n\n"
      "                             natural  forced   difference [95 %% interval]\n",
      modalityAt(config, report.modality).c_str(), report.lacking, report.having, report.pairs, report.controls);
  text += differenceText("predicted probability", report.risk);
  text += differenceText("... the match not masked", report.unmasked);
  text += report.outcome ? differenceText("outcome, share of positives", *report.outcome)
                         : "No pair has both outcomes known.\n";
  text += formatted(
      "\nrouting drift of a pair %.4f [%.4f, %.4f] nats (Jensen-Shannon, dense); of two like stays %.4f\n"
      "median distance of a pair %.3f deviations a feature\n\nstandardised difference    before   after\n",
      report.routingDrift, report.routingInterval.low, report.routingInterval.high, report.routingBaseline,
      report.distance);
  for (std::size_t i = 0; i < std::min<std::size_t>(report.balance.size(), 10); ++i)
    text += formatted("%-26s %+.3f   %+.3f\n", report.balance[i].feature.c_str(), report.balance[i].before,
                      report.balance[i].after);
  if (report.balance.size() > 10) text += formatted("… %zu more features\n", report.balance.size() - 10);
  return text + report.note + "\n";
}

ordered_json donorsDocument(const ModelConfig& config, const DonorReport& report) {
  ordered_json donors = ordered_json::array();
  for (const Donor& donor : report.donors)
    donors.push_back({{"stay", donor.stayId},
                      {"distance", donor.distance},
                      {"probability", donor.probability},
                      {"drift", donor.drift}});
  return {{"modality", modalityAt(config, report.modality)},
          {"n", report.donors.size()},
          {"candidates", report.candidates},
          {"features", report.features},
          {"space", "probability"},
          {"without", report.without},
          {"recorded", orNull(report.recorded)},
          {"median", report.median},
          {"range", intervalDocument(report.range)},
          {"range_quantiles", {0.1, 0.9}},
          {"crossing", report.crossing},
          {"drift_measure", "Jensen-Shannon divergence, nats, dense, mean over layers and routers"},
          {"donors", donors},
          {"note", report.note}};
}

std::string donorsText(const ModelConfig& config, const DonorReport& report) {
  std::string text = formatted("without '%s': %.4f\n", modalityAt(config, report.modality).c_str(), report.without);
  if (report.recorded) text += formatted("with the patient's own: %.4f\n", *report.recorded);
  text += formatted(
      "with that of n = %zu donors: median %.4f, 10 %% to 90 %% from %.4f to %.4f; %.0f %% of them on the other side "
      "of "
      "0.5\n\n      stay  distance  probability  drift, nats\n",
      report.donors.size(), report.median, report.range.low, report.range.high, 100 * report.crossing);
  for (const Donor& donor : report.donors)
    text += formatted("%10lld  %.4f    %.4f       %.4f\n", static_cast<long long>(donor.stayId), donor.distance,
                      donor.probability, donor.drift);
  return text + report.note + "\n";
}

}  // namespace fusemoe::cli
