#pragma once

#include <cstdint>
#include <stop_token>
#include <string>

#include "api/encoder_description.h"
#include "api/model_files.h"
#include "base/progress.h"
#include "cohort/cohort_store.h"

namespace fusemoe {

struct EncodeReport {
  std::string output;  ///< without its password
  int width = 0;       ///< of the new vectors
  std::int64_t stays = 0, vectors = 0;
  std::int64_t staysBefore = 0, staysAfter = 0;  ///< that have the modality
  std::int64_t gained = 0, lost = 0;             ///< of those, that did not have it before; that no longer have it
  std::int64_t skipped = 0;                      ///< documents of the modality that are of another kind
};

/// Writes a copy of a cohort in which the vectors of one modality are those an encoder gives: for each image or
/// waveform of a stay, at its hour, or for each vector the stay had. A stay without such an input does not have the
/// modality any more. All else is copied as it is; the description says what was done. Errors, which leave `to` as it
/// was: no such modality or not one of vectors; no stay with an input of that kind; an input that cannot be read, or of
/// another sampling rate; those of the encoder and of `copyCohort`.
Result<EncodeReport> encodeCohort(const CohortStore& source, const std::string& to, const std::string& modality,
                                  const EncoderDescription& description, const Encoder& encoder,
                                  const ProgressSink& progress, const std::stop_token& stop);

}  // namespace fusemoe
