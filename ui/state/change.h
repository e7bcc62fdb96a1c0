#pragma once

#include <QFlags>

namespace fusemoe::ui {

/// What of the document an edit touched, sent with Document::changed.
enum class Change {
  Model = 1,
  Cohort = 2,
  Stay = 4,
  Mask = 8,
  Edits = 16,          ///< what-if edits of the stay
  Reference = 32,      ///< what everything is compared with
  Filter = 64,         ///< filter of the stay list, named slices
  View = 128,          ///< layer, distribution, load measure and scope, routing view: the result stays the same
  Intervention = 256,  ///< what is changed about the model while it predicts
};
Q_DECLARE_FLAGS(Changes, Change)
Q_DECLARE_OPERATORS_FOR_FLAGS(Changes)

}  // namespace fusemoe::ui
