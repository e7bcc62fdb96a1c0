#include "window/icons.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace fusemoe::ui {
namespace {

/// Fills the shape of a drawing with a colour of the palette each time it is painted, so that a change of theme needs
/// no new icons.
class ThemedIconEngine : public QIconEngine {
 public:
  explicit ThemedIconEngine(const QString& name) : m_name(name) {}

  void paint(QPainter* painter, const QRect& area, QIcon::Mode mode, QIcon::State state) override {
    const double scale = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
    painter->drawPixmap(area, drawn((QSizeF(area.size()) * scale).toSize(), colour(mode, state)));
  }
  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    return drawn(size, colour(mode, state));
  }
  QIconEngine* clone() const override { return new ThemedIconEngine(m_name); }
  QString key() const override { return QStringLiteral("fusemoe-themed"); }
  bool isNull() override { return false; }

 private:
  static QColor colour(QIcon::Mode mode, QIcon::State state) {
    const QPalette palette = QGuiApplication::palette();
    if (mode == QIcon::Disabled) return palette.color(QPalette::Disabled, QPalette::ButtonText);
    return palette.color(QPalette::Active, state == QIcon::On ? QPalette::Link : QPalette::ButtonText);
  }

  /// `size` in device pixels.
  QPixmap drawn(const QSize& size, const QColor& tint) const {
    const QString key =
        QStringLiteral("fusemoe-icon/%1/%2x%3/%4").arg(m_name).arg(size.width()).arg(size.height()).arg(tint.name());
    QPixmap picture;
    if (QPixmapCache::find(key, &picture)) return picture;
    picture = QPixmap(size);
    picture.fill(Qt::transparent);
    QSvgRenderer drawing(QStringLiteral(":/icons/%1.svg").arg(m_name));
    QPainter painter(&picture);
    drawing.render(&painter, QRectF(QPointF(0, 0), QSizeF(size)));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(picture.rect(), tint);
    painter.end();
    QPixmapCache::insert(key, picture);
    return picture;
  }

  QString m_name;
};

}  // namespace

QIcon themedIcon(const QString& name) {
  return QIcon(new ThemedIconEngine(name));
}

}  // namespace fusemoe::ui
