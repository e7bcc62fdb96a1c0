#include "state/document.h"

#include <algorithm>
#include <utility>

#include "state/document_text.h"
#include "state/format.h"
#include "state/session_commands.h"

namespace fusemoe::ui {
namespace {

constexpr const char* kTrainSplit = "train";

/// Of the names, those that the model has.
ModalityMask maskOf(const ModelConfig& config, const std::set<std::string>& names) {
  ModalityMask mask = 0;
  for (const std::string& name : names) {
    const int index = config.modalityIndex(name);
    if (index >= 0) mask |= ModalityMask{1} << index;
  }
  return mask;
}

}  // namespace

Document::Document(Openers openers, QObject* parent) : QObject(parent), m_openers(std::move(openers)) {
  m_openers.cohort = [open = std::move(m_openers.cohort),
                      logins = m_logins](const std::string& path) -> Result<CohortPtr> {
    if (logins->known(path)) return open(logins->complete(path));
    return failure(path + " was named by a file, not by you, so it was not connected to.",
                   "Choose File, Open database, and see whether the address is one you trust.");
  };
  m_undoStack.setUndoLimit(kUndoLimit);
  connect(&m_runner, &InferenceRunner::finished, this, &Document::accept);
  connect(&m_runner, &InferenceRunner::busyChanged, this, &Document::busyChanged);
  connect(&m_runner, &InferenceRunner::failed, this, [this](const Error& error) {
    dropResults();
    Q_EMIT errorRaised(error);
    reportIfSettled();
  });
}

Document::~Document() = default;

int Document::layer() const {
  const int last = model() ? model()->config().layers - 1 : 0;
  return std::clamp(m_state.layer, 0, std::max(last, 0));
}

const RecordEdits& Document::edits() const {
  static const RecordEdits kNone;
  const auto found = m_state.edits.find(m_state.stayId);
  return found == m_state.edits.end() ? kNone : found->second;
}

bool Document::referenceKnown() const {
  return m_reference && referenceModel() && m_reference->key.modelDigest == referenceModel()->info().digest;
}

bool Document::comparable() const {
  if (!m_result || !model() || !referenceKnown()) return false;
  const ModelConfig& current = model()->config();
  const ModelConfig& other = referenceModel()->config();
  return model() == referenceModel() ||
         (current.experts == other.experts && current.layers == other.layers && current.bins == other.bins &&
          current.token == other.token && current.routerCount() == other.routerCount() &&
          std::ranges::equal(current.modalities, other.modalities, {}, &ModalityConfig::name, &ModalityConfig::name));
}

const ResultPtr& Document::ghost() const {
  static const ResultPtr kNone;
  if (!comparable()) return kNone;
  return m_flipped ? m_result : m_reference;
}

const LayerResult* Document::shownLayer() const {
  return result() ? &result()->layers.at(static_cast<std::size_t>(layer())) : nullptr;
}

const LayerResult* Document::ghostLayer() const {
  return ghost() ? &ghost()->layers.at(static_cast<std::size_t>(layer())) : nullptr;
}

Intervention Document::intervention() const {
  Intervention intervention = m_state.intervention;
  if (intervention.missing == MissingSubstitute::TrainingMean) intervention.means = trainingMeans();
  return intervention;
}

EncodingMeansPtr Document::trainingMeans() const {
  return m_means.model == model() && m_means.cohort == cohort() ? m_means.means : nullptr;
}

ModalityMask Document::mask() const {
  return model() ? maskOf(model()->config(), m_state.masked) : 0;
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
  return !loadingModel() && !loadingSource() && !loadingReference() && !loadingMeans() && !m_runner.waiting();
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

void Document::setMask(ModalityMask mask) {
  if (!model()) return;
  std::set<std::string> names = m_state.masked;
  QStringList shown;
  for (int i = 0; i < model()->config().modalityCount(); ++i) {
    if (modalityState(i) == ModalityState::Absent) continue;
    const std::string& name = model()->config().modalities[static_cast<std::size_t>(i)].name;
    const bool masked = (mask >> i & 1U) != 0;
    masked ? static_cast<void>(names.insert(name)) : static_cast<void>(names.erase(name));
    if (masked) shown << modalityTitle(model()->config(), i);
  }
  edit(&SessionState::masked, std::move(names), Change::Mask,
       shown.isEmpty() ? tr("restore all modalities") : tr("mask %1").arg(shown.join(QStringLiteral(", "))));
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

void Document::setLoadScope(LoadScope scope) {
  edit(&SessionState::loadScope, scope, Change::View, tr("change whose load is shown"), MergeId::LoadScope);
}

void Document::setRoutingView(RoutingView view) {
  edit(&SessionState::routingView, view, Change::View, tr("change the routing view"), MergeId::RoutingView);
}

void Document::setFilter(const std::string& filter) {
  edit(&SessionState::filter, filter, Change::Filter, tr("filter stays"), MergeId::Filter);
}

void Document::setSlices(std::vector<Slice> slices, const QString& text) {
  edit(&SessionState::slices, std::move(slices), Change::Filter, text);
}

void Document::setEdits(RecordEdits edits, const QString& text) {
  if (!sample()) return;
  std::map<std::int64_t, RecordEdits> all = m_state.edits;
  if (edits.empty()) {
    all.erase(m_state.stayId);
  } else {
    all[m_state.stayId] = std::move(edits);
  }
  edit(&SessionState::edits, std::move(all), Change::Edits, text, MergeId::Edits);
}

void Document::pin() {
  if (!model() || !sample()) return;
  setReference({m_state.modelPath, m_state.stayId, m_state.masked, edits()}, tr("pin A"));
}

void Document::unpin() {
  setReference(Reference::asRecorded(), tr("compare with the record"));
}

void Document::compareWithModel(const std::string& path) {
  if (!model() || !sample()) return;
  Reference reference;
  reference.modelPath = path;
  setReference(std::move(reference), tr("compare with %1").arg(fileName(path)));
}

void Document::compareWithStay(std::int64_t stayId) {
  if (!model() || !sample()) return;
  Reference reference;
  reference.stayId = stayId;
  reference.edits = RecordEdits{};
  setReference(std::move(reference), tr("compare with stay %1").arg(stayId));
}

void Document::setReference(Reference reference, const QString& text) {
  edit(&SessionState::reference, std::move(reference), Change::Reference, text);
}

void Document::setIntervention(Intervention intervention) {
  intervention.means = nullptr;
  if (!model() && !intervention.empty()) return;
  if (model()) {
    if (const Result<void> valid = validate(intervention, model()->config()); !valid) {
      Q_EMIT errorRaised(valid.error());
      return;
    }
  }
  const QString text = intervention.empty() ? tr("model as trained") : interventionText(intervention);
  edit(&SessionState::intervention, std::move(intervention), Change::Intervention, text);
}

void Document::setFlipped(bool flipped) {
  if (flipped == m_flipped || (flipped && !comparable())) return;
  m_flipped = flipped;
  Q_EMIT resultChanged();
}

void Document::setProjectionWanted(bool wanted) {
  setDetails({wanted, nullptr, m_details.attention, {}});
}

void Document::setAttentionWanted(bool wanted) {
  setDetails({m_details.projection, nullptr, wanted, {}});
}

void Document::setDetails(const PredictOptions& details) {
  if (details.projection == m_details.projection && details.attention == m_details.attention) return;
  m_details = details;
  requestResult();
}

template <class T>
void Document::edit(T SessionState::*field, T value, Change change, const QString& text, MergeId mergeId) {
  if (m_state.*field == value) return;
  m_undoStack.push(new SetValue<T>(*this, field, std::move(value), change, text, mergeId));
}

template <class T>
void Document::assign(T SessionState::*field, const T& value, Change change) {
  m_state.*field = value;
  if (change == Change::Edits) makeSample();
  Q_EMIT changed(change);
  if (change != Change::View && change != Change::Filter) requestResult();
}

void Document::replace(OpenedModel opened) {
  if (m_state.reference.modelPath == m_state.modelPath) m_kept.model = m_opened.model;
  m_opened.model = std::move(opened);
  m_state.modelPath = m_opened.model.path;
  // Another model has other modalities and experts: nothing of the old result can be shown beside it.
  m_result.reset();
  m_reference.reset();
  m_flipped = false;
  m_trace.clear();
  Q_EMIT changed(Change::Model);
  requestResult();
}

void Document::replace(OpenedSource opened) {
  const bool sameCohort = opened.cohort == m_opened.source.cohort;
  if (m_state.reference.stayId == m_state.stayId) {
    m_kept.cohort = m_opened.source.cohort;
    m_kept.stayId = m_state.stayId;
    m_kept.sample = recordedSample();
  }
  m_stayLoader.cancel();
  m_opened.source = std::move(opened);
  m_state.cohortPath = m_opened.source.path;
  m_state.stayId = m_opened.source.stayId;
  makeSample();
  Q_EMIT changed(sameCohort ? Changes(Change::Stay) : Change::Cohort | Change::Stay);
  requestResult();
}

void Document::replace(SessionState state, Opened opened) {
  m_stayLoader.cancel();
  const bool sameModel = opened.model.model == m_opened.model.model;
  m_state = std::move(state);
  m_opened = std::move(opened);
  if (cohort()) m_state.stayId = m_opened.source.stayId;
  if (!sameModel) {
    m_result.reset();
    m_reference.reset();
    m_flipped = false;
    m_trace.clear();
  }
  makeSample();
  Q_EMIT changed(Change::Model | Change::Cohort | Change::Stay | Change::Mask | Change::Edits | Change::Reference |
                 Change::Filter | Change::View | Change::Intervention);
  requestResult();
}

void Document::makeSample() {
  m_sample = cohort() ? applyEdits(recordedSample(), edits(), cohort()->info().windowHours) : nullptr;
}

void Document::commit(OpenedSource opened, const QString& text, Recording recording) {
  if (recording == Recording::Silent) {
    replace(std::move(opened));
    return;
  }
  if (opened.cohort == cohort()) {
    m_undoStack.push(new SetOpened<OpenedSource>(*this, m_opened.source, std::move(opened), text));
    return;
  }
  // Stays of another cohort are other stays: what was said of those of the old one goes with it.
  m_undoStack.beginMacro(text);
  edit(&SessionState::edits, {}, Change::Edits, text);
  if (m_state.reference.stayId) unpin();
  m_undoStack.push(new SetOpened<OpenedSource>(*this, m_opened.source, std::move(opened), text));
  m_undoStack.endMacro();
}

bool Document::resolveReference() {
  const Reference& wanted = m_state.reference;
  const std::string path = wanted.modelPath.value_or(m_state.modelPath);
  const std::int64_t stay = wanted.stayId.value_or(m_state.stayId);
  const bool keptModel = path == m_kept.model.path && m_kept.model.model;
  const bool keptSample = stay == m_kept.stayId && cohort() == m_kept.cohort && m_kept.sample;
  const ModelPtr found = path == m_state.modelPath ? model() : keptModel ? m_kept.model.model : nullptr;
  const SamplePtr recorded = stay == m_state.stayId ? recordedSample() : keptSample ? m_kept.sample : nullptr;
  if (found && recorded) {
    m_referenceLoader.cancel();
    const RecordEdits& changes = wanted.edits ? *wanted.edits : edits();
    m_referenceSubject = {
        found, applyEdits(recorded, changes, cohort()->info().windowHours),
        wanted.masked ? maskOf(found->config(), *wanted.masked) : maskOf(found->config(), m_state.masked)};
    return true;
  }
  if (loadingReference() && m_wantedReference == std::pair(path, stay)) return false;
  m_wantedReference = {path, stay};
  const auto read = [open = m_openers.model, store = cohort(), kept = m_kept, found, recorded, path,
                     stay]() -> Result<OpenedReference> {
    OpenedReference reference = kept;
    if (!found) {
      const Result<OpenedModel> opened = open(path);
      if (!opened) return failure(opened.error());
      reference.model = *opened;
    }
    if (!recorded) {
      const Result<SamplePtr> sample = store->read(stay);
      if (!sample) return failure(sample.error());
      reference.cohort = store;
      reference.stayId = stay;
      reference.sample = *sample;
    }
    return reference;
  };
  m_referenceLoader.start(read, [this](Result<OpenedReference> reference) {
    if (reference) {
      m_kept = std::move(*reference);
      requestResult();
    } else {
      unpin();
      Q_EMIT errorRaised(reference.error());
    }
    Q_EMIT loadingChanged();
    reportIfSettled();
  });
  Q_EMIT loadingChanged();
  return false;
}

bool Document::resolveMeans() {
  const bool needed = m_state.intervention.missing == MissingSubstitute::TrainingMean;
  if (!needed || intervention().means) {
    m_meansLoader.cancel();
    return true;
  }
  if (loadingMeans() && m_means.model == model() && m_means.cohort == cohort()) return false;
  m_means = {model(), cohort(), nullptr};
  // Through a connection of its own: reading the whole cohort holds up nobody.
  const auto read = [open = m_openers.cohort, path = m_state.cohortPath, of = m_means]() -> Result<MeansOf> {
    const Result<CohortPtr> own = open(path);
    if (!own) return failure(own.error());
    const Result<EncodingMeansPtr> means = of.model->encodingMeans(**own, kTrainSplit, {}, {});
    if (!means) return failure(means.error());
    return MeansOf{of.model, of.cohort, *means};
  };
  m_meansLoader.start(read, [this](Result<MeansOf> means) {
    if (means) {
      m_means = std::move(*means);
      requestResult();
    } else {
      Q_EMIT errorRaised(means.error());
      Intervention without = m_state.intervention;
      without.missing = MissingSubstitute::AsTrained;
      setIntervention(std::move(without));
    }
    Q_EMIT loadingChanged();
    reportIfSettled();
  });
  Q_EMIT loadingChanged();
  return false;
}

void Document::requestResult() {
  if (!model() || !sample()) {
    m_runner.cancel();
    dropResults();
    return;
  }
  if (!resolveReference()) m_referenceSubject = {model(), recordedSample(), 0};
  if (!resolveMeans()) return m_runner.cancel();  // what is shown stays until they are there
  m_runner.request({model(), sample(), mask(), intervention()}, m_referenceSubject, m_details);
}

void Document::dropResults() {
  m_result.reset();
  m_reference.reset();
  m_flipped = false;
  Q_EMIT resultChanged();
}

void Document::accept(const ResultPtr& result, const ResultPtr& reference) {
  m_result = result;
  m_reference = reference;
  m_trace.append(*result, m_state.stayId, m_undoStack.index());
  Q_EMIT resultChanged();
  reportIfSettled();
}

void Document::reportIfSettled() {
  if (settled()) Q_EMIT becameSettled();
}

}  // namespace fusemoe::ui
