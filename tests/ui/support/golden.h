#pragma once

#include <QImage>
#include <QString>

namespace fusemoe::test {

/// Compares a picture with tests/golden/<name>.png. Fonts and rasterisers differ a little between machines, so two
/// pictures are the same when no 8×8 block differs by more than `tolerance` (0 … 255) in its mean colour, and sizes are
/// equal. On a difference the candidate and a picture of the difference are written to $FUSEMOE_GOLDEN_OUT (or the
/// working directory), and the answer says where; empty = the same. With FUSEMOE_GOLDEN_UPDATE=1 it writes the golden
/// image instead.
QString compareWithGolden(const QImage& picture, const QString& name, int tolerance = 24);

}  // namespace fusemoe::test
