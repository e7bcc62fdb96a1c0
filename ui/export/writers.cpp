#include "export/writers.h"

#include <QRegularExpression>
#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QSaveFile>
#include <QSvgGenerator>

namespace fusemoe::ui {
namespace {

constexpr int kScreenDpi = 96;
constexpr double kPointsPerPixel = 72.0 / kScreenDpi;

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::Export)
};

QString factsLine(const Provenance& provenance) {
  QStringList parts;
  for (const auto& [name, value] : provenance.facts()) parts << QStringLiteral("%1: %2").arg(name, value);
  return parts.join(QStringLiteral("; "));
}

QByteArray pngOf(const Figure& figure) {
  QImage image = imageOf(figure);
  image.setText(QStringLiteral("Title"), figure.title);
  image.setText(QStringLiteral("Software"), figure.provenance.program);
  for (const auto& [name, value] : figure.provenance.facts()) image.setText(name, value);
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return bytes;
}

QByteArray svgOf(const Figure& figure) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  const QSize size = figureSize(figure);
  QSvgGenerator svg;
  svg.setOutputDevice(&buffer);
  svg.setResolution(kScreenDpi);
  svg.setSize(size);
  svg.setViewBox(QRect(QPoint(0, 0), size));
  svg.setTitle(figure.title);
  svg.setDescription(factsLine(figure.provenance));
  QPainter painter(&svg);
  drawFigure(painter, figure);
  painter.end();
  return bytes;
}

QByteArray pdfOf(const Figure& figure) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter pdf(&buffer);
  pdf.setTitle(QStringLiteral("%1 (%2)").arg(figure.title, factsLine(figure.provenance)));
  pdf.setCreator(figure.provenance.program);
  pdf.setResolution(kScreenDpi);
  pdf.setPageSize(
      QPageSize(QSizeF(figureSize(figure)) * kPointsPerPixel, QPageSize::Point, QString(), QPageSize::ExactMatch));
  pdf.setPageMargins(QMarginsF(0, 0, 0, 0));
  QPainter painter(&pdf);
  drawFigure(painter, figure);
  painter.end();
  return bytes;
}

QString quoted(const QString& cell) {
  static const QRegularExpression kSpecial(QStringLiteral("[,\"\r\n]"));
  if (!cell.contains(kSpecial)) return cell;
  return '"' + QString(cell).replace('"', QStringLiteral("\"\"")) + '"';
}

QString csvLine(const QStringList& cells) {
  QStringList all;
  for (const QString& cell : cells) all << quoted(cell);
  return all.join(',') + QStringLiteral("\r\n");
}

}  // namespace

QString suffixOf(Format format) {
  switch (format) {
    case Format::Png:
      return QStringLiteral("png");
    case Format::Svg:
      return QStringLiteral("svg");
    case Format::Pdf:
      return QStringLiteral("pdf");
    case Format::Csv:
      return QStringLiteral("csv");
  }
  return {};
}

Result<Format> formatOf(const QString& path) {
  const QString suffix = QFileInfo(path).suffix().toLower();
  for (const Format format : {Format::Png, Format::Svg, Format::Pdf, Format::Csv})
    if (suffix == suffixOf(format)) return format;
  return failure(Text::tr("%1 says no format to export to.").arg(QFileInfo(path).fileName()).toStdString(),
                 Text::tr("Its name must end in .png, .svg, .pdf or .csv.").toStdString());
}

QImage imageOf(const Figure& figure, int scale) {
  QImage image(figureSize(figure) * scale, QImage::Format_RGB32);
  image.setDevicePixelRatio(scale);
  QPainter painter(&image);
  drawFigure(painter, figure);
  return image;
}

QByteArray csvOf(const Table& table, const Provenance& provenance) {
  QString text;
  for (const auto& [name, value] : provenance.facts())
    text += QStringLiteral("# %1: %2\r\n").arg(name, QString(value).replace('\n', ' '));
  if (!table.columns.isEmpty()) text += csvLine(table.columns);
  for (const QStringList& row : table.rows) text += csvLine(row);
  return text.toUtf8();
}

QString tabSeparated(const Table& table) {
  const auto line = [](const QStringList& cells) {
    QStringList plain;
    for (const QString& cell : cells) plain << cell.simplified();
    return plain.join('\t') + '\n';
  };
  QString text = line(table.columns);
  for (const QStringList& row : table.rows) text += line(row);
  return text;
}

QByteArray bytesOf(const Figure& figure, Format format) {
  switch (format) {
    case Format::Png:
      return pngOf(figure);
    case Format::Svg:
      return svgOf(figure);
    case Format::Pdf:
      return pdfOf(figure);
    case Format::Csv:
      return csvOf(figure.table, figure.provenance);
  }
  return {};
}

Result<void> writeWhole(const QString& path, const QByteArray& bytes) {
  const QFileInfo file(path);
  const QString folder = QDir::toNativeSeparators(file.absolutePath());
  if (!QFileInfo(file.absolutePath()).isDir()) {
    return failure(Text::tr("There is no folder %1.").arg(folder).toStdString(),
                   Text::tr("Create it, or choose another one.").toStdString());
  }
  if (bytes.isEmpty()) {
    return failure(Text::tr("%1 could not be drawn.").arg(file.fileName()).toStdString(),
                   Text::tr("Make the view larger and export again.").toStdString());
  }
  QSaveFile out(path);
  if (!out.open(QIODevice::WriteOnly)) {
    return failure(
        Text::tr("%1 could not be written: the folder %2 is not writable.").arg(file.fileName(), folder).toStdString(),
        Text::tr("Choose another folder.").toStdString(), out.errorString().toStdString());
  }
  if (out.write(bytes) != bytes.size() || !out.commit()) {
    return failure(Text::tr("%1 could not be written to the end.").arg(file.fileName()).toStdString(),
                   Text::tr("Is the disk full? The file is as it was before.").toStdString(),
                   out.errorString().toStdString());
  }
  return {};
}

}  // namespace fusemoe::ui
