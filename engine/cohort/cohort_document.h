#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fusemoe {

enum class DocumentKind { Text, Waveform, Image };

/// One document of a stay (a note, an ECG, a picture), without its content.
struct DocumentEntry {
  std::string modality;
  int position = 0;  ///< numbers the documents of a stay and modality from 0, in order of time
  float hour = 0;
  DocumentKind kind = DocumentKind::Text;
  std::string title;
  std::int64_t bytes = 0;  ///< of the content
  bool operator==(const DocumentEntry&) const = default;
};

/// A document with its content, encoded as SCHEMA.md says for its kind.
struct StayDocument {
  DocumentEntry entry;
  std::string content;
};

/// Several leads recorded together.
struct Waveform {
  struct Lead {
    std::string name;
    std::vector<float> values;  ///< in `unit`; NaN = not recorded; as many in every lead
    bool operator==(const Lead&) const = default;
  };
  double rate = 0;  ///< samples a second
  std::string unit;
  std::vector<Lead> leads;
  bool operator==(const Waveform&) const = default;
};

inline constexpr std::int64_t kMaxDocumentBytes = std::int64_t{64} << 20;
inline constexpr std::size_t kMaxLeads = 64;

/// Errors: no lead or too many, leads of unlike length, an empty one, a name with a line feed, a rate that is not
/// positive, an infinite value.
Result<std::string> encodeWaveform(const Waveform& waveform);
/// Errors: bytes that `encodeWaveform` does not give.
Result<Waveform> decodeWaveform(std::string_view content);

/// True for well-formed UTF-8 without NUL.
bool isPlainText(std::string_view content);

/// Checks content as far as this layer can: text and waveforms wholly, images by their first bytes.
Result<void> checkDocument(DocumentKind kind, std::string_view content);

}  // namespace fusemoe
