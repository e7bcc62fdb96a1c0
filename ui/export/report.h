#pragma once

#include <QByteArray>
#include <QString>
#include <utility>
#include <vector>

#include "base/result.h"
#include "export/figure.h"

namespace fusemoe::ui {

/// A table of the report with its heading.
struct ReportTable {
  QString title;
  Table table;
};

/// The state of a document on paper: a value, drawn on any thread.
struct Report {
  QString title;       ///< of the task
  QString prediction;  ///< "0.42"
  QString comparison;  ///< "−0.11 vs 0.53 as recorded"; may be empty
  Provenance provenance;
  std::vector<ReportTable> tables;  ///< modalities, facts of the model
  std::vector<ReportTable> numbers;
  std::vector<Figure> figures;
};

/// Of the document as it is now, with the figures of its views. GUI thread. Error: there is no result.
Result<Report> recordReport(const Document& document, std::vector<Figure> figures, Identifiers identifiers);

/// A4, one PDF; page numbers and the research line on each page. Any thread.
QByteArray pdfOf(const Report& report);

}  // namespace fusemoe::ui
