#include "state/document.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "state/format.h"
#include "state/session_commands.h"

namespace fusemoe::ui {
namespace {

/// The stay to begin with: one with as many modalities as there are, of the test split where there is a choice.
std::int64_t defaultStay(const std::vector<StaySummary>& stays) {
  const auto rank = [](const StaySummary& stay) { return 2 * std::popcount(stay.present) + (stay.split == "test"); };
  const auto best = std::ranges::max_element(stays, {}, rank);
  return best == stays.end() ? 0 : best->stayId;
}

Result<OpenedSource> openSource(const Openers& openers, const std::string& path, std::int64_t preferredStay) {
  const Result<CohortPtr> cohort = openers.cohort(path);
  if (!cohort) return failure(cohort.error());
  Result<std::vector<StaySummary>> stays = (*cohort)->stays();
  if (!stays) return failure(stays.error());
  OpenedSource opened{path, *cohort, std::make_shared<const std::vector<StaySummary>>(std::move(*stays)), 0, nullptr};
  const bool known = std::ranges::binary_search(*opened.stays, preferredStay, {}, &StaySummary::stayId);
  opened.stayId = known ? preferredStay : defaultStay(*opened.stays);
  if (opened.stayId == 0) return opened;
  const Result<SamplePtr> sample = (*cohort)->read(opened.stayId);
  if (!sample) return failure(sample.error());
  opened.sample = *sample;
  return opened;
}

}  // namespace

Document::Document(Openers openers, QObject* parent) : QObject(parent), m_openers(std::move(openers)) {
  m_undoStack.setUndoLimit(kUndoLimit);
  connect(&m_runner, &InferenceRunner::finished, this, &Document::accept);
  connect(&m_runner, &InferenceRunner::busyChanged, this, &Document::busyChanged);
  connect(&m_runner, &InferenceRunner::failed, this, [this](const Error& error) {
    m_result.reset();
    m_unmasked.reset();
    Q_EMIT resultChanged();
    Q_EMIT errorRaised(error);
    reportIfSettled();
  });
}

Document::~Document() = default;

int Document::layer() const {
  const int last = model() ? model()->config().layers - 1 : 0;
  return std::clamp(m_state.layer, 0, std::max(last, 0));
}

const LayerResult* Document::shownLayer() const {
  return m_result ? &m_result->layers.at(static_cast<std::size_t>(layer())) : nullptr;
}

const LayerResult* Document::unmaskedLayer() const {
  return m_unmasked ? &m_unmasked->layers.at(static_cast<std::size_t>(layer())) : nullptr;
}

ModalityMask Document::mask() const {
  ModalityMask mask = 0;
  if (!model()) return mask;
  for (const std::string& name : m_state.masked) {
    const int index = model()->config().modalityIndex(name);
    if (index >= 0) mask |= ModalityMask{1} << index;
  }
  return mask;
}

ModalityState Document::modalityState(int modality) const {
  const std::string& name = model()->config().modalities.at(static_cast<std::size_t>(modality)).name;
  const ModalityData* data = sample() ? sample()->modality(name) : nullptr;
  if (!data || !data->present()) return ModalityState::Absent;
  return m_state.masked.contains(name) ? ModalityState::Masked : ModalityState::Present;
}

std::int64_t Document::wantedStay() const {
  return m_stayLoader.loading() ? m_wantedStay : m_state.stayId;
}

bool Document::settled() const {
  return !loadingModel() && !loadingSource() && !m_runner.waiting();
}

void Document::start(const SessionState& wanted) {
  m_state = wanted;
  m_state.modelPath.clear();
  m_state.cohortPath.clear();
  m_state.stayId = 0;
  Q_EMIT changed(Change::Mask | Change::View);
  if (!wanted.modelPath.empty()) loadModel(wanted.modelPath, Recording::Silent);
  if (!wanted.cohortPath.empty()) loadCohort(wanted.cohortPath, wanted.stayId, Recording::Silent);
}

void Document::openModel(const std::string& path) {
  loadModel(path, Recording::Undoable);
}

void Document::openCohort(const std::string& path) {
  loadCohort(path, m_state.stayId, Recording::Undoable);
}

void Document::selectStay(std::int64_t stayId) {
  if (!cohort() || stayId == wantedStay()) return;
  m_wantedStay = stayId;
  if (stayId == m_state.stayId) {
    m_stayLoader.cancel();
  } else {
    const auto read = [store = cohort(), stayId] { return store->read(stayId); };
    m_stayLoader.start(read, [this, stayId](Result<SamplePtr> sample) {
      if (sample) {
        OpenedSource opened = m_opened.source;
        opened.stayId = stayId;
        opened.sample = std::move(*sample);
        commit(std::move(opened), tr("stay %1").arg(stayId), Recording::Undoable);
      } else {
        Q_EMIT errorRaised(sample.error());
      }
      Q_EMIT loadingChanged();
      reportIfSettled();
    });
  }
  Q_EMIT loadingChanged();
}

void Document::setMasked(int modality, bool masked) {
  if (!model() || modality < 0 || modality >= model()->config().modalityCount()) return;
  const ModalityState current = modalityState(modality);
  if (current == ModalityState::Absent || masked == (current == ModalityState::Masked)) return;
  std::set<std::string> names = m_state.masked;
  const std::string& name = model()->config().modalities.at(static_cast<std::size_t>(modality)).name;
  if (masked) {
    names.insert(name);
  } else {
    names.erase(name);
  }
  const QString title = modalityTitle(model()->config(), modality);
  edit(&SessionState::masked, std::move(names), Change::Mask,
       masked ? tr("mask %1").arg(title) : tr("unmask %1").arg(title));
}

void Document::toggleModality(int modality) {
  if (!model() || modality < 0 || modality >= model()->config().modalityCount()) return;
  setMasked(modality, modalityState(modality) == ModalityState::Present);
}

void Document::restoreModalities() {
  edit(&SessionState::masked, {}, Change::Mask, tr("restore all modalities"));
}

void Document::setLayer(int layer) {
  edit(&SessionState::layer, layer, Change::View, tr("show layer %1").arg(layer + 1), MergeId::Layer);
}

void Document::setDistribution(Distribution distribution) {
  const QString text = distribution == Distribution::Dense ? tr("show dense probabilities") : tr("show top-K weights");
  edit(&SessionState::distribution, distribution, Change::View, text, MergeId::Distribution);
}

void Document::setLoadMeasure(LoadMeasure measure) {
  const QString text = measure == LoadMeasure::Tokens ? tr("show load in tokens") : tr("show load in gate weight");
  edit(&SessionState::loadMeasure, measure, Change::View, text, MergeId::LoadMeasure);
}

template <class T>
void Document::edit(T SessionState::*field, T value, Change change, const QString& text, MergeId mergeId) {
  if (m_state.*field == value) return;
  m_undoStack.push(new SetValue<T>(*this, field, std::move(value), change, text, mergeId));
}

template <class T>
void Document::assign(T SessionState::*field, const T& value, Change change) {
  m_state.*field = value;
  Q_EMIT changed(change);
  if (change != Change::View) requestResult();
}

void Document::replace(OpenedModel opened) {
  m_opened.model = std::move(opened);
  m_state.modelPath = m_opened.model.path;
  // Another model has other modalities and experts: nothing of the old result can be shown beside it.
  m_result.reset();
  m_unmasked.reset();
  m_trace.clear();
  Q_EMIT changed(Change::Model);
  requestResult();
}

void Document::replace(OpenedSource opened) {
  const bool sameCohort = opened.cohort == m_opened.source.cohort;
  m_stayLoader.cancel();
  m_opened.source = std::move(opened);
  m_state.cohortPath = m_opened.source.path;
  m_state.stayId = m_opened.source.stayId;
  Q_EMIT changed(sameCohort ? Changes(Change::Stay) : Change::Cohort | Change::Stay);
  requestResult();
}

void Document::loadModel(const std::string& path, Recording recording) {
  const auto read = [open = m_openers.model, path] { return open(path); };
  m_modelLoader.start(read, [this, recording](Result<OpenedModel> opened) {
    if (opened) {
      commit(std::move(*opened), recording);
    } else {
      Q_EMIT errorRaised(opened.error());
    }
    Q_EMIT loadingChanged();
    reportIfSettled();
  });
  Q_EMIT loadingChanged();
}

void Document::loadCohort(const std::string& path, std::int64_t preferredStay, Recording recording) {
  const auto read = [openers = m_openers, path, preferredStay] { return openSource(openers, path, preferredStay); };
  m_cohortLoader.start(read, [this, recording](Result<OpenedSource> opened) {
    if (opened) {
      const QString text = tr("open %1").arg(fileName(opened->path));
      commit(std::move(*opened), text, recording);
    } else {
      Q_EMIT errorRaised(opened.error());
    }
    Q_EMIT loadingChanged();
    reportIfSettled();
  });
  Q_EMIT loadingChanged();
}

void Document::commit(OpenedModel opened, Recording recording) {
  if (recording == Recording::Silent) {
    replace(std::move(opened));
    return;
  }
  const QString text = tr("open %1").arg(fileName(opened.path));
  m_undoStack.push(new SetOpened<OpenedModel>(*this, m_opened.model, std::move(opened), text));
}

void Document::commit(OpenedSource opened, const QString& text, Recording recording) {
  if (recording == Recording::Silent) {
    replace(std::move(opened));
    return;
  }
  m_undoStack.push(new SetOpened<OpenedSource>(*this, m_opened.source, std::move(opened), text));
}

void Document::requestResult() {
  if (model() && sample()) {
    m_runner.request(model(), sample(), mask());
    return;
  }
  m_runner.cancel();
  m_result.reset();
  m_unmasked.reset();
  Q_EMIT resultChanged();
}

void Document::accept(const ResultPtr& result, const ResultPtr& unmasked) {
  m_result = result;
  m_unmasked = unmasked;
  m_trace.append(*result);
  Q_EMIT resultChanged();
  reportIfSettled();
}

void Document::reportIfSettled() {
  if (settled()) Q_EMIT becameSettled();
}

}  // namespace fusemoe::ui
