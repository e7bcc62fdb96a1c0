#include "analysis/donors.h"

#include <algorithm>

#include "analysis/feature_space.h"
#include "analysis/mask_batches.h"
#include "analysis/routing_drift.h"
#include "analysis/stay_view.h"

namespace fusemoe {
namespace {

constexpr const char* kStopped = "The search for donors was stopped.";

/// What the search is for, in bits of the config's modalities.
struct Search {
  const ModelConfig& config;
  const Sample& patient;
  std::uint32_t wanted = 0;  ///< the one that is put in
  std::uint32_t shown = 0;   ///< the others the model is shown of the patient
  bool isCandidate(const Sample& sample) const {
    const std::uint32_t recorded = recordedModalities(config, sample);
    return sample.stayId != patient.stayId && (recorded & wanted) && (recorded & shown);
  }
};

/// A stay that may give its modality.
struct Candidate {
  double distance = 0;
  SamplePtr sample;
};

struct Found {
  std::vector<Candidate> nearest;
  std::size_t candidates = 0, features = 0;
};

/// In two passes, so that memory holds only the nearest: the first learns what a deviation is.
Result<Found> findNearest(const Search& search, const SampleSource& source, const DonorOptions& options,
                          const ProgressSink& progress, const std::stop_token& stop) {
  const auto count = source.count(options.split);
  if (!count) return failure(count.error());
  std::size_t seen = 0;
  const auto visit = [&](const auto& take) -> Result<void> {
    auto visited = source.visit(options.split, [&](const SamplePtr& sample) {
      if (progress && *count > 0)
        progress({static_cast<double>(seen) / (2.0 * static_cast<double>(*count)), "looking for donors", -1});
      ++seen;
      take(sample);
      return !stop.stop_requested();
    });
    if (!visited) return visited;
    if (stop.stop_requested()) return failure(kStopped);
    return {};
  };
  FeatureSpace space(search.config, search.shown);
  if (auto learnt = visit([&](const SamplePtr& sample) { space.learn(*sample); }); !learnt)
    return failure(learnt.error());
  space.finish();
  Found found{{}, 0, space.features()};
  const std::vector<float> place = space.place(search.patient);
  const auto most = static_cast<std::size_t>(std::max(options.donors, 1));
  auto taken = visit([&](const SamplePtr& sample) {
    if (!search.isCandidate(*sample)) return;
    ++found.candidates;
    const double distance = space.distance(place, space.place(*sample));
    if (found.nearest.size() == most && distance >= found.nearest.back().distance) return;
    found.nearest.insert(std::ranges::upper_bound(found.nearest, distance, {}, &Candidate::distance),
                         {distance, sample});
    if (found.nearest.size() > most) found.nearest.pop_back();
  });
  if (!taken) return failure(taken.error());
  return found;
}

/// The patient with a modality of another stay, or without it (`donor` null).
SamplePtr withModality(const Sample& patient, const std::string& modality, const Sample* donor) {
  auto changed = std::make_shared<Sample>(patient);
  std::erase_if(changed->modalities, [&](const ModalityData& data) { return data.name == modality; });
  if (donor) changed->modalities.push_back(*donor->modality(modality));
  changed->digest += donor ? "; " + modality + " of " + donor->digest : "; no " + modality;
  return changed;
}

std::string noteOf(const DonorReport& report, const std::string& name, const DonorOptions& options) {
  return "What the model would say of this patient with " + name +
         " of another: " + std::to_string(report.donors.size()) + " of " + std::to_string(report.candidates) +
         " stays of " + (options.split.empty() ? "the cohort" : "split '" + options.split + "'") +
         " that have it, nearest in the other modalities shown (" + std::to_string(report.features) +
         " features; one that only one of two stays has counts as two stays picked at random). "
         "The range tells how far the prediction rests on it, not that it should be measured.";
}

void summarise(DonorReport& report) {
  std::vector<double> sorted;
  for (const Donor& donor : report.donors) {
    sorted.push_back(donor.probability);
    if ((donor.probability >= 0.5) != (report.without >= 0.5))
      report.crossing += 1 / static_cast<double>(report.donors.size());
  }
  std::ranges::sort(sorted);
  report.range = {quantile(sorted, 0.1), quantile(sorted, 0.9)};
  report.median = quantile(sorted, 0.5);
}

}  // namespace

Result<DonorReport> donorPredictions(const Model& model, const SampleSource& source, const SamplePtr& sample,
                                     const DonorOptions& options, const ProgressSink& progress,
                                     const std::stop_token& stop) {
  const ModelConfig& config = model.config();
  if (auto checked = checkOutput(config, options.output); !checked) return failure(checked.error());
  if (auto checked = checkModality(config, options.modality); !checked) return failure(checked.error());
  const std::string& name = config.modalities[static_cast<std::size_t>(options.modality)].name;
  const std::uint32_t wanted = std::uint32_t{1} << options.modality;
  const std::uint32_t recorded = recordedModalities(config, *sample);
  const Search search{config, *sample, wanted, recorded & ~options.mask & ~wanted};
  if (search.shown == 0)
    return failure("The model is shown no other modality of stay " + std::to_string(sample->stayId) +
                       ", so no donor of '" + name + "' can be near it.",
                   "Show another modality of the patient.");
  const auto found = findNearest(search, source, options, progress, stop);
  if (!found) return failure(found.error());
  if (found->nearest.empty())
    return failure(
        "No other stay has '" + name + "' and a modality that is shown of stay " + std::to_string(sample->stayId) + ".",
        "Choose another modality or split.");
  std::vector<SamplePtr> variants{withModality(*sample, name, nullptr)};
  for (const Candidate& candidate : found->nearest)
    variants.push_back(withModality(*sample, name, candidate.sample.get()));
  if (recorded & wanted) variants.push_back(sample);
  const ModalityMask mask = options.mask & ~wanted;
  const auto routings = predictInPortions(model, variants, {&mask, 1}, {}, stop);
  if (!routings) return failure(routings.error());
  const auto probabilityOf = [&](std::size_t variant) {
    return static_cast<double>((*routings)[variant][0].probability[static_cast<std::size_t>(options.output)]);
  };
  const RoutingShape shape(config);
  DonorReport report;
  report.modality = options.modality;
  report.without = probabilityOf(0);
  if (recorded & wanted) report.recorded = probabilityOf(variants.size() - 1);
  for (std::size_t i = 0; i < found->nearest.size(); ++i)
    report.donors.push_back({found->nearest[i].sample->stayId, found->nearest[i].distance, probabilityOf(i + 1),
                             driftOf(shape, (*routings)[0][0], (*routings)[i + 1][0]).mean().jensenShannon});
  report.candidates = found->candidates;
  report.features = found->features;
  summarise(report);
  report.note = noteOf(report, name, options);
  return report;
}

}  // namespace fusemoe
