#pragma once

#include <mutex>
#include <vector>

#include "state/cohort_import.h"
#include "support/gate.h"

namespace fusemoe::test {

/// Importers that import nothing. Sources whose path has "bad" in it are damaged; those with "late" in it turn out so
/// in the middle of the import. An import passes a gate in its middle. Any thread.
class FakeImporting {
 public:
  FakeImporting();

  Gate running;
  ui::Importing functions();
  /// What the last import was asked for.
  ImportRequest request() const;

 private:
  Result<ImportPreview> preview(const ImportRequest& request) const;
  Result<ImportReport> run(const ImportRequest& request, const ProgressSink& progress, const std::stop_token& stop);

  std::vector<ImporterInfo> m_importers;
  mutable std::mutex m_mutex;
  ImportRequest m_request;
};

}  // namespace fusemoe::test
