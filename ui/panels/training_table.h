#pragma once

#include "state/table.h"

namespace fusemoe::ui {

class TrainingSession;

/// The numbers of a run, a number a row: of the steps (or means over neighbours, where they are many) and of the
/// epochs. `identifiers`: with the number of the watched stay.
Table trainingTable(const TrainingSession& training, bool identifiers);

}  // namespace fusemoe::ui
