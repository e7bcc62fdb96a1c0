#pragma once

#include <cstdint>
#include <vector>

#include "api/sample.h"
#include "cohort/cohort_document.h"
#include "cohort/generate/icu_patient.h"

// Inside engine/cohort only.
namespace fusemoe {

/// A document for every event of the stay: a note, an X-ray (PNG, 128 × 128, 16 grey levels), an ECG
/// of three leads and five seconds. Each says in its title and in itself that it is synthetic. In the order
/// CohortWriter asks for.
std::vector<StayDocument> drawDocuments(std::uint64_t seed, const IcuPatient& patient, const Sample& record);

}  // namespace fusemoe
