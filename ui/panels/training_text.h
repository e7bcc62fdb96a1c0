#pragma once

#include <QString>

namespace fusemoe::ui {

class TrainingSession;

/// How far the run is, in words: epoch, time left, best so far, or how it ended.
QString trainingStatus(const TrainingSession& training);
/// What is said beside the form while no field is explained: whether a run is under way, and how it goes about it.
QString setupRemark(const TrainingSession& training);

}  // namespace fusemoe::ui
