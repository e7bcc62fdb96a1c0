#pragma once

#include <QPicture>
#include <QSize>
#include <QString>

#include "export/provenance.h"
#include "state/table.h"
#include "state/theme.h"

class QPainter;
class QRectF;

namespace fusemoe::ui {

class PanelFrame;

/// A view as it was at one moment, with all that an export says of it: a value that can be drawn and written on any
/// thread. Lines and text are vectors.
struct Figure {
  QString key;  ///< of the panel: names the file
  QString title, subtitle;
  QSize size;  ///< of the content, in pixels of the screen
  QPicture content;
  Table table;
  Provenance provenance;
  Theme theme;
};

/// Records a panel as it is now. A panel that shows what tells patients apart is recorded as its table without it when
/// identifiers are hidden. GUI thread; the panel must have been laid out.
Figure recordFigure(const PanelFrame& panel, const Document& document, const Theme& theme, Identifiers identifiers);

/// Size of the whole figure with title and footer, in pixels.
QSize figureSize(const Figure& figure);
/// Title, subtitle, content and footer into a space of figureSize() from the painter's origin.
void drawFigure(QPainter& painter, const Figure& figure);
/// The content alone, scaled into `area` and centred; its aspect is kept.
void drawContent(QPainter& painter, const Figure& figure, const QRectF& area);

}  // namespace fusemoe::ui
