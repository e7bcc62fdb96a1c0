#include "analysis/mask_sweep.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <future>
#include <limits>
#include <utility>

#include "analysis/mask_batches.h"
#include "base/mix.h"

namespace fusemoe {
namespace {

using Clock = std::chrono::steady_clock;
using Routings = std::vector<std::vector<MaskedRouting>>;

constexpr int kMostListed = 12;          ///< modalities whose masks can all be listed
constexpr std::size_t kMostStays = 128;  ///< of a batch

std::uint64_t hashOf(std::int64_t stayId) {
  return mixed(static_cast<std::uint64_t>(stayId));
}

/// The hash up to which stays take part, so that `most` of them do: found in a pass of its own, since a source tells
/// ids with whole stays alone.
Result<std::uint64_t> limitFor(const SampleSource& source, const SweepOptions& options, std::size_t count,
                               const std::stop_token& stop) {
  if (options.most == 0 || count <= options.most) return std::numeric_limits<std::uint64_t>::max();
  std::vector<std::uint64_t> hashes;
  auto visited = source.visit(options.split, [&](const SamplePtr& sample) {
    hashes.push_back(hashOf(sample->stayId));
    return !stop.stop_requested();
  });
  if (!visited) return failure(visited.error());
  if (hashes.size() <= options.most) return std::numeric_limits<std::uint64_t>::max();
  const auto last = hashes.begin() + static_cast<std::ptrdiff_t>(options.most) - 1;
  std::nth_element(hashes.begin(), last, hashes.end());
  return *last;
}

bool sharesModalities(const ModelConfig& config, const Sample& sample) {
  return std::any_of(config.modalities.begin(), config.modalities.end(),
                     [&](const ModalityConfig& modality) { return sample.modality(modality.name) != nullptr; });
}

/// Gathers stays; while a batch is computed, the one before is handed out and the next is read.
class Sweeper {
 public:
  Sweeper(const Model& model, std::span<const ModalityMask> masks, const SweepOptions& options,
          const std::function<bool(const SweptStay&)>& visit, const std::stop_token& stop)
      : m_model(model),
        m_masks(masks),
        m_options(options),
        m_visit(visit),
        m_stop(stop),
        m_batchStays(std::clamp<std::size_t>(kBatchStates / masks.size(), 1, kMostStays)),
        m_passOn(stop, [this] { m_halt.request_stop(); }) {}
  Sweeper(const Sweeper&) = delete;
  Sweeper& operator=(const Sweeper&) = delete;
  ~Sweeper() { m_halt.request_stop(); }

  /// False when no more stays are wanted.
  bool add(const SamplePtr& sample) {
    m_waiting.push_back(sample);
    return m_waiting.size() < m_batchStays || advance();
  }
  /// Computes what is left, unless no more is wanted.
  void finish() {
    if (m_wanted && advance()) advance();
  }
  std::size_t done() const { return m_done; }
  const Result<void>& outcome() const { return m_outcome; }

 private:
  /// Waits for the batch that is being computed, starts the one that waits, and hands out the first.
  bool advance() {
    Result<Routings> routings = m_future.valid() ? m_future.get() : Routings();
    const std::vector<SamplePtr> computed = std::exchange(m_running, {});
    if (!routings) {
      m_outcome = failure(routings.error());
      return m_wanted = false;
    }
    m_running = std::exchange(m_waiting, {});
    if (!m_running.empty())
      m_future = std::async(std::launch::async, [this] {
        return predictInPortions(m_model, m_running, m_masks, m_options.intervention, m_halt.get_token());
      });
    for (std::size_t i = 0; i < computed.size(); ++i) {
      const std::uint32_t recorded = recordedModalities(m_model.config(), *computed[i]);
      if (m_stop.stop_requested() || !m_visit({computed[i], recorded, std::move((*routings)[i])}))
        return m_wanted = false;
      ++m_done;
    }
    return true;
  }

  const Model& m_model;
  std::span<const ModalityMask> m_masks;
  const SweepOptions& m_options;
  const std::function<bool(const SweptStay&)>& m_visit;
  const std::stop_token& m_stop;
  std::size_t m_batchStays;
  std::vector<SamplePtr> m_waiting, m_running;
  std::size_t m_done = 0;
  bool m_wanted = true;
  Result<void> m_outcome;
  std::stop_source m_halt;  ///< also when no more is wanted
  std::stop_callback<std::function<void()>> m_passOn;
  std::future<Result<Routings>> m_future;  ///< last: waited for before what it uses goes
};

/// Says how far a sweep is, from where the last stay that is done stands in the source.
class SweepProgress {
 public:
  SweepProgress(const ProgressSink& sink, std::size_t count) : m_sink(sink), m_count(static_cast<double>(count)) {}
  /// The source's stay number `seen` is passed over, as were all before.
  void passed(std::size_t seen) { m_start = m_here = static_cast<double>(seen); }
  /// The source's stay number `seen` is to be computed.
  void added(std::size_t seen) { m_places.push_back(seen); }
  void report(std::size_t done) {
    if (!m_sink || m_count <= 0) return;
    for (; m_done < done; ++m_done, m_places.pop_front()) m_here = static_cast<double>(m_places.front());
    tell(std::min(m_here, m_count));
  }
  void finish(std::size_t done) {
    m_done = done;
    if (m_sink) tell(m_count);
  }

