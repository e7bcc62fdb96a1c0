#include "cohort/import/csv_preview.h"

#include <algorithm>

#include "cohort/import/csv_reader.h"

namespace fusemoe {
namespace {

constexpr std::size_t kShownBytes = 80;

/// The beginning of a text, cut between two characters.
std::string shown(std::string_view text) {
  if (text.size() <= kShownBytes) return std::string(text);
  std::size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace

Result<PreviewTable> previewCsv(const std::string& name, const std::string& path) {
  Result<CsvReader> csv = CsvReader::open(path, {});
  if (!csv) return failure(csv.error());
  // The header's names may repeat: fields are asked for by name, so each once.
  std::vector<std::string> columns;
  for (const std::string& column : csv->header())
    if (std::ranges::count(csv->header(), column) == 1) columns.push_back(column);
  if (auto selected = csv->select(columns); !selected) return failure(selected.error());
  PreviewTable table{name, columns, {}};
  while (table.rows.size() < kPreviewRows) {
    const Result<bool> more = csv->next();
    if (!more) return failure(more.error());
    if (!*more) break;
    auto& row = table.rows.emplace_back();
    for (std::size_t c = 0; c < columns.size(); ++c) row.push_back(shown(csv->text(c)));
  }
  return table;
}

}  // namespace fusemoe
