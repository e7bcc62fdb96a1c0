#pragma once

#include <QImage>
#include <QObject>
#include <QThreadPool>
#include <functional>

#include "export/report.h"
#include "export/writers.h"

namespace fusemoe::ui {

/// One file to write: its bytes are made on the worker.
struct ExportFile {
  QString path;
  std::function<QByteArray()> bytes;
};

/// Draws and writes files away from the GUI thread, one after the other. GUI thread; destruction waits for what is
/// being written.
class Exporter : public QObject {
  Q_OBJECT

 public:
  explicit Exporter(QObject* parent = nullptr);
  ~Exporter() override;

  /// Written in order; the first error ends it.
  void write(std::vector<ExportFile> files);
  /// Draws a figure as a picture; `done` runs on the GUI thread.
  void draw(const Figure& figure, std::function<void(const QImage&)> done);
  bool busy() const { return m_running > 0; }

 Q_SIGNALS:
  /// A call of write() is over: the files it wrote.
  void written(const QStringList& paths);
  void failed(const fusemoe::Error& error);

 private:
  QThreadPool m_pool;
  int m_running = 0;
};

ExportFile fileOf(const Figure& figure, const QString& path, Format format);
ExportFile fileOf(const Report& report, const QString& path);

}  // namespace fusemoe::ui
