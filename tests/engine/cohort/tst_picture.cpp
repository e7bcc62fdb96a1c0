#include <QBuffer>
#include <QImage>
#include <QtTest>
#include <cmath>

#include "cohort/picture.h"

using namespace fusemoe;

namespace {

QByteArray encoded(const QImage& image, const char* format) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  if (!image.save(&buffer, format, 100)) qFatal("cannot encode");
  return bytes;
}

std::string_view view(const QByteArray& bytes) {
  return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

/// Left half red, right half grey.
QImage twoColours() {
  QImage image(32, 16, QImage::Format_RGB32);
  image.fill(QColor(128, 128, 128));
  for (int y = 0; y < 16; ++y)
    for (int x = 0; x < 16; ++x) image.setPixel(x, y, qRgb(255, 0, 0));
  return image;
}

}  // namespace

/// Pictures made by Qt, read by ours.
class TestPicture : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void reads_data() {
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<double>("error");
    QTest::newRow("PNG") << QByteArray("PNG") << 1e-6;
    QTest::newRow("JPEG") << QByteArray("JPEG") << 0.02;
  }
  void reads() {
    QFETCH(QByteArray, format);
    QFETCH(double, error);
    const QByteArray bytes = encoded(twoColours(), format);
    const auto colour = decodePicture(view(bytes), 3);
    QVERIFY2(colour, colour ? "" : colour.error().detail.c_str());
    QCOMPARE(colour->width, 32);
    QCOMPARE(colour->height, 16);
    QCOMPARE(colour->values.size(), std::size_t{3 * 32 * 16});
    const auto at = [&](int channel, int x) { return colour->values[std::size_t((channel * 16 + 8) * 32 + x)]; };
    for (int channel = 0; channel < 3; ++channel) {
      QVERIFY(std::abs(at(channel, 4) - (channel == 0 ? 1.0 : 0.0)) < error);
      QVERIFY(std::abs(at(channel, 28) - 128 / 255.0) < error);
    }
    const auto grey = decodePicture(view(bytes), 1);
    QVERIFY(grey.has_value());
    QCOMPARE(grey->values.size(), std::size_t{32 * 16});
    QVERIFY(std::abs(grey->values[8 * 32 + 28] - 128 / 255.0) < error);
    // Red is darker than its own number, by either rule of the two formats.
    QVERIFY(grey->values[8 * 32 + 4] > 0.2 && grey->values[8 * 32 + 4] < 0.6);
  }

  void greyKeepsItsLevels() {
    QImage image(256, 2, QImage::Format_Grayscale8);
    for (int x = 0; x < 256; ++x) image.scanLine(0)[x] = image.scanLine(1)[x] = uchar(x);
    const QByteArray bytes = encoded(image, "PNG");
    const auto picture = decodePicture(view(bytes), 1);
    QVERIFY(picture.has_value());
    for (std::size_t x = 0; x < 256; ++x) QCOMPARE(picture->values[x], static_cast<float>(x) / 255.0F);
  }

  void damaged_data() {
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray png = encoded(twoColours(), "PNG"), jpeg = encoded(twoColours(), "JPEG");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("nothing") << QByteArray("neither of the two");
    for (const double share : {0.1, 0.5, 0.9}) {
      QTest::addRow("PNG cut at %.1f", share) << png.left(qsizetype(share * double(png.size())));
      QTest::addRow("JPEG cut at %.1f", share) << jpeg.left(qsizetype(share * double(jpeg.size())));
    }
    QByteArray huge = png;
    huge[16] = huge[20] = 0x7F;  // IHDR: width and height near 2^31
    QTest::newRow("PNG of 2^62 pixels") << huge;
    QByteArray large = jpeg;
    const qsizetype frame = large.indexOf("\xFF\xC0");
    for (int i = 5; i < 9; ++i) large[frame + i] = char(0xFF);  // height and width 65535
    QTest::newRow("JPEG of 2^32 pixels") << large;
  }
  void damaged() {
    QFETCH(QByteArray, bytes);
    QVERIFY(!decodePicture(view(bytes), 1));
    QVERIFY(!decodePicture(view(bytes), 3));
  }

  /// Whatever a bit does, the answer is a picture or an error.
  void flippedBits() {
    for (const char* format : {"PNG", "JPEG"}) {
      const QByteArray bytes = encoded(twoColours(), format);
      for (qsizetype place = 0; place < bytes.size(); ++place) {
        QByteArray changed = bytes;
        changed[place] = char(changed[place] ^ (1 << place % 8));
        const auto picture = decodePicture(view(changed), 1);
        if (picture) QCOMPARE(picture->values.size(), std::size_t(picture->width) * std::size_t(picture->height));
      }
    }
  }
};

QTEST_GUILESS_MAIN(TestPicture)
#include "tst_picture.moc"
