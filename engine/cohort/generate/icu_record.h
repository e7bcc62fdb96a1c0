#pragma once

#include <cstdint>

#include "api/sample.h"
#include "cohort/generate/icu_patient.h"

// Inside engine/cohort only.
namespace fusemoe {

/// Widths of the vectors of an event.
struct IcuWidths {
  int text = 32, cxr = 32, ecg = 16;
  bool operator==(const IcuWidths&) const = default;
};
/// Those of the paper: BioClinicalBERT, DenseNet-121, ECG autoencoder.
inline constexpr IcuWidths kPaperWidths{768, 1024, 256};

/// What is measured of a patient: modalities ts, text, cxr, ecg, without labels. Each modality is drawn on its own, so
/// that widths do not change the vitals.
Sample drawRecord(std::uint64_t seed, const IcuPatient& patient, const IcuWidths& widths);

}  // namespace fusemoe
