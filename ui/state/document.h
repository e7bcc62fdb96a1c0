#pragma once

#include <QObject>
#include <QUndoStack>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/engine.h"
#include "cohort/cohort_store.h"
#include "session/session_state.h"
#include "state/async_loader.h"
#include "state/change.h"
#include "state/database_logins.h"
#include "state/entropy_trace.h"
#include "state/inference_runner.h"

namespace fusemoe::ui {

using StayList = std::shared_ptr<const std::vector<StaySummary>>;

/// The model that is open; all empty when none is.
struct OpenedModel {
  std::string path;
  ModelPtr model;
  EngineInfo engine;
};

/// The cohort that is open and the stay looked at. They change together, so that a stay never meets another cohort.
struct OpenedSource {
  std::string path;
  CohortPtr cohort;
  StayList stays;
  std::int64_t stayId = 0;
  SamplePtr sample;
};

struct Opened {
  OpenedModel model;
  OpenedSource source;
};

/// What a reference names and the session does not have open: kept while it is used. Any part may be empty.
struct OpenedReference {
  OpenedModel model;
  CohortPtr cohort;
  std::int64_t stayId = 0;
  SamplePtr sample;
};

/// A session's model and cohort as read, and why one could not be; never both of a part.
struct OpenedSession {
  Opened opened;
  std::optional<Error> modelError, cohortError;
};

/// Mean encodings of the training stays, of one model and cohort.
struct MeansOf {
  ModelPtr model;
  CohortPtr cohort;
  EncodingMeansPtr means;  ///< null = not known
};

/// A file that a session names.
enum class FileRole { Model, Cohort };

/// Edits of one kind that follow each other become one command; a kind belongs to one field.
enum class MergeId { None = -1, Layer = 1, Distribution, LoadMeasure, LoadScope, RoutingView, Filter, Edits };

/// How files are opened; called on worker threads.
struct Openers {
  std::function<Result<OpenedModel>(const std::string& path)> model;
  std::function<Result<CohortPtr>(const std::string& path)> cohort;
};

/// The one mutable thing: what is open, what the user set, and the result that belongs to it. Every edit is one undo
/// command. Views read it when it says that something changed and never talk to each other. GUI thread only.
class Document : public QObject {
  Q_OBJECT

 public:
  static constexpr int kUndoLimit = 200;

  explicit Document(Openers openers, QObject* parent = nullptr);
  ~Document() override;

  const SessionState& state() const { return m_state; }
  const ModelPtr& model() const { return m_opened.model.model; }
  const EngineInfo& engine() const { return m_opened.model.engine; }
  const CohortPtr& cohort() const { return m_opened.source.cohort; }
  /// All stays of the cohort, ascending id; null when no cohort is open.
  const StayList& stays() const { return m_opened.source.stays; }
  /// The stay looked at, with its what-if edits made; and as it is in the cohort.
  const SamplePtr& sample() const { return m_sample; }
  const SamplePtr& recordedSample() const { return m_opened.source.sample; }
  /// What-if edits of the stay looked at.
  const RecordEdits& edits() const;
  /// The result to show: the newest of the open model (of an earlier state while `waiting`), or while flipped that of
  /// the reference. Null when there is none.
  const ResultPtr& result() const { return m_flipped && comparable() ? m_reference : m_result; }
  /// The result to show behind it: of the reference, or while flipped of the state. Null when there is none, or none
  /// with the same modalities, experts and layers. The same as `result` when the states are the same.
  const ResultPtr& ghost() const;
  /// The reference's own result, model and sample, also of another model. Null while they come.
  const ResultPtr& reference() const { return m_reference; }
  const ModelPtr& referenceModel() const { return m_referenceSubject.model; }
  const SamplePtr& referenceSample() const { return m_referenceSubject.sample; }
  /// True when the reference's result is there and is of its model: not while another one's is computed.
  bool referenceKnown() const;
  /// True when the reference's result can be drawn behind the current one.
  bool comparable() const;
  bool flipped() const { return m_flipped; }
  const EntropyTrace& trace() const { return m_trace; }

  /// Layer shown: that of the state, as far as the open model has it.
  int layer() const;
  /// The shown layer of `result` and `ghost`; null without them.
  const LayerResult* shownLayer() const;
  const LayerResult* ghostLayer() const;
  /// What is changed about the model while it predicts, with the means it needs; those may still be on their way.
  Intervention intervention() const;
  /// Mean encodings of the training stays, of model and cohort; null until an intervention asked for them.
  EncodingMeansPtr trainingMeans() const;
  /// Bit i = modality i of the open model is masked by the user.
  ModalityMask mask() const;
  ModalityState modalityState(int modality) const;
  /// The stay asked for last, which may still be on its way.
  std::int64_t wantedStay() const;

  bool loadingModel() const { return m_modelLoader.loading() || m_sessionLoader.loading(); }
  bool loadingSource() const { return m_cohortLoader.loading() || m_stayLoader.loading() || m_sessionLoader.loading(); }
  bool loadingReference() const { return m_referenceLoader.loading(); }
  /// True while the mean encodings of the training stays are computed, for an intervention that needs them.
  bool loadingMeans() const { return m_meansLoader.loading(); }
  /// The files being opened; none most of the time.
  std::vector<std::string> opening() const;
  /// True when nothing is being read or computed: what is shown is what was asked for.
  bool settled() const;

  /// Those the document was made with, which know the passwords of databases that were named to it.
  const Openers& openers() const { return m_openers; }
  /// Takes down a database URL that the user named himself, with its password, which is held in memory alone; gives it
  /// without. Other URLs are not connected to. Paths are given back as they are.
  std::string nameDatabase(const std::string& location) { return m_logins->keep(location); }
  QUndoStack& undoStack() { return m_undoStack; }
  const InferenceRunner& runner() const { return m_runner; }

