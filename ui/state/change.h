#pragma once

#include <QFlags>

namespace fusemoe::ui {

/// What of the document an edit touched, sent with Document::changed.
enum class Change {
  Model = 1,
  Cohort = 2,
  Stay = 4,
  Mask = 8,
  View = 16,  ///< layer, distribution, load measure: the result stays the same
};
Q_DECLARE_FLAGS(Changes, Change)
Q_DECLARE_OPERATORS_FOR_FLAGS(Changes)

}  // namespace fusemoe::ui
