#include "export/exporter.h"

#include <QMetaObject>
#include <exception>
#include <memory>
#include <utility>

namespace fusemoe::ui {
namespace {

/// The worker's border: nothing foreign is thrown past it.
Result<void> writeOne(const ExportFile& file) {
  try {
    return writeWhole(file.path, file.bytes());
  } catch (const std::exception& error) {
    return failure(file.path.toStdString() + " could not be written.", {}, error.what());
  }
}

}  // namespace

Exporter::Exporter(QObject* parent) : QObject(parent) {
  m_pool.setMaxThreadCount(1);
}

Exporter::~Exporter() {
  m_pool.waitForDone();
}

void Exporter::write(std::vector<ExportFile> files) {
  ++m_running;
  m_pool.start([this, files = std::move(files)] {
    QStringList paths;
    auto error = std::make_shared<Result<void>>();
    for (const ExportFile& file : files) {
      *error = writeOne(file);
      if (!*error) break;
      paths << file.path;
    }
    const auto deliver = [this, paths, error] {
      --m_running;
      if (*error)
        Q_EMIT written(paths);
      else
        Q_EMIT failed(error->error());
    };
    QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
  });
}

void Exporter::draw(const Figure& figure, std::function<void(const QImage&)> done) {
  ++m_running;
  m_pool.start([this, figure, done = std::move(done)] {
    const QImage image = imageOf(figure);
    const auto deliver = [this, image, done] {
      --m_running;
      done(image);
    };
    QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
  });
}

ExportFile fileOf(const Figure& figure, const QString& path, Format format) {
  return {path, [figure, format] { return bytesOf(figure, format); }};
}

ExportFile fileOf(const Report& report, const QString& path) {
  return {path, [report] { return pdfOf(report); }};
}

}  // namespace fusemoe::ui
