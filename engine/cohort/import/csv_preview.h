#pragma once

#include <string>

#include "cohort/import/importer.h"

namespace fusemoe {

/// The first kPreviewRows rows of a CSV file with all its columns, long fields cut to 80 bytes. Errors: those of
/// CsvReader.
Result<PreviewTable> previewCsv(const std::string& name, const std::string& path);

}  // namespace fusemoe
