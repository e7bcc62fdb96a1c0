#pragma once

#include <QString>

#include "charts/record/record_painter.h"

namespace fusemoe::ui {

// What the record view says of what is pointed at, as rich text.

QString markTip(const RecordContent& content, const MarkRef& ref, int bin);
QString laneTip(const RecordLane& lane);
QString factTip(const RecordFact& fact);
/// The same of a mark without markup, for screen readers.
QString plainText(const RecordContent& content, const MarkRef& ref);

}  // namespace fusemoe::ui
