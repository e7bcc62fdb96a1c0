#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include "base/result.h"
#include "export/figure.h"

class QImage;

namespace fusemoe::ui {

enum class Format { Png, Svg, Pdf, Csv };

/// "png", "svg", "pdf", "csv".
QString suffixOf(Format format);
/// By the ending of a file name. Error: another ending, or none.
Result<Format> formatOf(const QString& path);

/// A figure as a picture at `scale` device pixels a pixel.
QImage imageOf(const Figure& figure, int scale = 2);

/// A figure as the bytes of a file; provenance is in the footer, in PNG text, in the title and author fields of PDF and
/// SVG, and in comment lines of CSV. CSV of a view without numbers holds the comments alone. Any thread.
QByteArray bytesOf(const Figure& figure, Format format);

/// RFC 4180, UTF-8, lines end in CR LF; `# name: value` lines first.
QByteArray csvOf(const Table& table, const Provenance& provenance);

/// For the clipboard: what spreadsheets take.
QString tabSeparated(const Table& table);

/// Writes a file whole or not at all. Errors: no such folder, not writable, disk full; each says what and what next.
Result<void> writeWhole(const QString& path, const QByteArray& bytes);

}  // namespace fusemoe::ui
