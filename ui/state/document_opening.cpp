// Document: what opens files and stays, on worker threads.
#include <algorithm>
#include <bit>
#include <utility>

#include "base/database_url.h"
#include "state/document.h"
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

/// Model and cohort of a session; what of them is open already is taken from there.
OpenedSession openAll(const Openers& openers, const SessionState& wanted, const Opened& now) {
  OpenedSession session;
  if (!wanted.modelPath.empty()) {
    Result<OpenedModel> model = now.model;
    if (wanted.modelPath != now.model.path) model = openers.model(wanted.modelPath);
    if (model) session.opened.model = std::move(*model);
    if (!model) session.modelError = model.error();
  }
  if (!wanted.cohortPath.empty()) {
    Openers reading = openers;
    if (wanted.cohortPath == now.source.path)
      reading.cohort = [&](const std::string&) -> Result<CohortPtr> { return now.source.cohort; };
    Result<OpenedSource> source = openSource(reading, wanted.cohortPath, wanted.stayId);
    if (source) session.opened.source = std::move(*source);
    if (!source) session.cohortError = source.error();
  }
  return session;
}

}  // namespace

void Document::start(const SessionState& named) {
  SessionState wanted = named;
  wanted.cohortPath = withoutPassword(named.cohortPath);
  m_state = wanted;
  Q_EMIT changed(Change::Mask | Change::Edits | Change::Reference | Change::Filter | Change::View |
                 Change::Intervention);
  if (!wanted.modelPath.empty()) loadModel(wanted.modelPath, Recording::Silent);
  if (!wanted.cohortPath.empty()) loadCohort(wanted.cohortPath, wanted.stayId, Recording::Silent);
  if (loadingModel() || loadingSource()) return;
  Q_EMIT loadingChanged();  // there was nothing to open
  reportIfSettled();
}

void Document::openSession(const SessionState& named, const QString& text) {
  SessionState wanted = named;
  wanted.cohortPath = withoutPassword(named.cohortPath);
  m_modelLoader.cancel();
  m_cohortLoader.cancel();
  m_stayLoader.cancel();
  m_openingModel = wanted.modelPath;
  m_openingCohort = wanted.cohortPath;
  const auto read = [openers = m_openers, wanted, now = m_opened]() -> Result<OpenedSession> {
    return openAll(openers, wanted, now);
  };
  m_sessionLoader.start(read, [this, wanted, text](Result<OpenedSession> session) mutable {
    if (session) {
      if (const ModelPtr& model = session->opened.model.model) {
        const Result<void> fits = validate(wanted.intervention, model->config());
        if (!fits) wanted.intervention = {};
        if (!fits) Q_EMIT errorRaised(fits.error());
      }
      m_undoStack.push(new SetSession(*this, wanted, std::move(session->opened), text));
      if (session->modelError)
        Q_EMIT openingFailed(FileRole::Model, QString::fromStdString(wanted.modelPath), *session->modelError);
      if (session->cohortError)
        Q_EMIT openingFailed(FileRole::Cohort, QString::fromStdString(wanted.cohortPath), *session->cohortError);
    } else {
      Q_EMIT errorRaised(session.error());
    }
    Q_EMIT loadingChanged();
    reportIfSettled();
  });
  Q_EMIT loadingChanged();
}

std::vector<std::string> Document::opening() const {
  std::vector<std::string> paths;
  if (loadingModel() && !m_openingModel.empty()) paths.push_back(m_openingModel);
  if ((m_cohortLoader.loading() || m_sessionLoader.loading()) && !m_openingCohort.empty())
    paths.push_back(m_openingCohort);
  if (loadingReference() && m_wantedReference.first != m_state.modelPath) paths.push_back(m_wantedReference.first);
  return paths;
}

void Document::cancelLoading() {
  m_modelLoader.cancel();
  m_cohortLoader.cancel();
  m_sessionLoader.cancel();
  if (loadingReference()) {
    m_referenceLoader.cancel();
    unpin();
  }
  Q_EMIT loadingChanged();
  reportIfSettled();
}

void Document::openModel(const std::string& path) {
  loadModel(path, Recording::Undoable);
}

void Document::openCohort(const std::string& path) {
  loadCohort(nameDatabase(path), m_state.stayId, Recording::Undoable);
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

void Document::loadModel(const std::string& path, Recording recording) {
  m_openingModel = path;
  const auto read = [open = m_openers.model, path] { return open(path); };
  m_modelLoader.start(read, [this, path, recording](Result<OpenedModel> opened) {
    if (opened) {
      commit(std::move(*opened), recording);
    } else if (recording == Recording::Silent) {
      Q_EMIT openingFailed(FileRole::Model, QString::fromStdString(path), opened.error());
    } else {
      Q_EMIT errorRaised(opened.error());
    }
    Q_EMIT loadingChanged();
    reportIfSettled();
  });
  Q_EMIT loadingChanged();
}

void Document::loadCohort(const std::string& path, std::int64_t preferredStay, Recording recording) {
  m_openingCohort = path;
  const auto read = [openers = m_openers, path, preferredStay] { return openSource(openers, path, preferredStay); };
  m_cohortLoader.start(read, [this, path, recording](Result<OpenedSource> opened) {
    if (opened) {
      const QString text = tr("open %1").arg(fileName(opened->path));
      commit(std::move(*opened), text, recording);
    } else if (recording == Recording::Silent) {
      Q_EMIT openingFailed(FileRole::Cohort, QString::fromStdString(path), opened.error());
    } else {
      Q_EMIT errorRaised(opened.error());
    }
    Q_EMIT loadingChanged();
    reportIfSettled();
  });
  Q_EMIT loadingChanged();
}

void Document::commit(OpenedModel opened, Recording recording) {
  // What was changed about the old model may name experts the new one does not have.
  const Result<void> fits = validate(m_state.intervention, opened.model->config());
  if (recording == Recording::Silent) {
    if (!fits) {
      m_state.intervention = {};
      Q_EMIT errorRaised(fits.error());
    }
    replace(std::move(opened));
    return;
  }
  const QString text = tr("open %1").arg(fileName(opened.path));
  auto* open = new SetOpened<OpenedModel>(*this, m_opened.model, std::move(opened), text);
  if (fits) return m_undoStack.push(open);
  m_undoStack.beginMacro(text);
  setIntervention({});
  m_undoStack.push(open);
  m_undoStack.endMacro();
}

}  // namespace fusemoe::ui
