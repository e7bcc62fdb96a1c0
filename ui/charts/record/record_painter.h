#pragma once

#include <optional>
#include <utility>

#include "charts/record/record_layout.h"

class QPainter;

namespace fusemoe::ui {

struct Theme;

/// A mark by lane and position in it.
struct MarkRef {
  std::size_t lane = 0, mark = 0;
  bool operator==(const MarkRef&) const = default;
};

/// What to draw of a record, and what is pointed at.
struct RecordPicture {
  const RecordContent& content;
  const RecordLayout& layout;
  const Theme& theme;
  std::optional<double> cursor{};  ///< hour
  int bin = -1;                    ///< time bin whose weights the content has
  int modality = -1;               ///< the one to light up; −1 = all alike
  std::optional<MarkRef> selected{}, hovered{};
  std::optional<MaskWindow> window{};  ///< time window being chosen
  bool focused = false;                ///< the selected mark has the keyboard
  bool hints = true;                   ///< says what can be done, where nothing is pointed at
};

/// Draws it with vectors alone: hatches are lines, so that an export keeps them sharp.
void drawRecord(QPainter& painter, const RecordPicture& picture);

}  // namespace fusemoe::ui
