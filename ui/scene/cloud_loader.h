#pragma once

#include <QObject>
#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "api/engine.h"
#include "base/latest_worker.h"
#include "base/result.h"
#include "scene/scene_cloud.h"
#include "state/view_context.h"

namespace fusemoe::ui {

class Task;

/// Predicts stays of the open cohort on a thread of its own, one a call and through a connection of its own, and
/// collects their tokens in the space of the result shown: until there are kMostPoints a layer, or no stays left. The
/// stays come evenly spread over the cohort, so that what is there at any time stands for all. Tokens of modalities
/// that a stay lacks or the user masks are left out: they all lie on one place. It stands still while the user's own
/// state is computed, so that a toggle waits for one stay at most. GUI thread.
class CloudLoader : public QObject {
  Q_OBJECT

 public:
  static constexpr std::size_t kMostPoints = 100'000;

  explicit CloudLoader(const ViewContext& context, QObject* parent = nullptr);
  ~CloudLoader() override;

  /// Loads for the document as it is now, and again whenever model, cohort, mask or space change; ends with stop().
  void start();
  void stop();
  bool loading() const { return m_task != nullptr; }
  /// Points so far; null when there are none.
  CloudPtr cloud(int layer) const;
  /// Stays they are of.
  std::size_t stays() const { return m_stays; }

 Q_SIGNALS:
  /// More points, other points, or none any more; or the work ended.
  void changed();
  /// The user asked for an end: what is there stays.
  void cancelled();

 private:
  /// What the points depend on.
  struct Wanted {
    ModelPtr model;
    std::string cohortPath;
    ModalityMask mask = 0;
    BasisPtr basis;
    bool sameSpace(const Wanted& other) const;
    bool operator==(const Wanted& other) const;
  };
  using Layers = std::vector<SceneCloud>;
  struct Batch {
    Layers layers;
    std::size_t stays = 0;  ///< so far
    bool last = false;
    Result<void> outcome;
  };
  class Run;

  Wanted wanted() const;
  void follow();
  void begin(const Wanted& wanted);
  void accept(const Batch& batch);
  void hold(bool held);
  void end();

  ViewContext m_context;
  bool m_started = false;
  Wanted m_wanted;
  std::size_t m_ticket = 0;
  std::size_t m_stays = 0;
  std::size_t m_total = 0;
  bool m_stale = false;  ///< the points are of an earlier mask: the first new ones replace them
  std::vector<std::shared_ptr<SceneCloud>> m_layers;
  std::unique_ptr<Task> m_task;
  /// True while the worker stands still, because the user's own state is being computed; a run has its own.
  std::shared_ptr<std::atomic<bool>> m_hold;
  LatestWorker m_worker;  // last: joins before the rest goes
};

}  // namespace fusemoe::ui