 private:
  void tell(double here) const {
    const std::chrono::duration<double> took = Clock::now() - m_begun;
    const double left = here > m_start ? took.count() * (m_count - here) / (here - m_start) : -1;
    m_sink({m_count > 0 ? here / m_count : 1, std::to_string(m_done) + " stays computed", left});
  }

  const ProgressSink& m_sink;
  double m_count, m_start = 0, m_here = 0;
  std::deque<std::size_t> m_places;  ///< of stays that are not done
  std::size_t m_done = 0;
  Clock::time_point m_begun = Clock::now();
};

Error noStay(const std::string& split) {
  return {split.empty() ? "There is no stay to compute." : "There is no stay in split '" + split + "'.",
          "Choose another split or slice.",
          {}};
}

}  // namespace

Result<std::vector<ModalityMask>> allMasks(int modalities) {
  if (modalities > kMostListed)
    return failure(
        "All masks of " + std::to_string(modalities) + " modalities are too many to list.",
        "Mask one at a time, or name the masks; up to " + std::to_string(kMostListed) + " modalities can be listed.");
  std::vector<ModalityMask> masks;
  for (ModalityMask mask = 0; mask < ModalityMask{1} << modalities; ++mask) masks.push_back(mask);
  return masks;
}

std::vector<ModalityMask> singleMasks(int modalities) {
  std::vector<ModalityMask> masks{0};
  for (int m = 0; m < modalities; ++m) masks.push_back(ModalityMask{1} << m);
  return masks;
}

Result<void> sweepMasks(const Model& model, const SampleSource& source, std::span<const ModalityMask> masks,
                        const SweepOptions& options, const std::function<bool(const SweptStay&)>& visit,
                        const ProgressSink& progress, const std::stop_token& stop) {
  if (masks.empty()) return failure("There is no mask to compute.", "Choose one mask at least.");
  const auto count = source.count(options.split);
  if (!count) return failure(count.error());
  const auto limit = limitFor(source, options, *count, stop);
  if (!limit) return failure(limit.error());
  Sweeper sweeper(model, masks, options, visit, stop);
  SweepProgress where(progress, *count);
  Result<void> fit;
  std::size_t seen = 0;
  const auto visited = source.visit(options.split, [&](const SamplePtr& sample) {
    if (stop.stop_requested()) return false;
    if (seen == 0 && !sharesModalities(model.config(), *sample)) {
      fit = failure("The cohort has none of the modalities of the model " + model.config().name + ".",
                    "Choose a cohort with the modalities the model was trained on.");
      return false;
    }
    ++seen;
    if (sample->stayId <= options.afterStay && options.afterStay > 0) {
      where.passed(seen);
      return true;
    }
    if (hashOf(sample->stayId) > *limit) return true;
    where.added(seen);
    const bool wanted = sweeper.add(sample);
    where.report(sweeper.done());
    return wanted;
  });
  if (!visited) return failure(visited.error());
  if (!fit) return fit;
  if (!stop.stop_requested()) sweeper.finish();
  if (stop.stop_requested()) return failure("The sweep was stopped.");
  if (!sweeper.outcome()) return sweeper.outcome();
  if (seen == 0) return failure(noStay(options.split));
  where.finish(sweeper.done());
  return {};
}

SliceSource::SliceSource(const SampleSource& source, std::vector<std::int64_t> stays)
    : m_source(source), m_stays(std::move(stays)) {}

Result<void> SliceSource::visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const {
  if (m_stays.empty()) return {};
  return m_source.visit(split, [&](const SamplePtr& sample) {
    if (sample->stayId > m_stays.back()) return false;
    return !std::binary_search(m_stays.begin(), m_stays.end(), sample->stayId) || visit(sample);
  });
}

Result<std::size_t> SliceSource::count(const std::string& split) const {
  std::size_t stays = 0;
  const auto visited = visit(split, [&](const SamplePtr&) {
    ++stays;
    return true;
  });
  if (!visited) return failure(visited.error());
  return stays;
}

}  // namespace fusemoe