  /// Opens what a session names, without undo commands; the stay falls back to a default where the cohort lacks it.
  /// What cannot be opened is told by `openingFailed`; the state names it still, so that it can be looked for.
  void start(const SessionState& wanted);
  /// The same as one command, when everything is read. What is open already is not read again.
  void openSession(const SessionState& wanted, const QString& text);
  /// Drops the answers of all files being opened: what is shown stays.
  void cancelLoading();
  void openModel(const std::string& path);
  void openCohort(const std::string& path);
  void selectStay(std::int64_t stayId);

  /// Masks or unmasks; nothing happens for an absent modality.
  void setMasked(int modality, bool masked);
  void toggleModality(int modality);
  /// Masks the modalities of the mask that the stay has, and no others, as one edit.
  void setMask(ModalityMask mask);
  void restoreModalities();
  void setLayer(int layer);
  void setDistribution(Distribution distribution);
  void setLoadMeasure(LoadMeasure measure);
  void setLoadScope(LoadScope scope);
  void setRoutingView(RoutingView view);
  void setFilter(const std::string& filter);
  void setSlices(std::vector<Slice> slices, const QString& text);

  /// Replaces the what-if edits of the stay looked at. Edits of one gesture become one command.
  void setEdits(RecordEdits edits, const QString& text);
  /// Changes the model while it predicts; what it is compared with stays as trained. Means are not taken over. Raises
  /// an error, and changes nothing, where the open model cannot be changed so.
  void setIntervention(Intervention intervention);
  /// A new gesture (a press of the mouse) begins: what follows is not merged with what was.
  void beginGesture() { ++m_gesture; }
  int gesture() const { return m_gesture; }

  /// Fixes the state as it is now as the reference A.
  void pin();
  /// Compares with the stay as recorded again.
  void unpin();
  /// Compares with another model on the stay, edits and mask shown, whatever they become.
  void compareWithModel(const std::string& path);
  /// Compares with another stay as recorded, in the model and mask shown, whatever they become.
  void compareWithStay(std::int64_t stayId);
  /// While true the reference is shown and the state behind it. Not an edit.
  void setFlipped(bool flipped);
  /// What else to compute with each result, because a view shows it. Not an edit.
  void setProjectionWanted(bool wanted);
  void setAttentionWanted(bool wanted);

 Q_SIGNALS:
  void changed(fusemoe::ui::Changes changes);
  /// A new result (or none any more) is there to show.
  void resultChanged();
  /// Computing takes long enough to say so.
  void busyChanged(bool busy);
  /// Reading of files or stays began or ended.
  void loadingChanged();
  void errorRaised(const fusemoe::Error& error);
  /// A file named by a session could not be opened; the rest of the session is kept.
  void openingFailed(fusemoe::ui::FileRole role, const QString& path, const fusemoe::Error& error);
  /// `settled` became true.
  void becameSettled();

 private:
  template <class T>
  friend class SetValue;
  template <class T>
  friend class SetOpened;
  friend class SetSession;
  enum class Recording { Undoable, Silent };

  /// For commands.
  template <class T>
  void assign(T SessionState::*field, const T& value, Change change);
  void replace(OpenedModel opened);
  void replace(OpenedSource opened);
  void replace(SessionState state, Opened opened);

  template <class T>
  void edit(T SessionState::*field, T value, Change change, const QString& text, MergeId mergeId = MergeId::None);
  void loadModel(const std::string& path, Recording recording);
  void loadCohort(const std::string& path, std::int64_t preferredStay, Recording recording);
  void commit(OpenedModel opened, Recording recording);
  void commit(OpenedSource opened, const QString& text, Recording recording);
  void setReference(Reference reference, const QString& text);
  /// Applies edits to the stay looked at.
  void makeSample();
  /// Finds model and sample of the reference, and reads what is missing. False while that is under way; the stay as
  /// recorded stands in for it then.
  bool resolveReference();
  /// Finds the means the intervention needs, and computes them where they are not known. False while that is under way.
  bool resolveMeans();
  void requestResult();
  /// Asks for the result again if what it should have beside the numbers differs.
  void setDetails(const PredictOptions& details);
  void dropResults();
  void accept(const ResultPtr& result, const ResultPtr& reference);
  void reportIfSettled();

  std::shared_ptr<DatabaseLogins> m_logins = std::make_shared<DatabaseLogins>();  ///< shared with workers
  Openers m_openers;
  SessionState m_state;
  Opened m_opened;
  SamplePtr m_sample;
  ResultPtr m_result;
  ResultPtr m_reference;
  Subject m_referenceSubject;
  std::pair<std::string, std::int64_t> m_wantedReference;  // model and stay being read for it
  OpenedReference m_kept;
  MeansOf m_means;
  PredictOptions m_details;
  bool m_flipped = false;
  int m_gesture = 0;
  EntropyTrace m_trace;
  QUndoStack m_undoStack;
  InferenceRunner m_runner;
  std::int64_t m_wantedStay = 0;
  AsyncLoader<OpenedModel> m_modelLoader{this};
  AsyncLoader<OpenedSource> m_cohortLoader{this};
  AsyncLoader<SamplePtr> m_stayLoader{this};
  AsyncLoader<OpenedSession> m_sessionLoader{this};
  AsyncLoader<OpenedReference> m_referenceLoader{this};
  AsyncLoader<MeansOf> m_meansLoader{this};
  std::string m_openingModel, m_openingCohort;  // what the loaders of files read, or last read
};

}  // namespace fusemoe::ui
