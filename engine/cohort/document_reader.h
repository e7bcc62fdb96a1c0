#pragma once

#include <soci/soci.h>

#include <vector>

#include "cohort/cohort_store.h"

// Inside engine/cohort only: reads the table `document`. Throws soci::soci_error.
namespace fusemoe {

Result<std::vector<DocumentEntry>> readDocumentEntries(soci::session& session, const CohortInfo& info,
                                                       std::int64_t stayId);
Result<StayDocument> readDocument(soci::session& session, const CohortInfo& info, std::int64_t stayId,
                                  const std::string& modality, int position);

}  // namespace fusemoe
