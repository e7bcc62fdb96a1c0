#include "support/golden.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <cstdlib>

namespace fusemoe::test {
namespace {

constexpr int kBlock = 8;

/// Mean colour of each 8×8 block.
QImage blocks(const QImage& picture) {
  const int columns = (picture.width() + kBlock - 1) / kBlock;
  const int rows = (picture.height() + kBlock - 1) / kBlock;
  QImage means(columns, rows, QImage::Format_RGB32);
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      int red = 0, green = 0, blue = 0, pixels = 0;
      for (int y = row * kBlock; y < std::min((row + 1) * kBlock, picture.height()); ++y) {
        for (int x = column * kBlock; x < std::min((column + 1) * kBlock, picture.width()); ++x) {
          const QRgb pixel = picture.pixel(x, y);
          red += qRed(pixel);
          green += qGreen(pixel);
          blue += qBlue(pixel);
          ++pixels;
        }
      }
      means.setPixel(column, row, qRgb(red / pixels, green / pixels, blue / pixels));
    }
  }
  return means;
}

/// Largest difference of two block pictures, and where blocks differ in red.
int difference(const QImage& a, const QImage& b, int tolerance, QImage& map) {
  int largest = 0;
  map = QImage(a.size(), QImage::Format_RGB32);
  for (int y = 0; y < a.height(); ++y) {
    for (int x = 0; x < a.width(); ++x) {
      const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
      const int here =
          std::max({std::abs(qRed(p) - qRed(q)), std::abs(qGreen(p) - qGreen(q)), std::abs(qBlue(p) - qBlue(q))});
      map.setPixel(x, y, here > tolerance ? qRgb(255, 0, 0) : qRgb(255 - here, 255 - here, 255 - here));
      largest = std::max(largest, here);
    }
  }
  return largest;
}

}  // namespace

QString compareWithGolden(const QImage& picture, const QString& name, int tolerance) {
  const QString path = QStringLiteral(FUSEMOE_SOURCE_DIR "/tests/golden/%1.png").arg(name);
  const QImage candidate = picture.convertToFormat(QImage::Format_RGB32);
  if (qEnvironmentVariableIntValue("FUSEMOE_GOLDEN_UPDATE") == 1) {
    QDir().mkpath(QFileInfo(path).path());
    return candidate.save(path) ? QString() : QStringLiteral("%1 could not be written").arg(path);
  }
  const QDir out(qEnvironmentVariable("FUSEMOE_GOLDEN_OUT", QDir::currentPath()));
  const QString written = out.filePath(QStringLiteral("%1-candidate.png").arg(QString(name).replace('/', '-')));
  const QImage golden = QImage(path).convertToFormat(QImage::Format_RGB32);
  if (golden.isNull() || golden.size() != candidate.size()) {
    candidate.save(written);
    return golden.isNull() ? QStringLiteral("there is no %1; the picture is %2").arg(path, written)
                           : QStringLiteral("another size than %1; the picture is %2").arg(path, written);
  }
  QImage map;
  const int largest = difference(blocks(golden), blocks(candidate), tolerance, map);
  if (largest <= tolerance) return {};
  candidate.save(written);
  map.scaled(candidate.size())
      .save(QString(written).replace(QStringLiteral("-candidate"), QStringLiteral("-difference")));
  return QStringLiteral("differs from %1 by %2 of 255 in a block; the picture is %3")
      .arg(path)
      .arg(largest)
      .arg(written);
}

}  // namespace fusemoe::test
