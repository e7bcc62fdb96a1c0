#pragma once

#include <QStringList>
#include <vector>

namespace fusemoe::ui {

/// The numbers of a view, for CSV: a heading a column, and rows of as many cells. Numbers are written in full, with a
/// point, whatever the language.
struct Table {
  QStringList columns;
  std::vector<QStringList> rows;
};

}  // namespace fusemoe::ui
