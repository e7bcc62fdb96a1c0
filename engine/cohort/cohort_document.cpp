#include "cohort/cohort_document.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace fusemoe {

static_assert(std::endian::native == std::endian::little, "waveforms are stored little-endian, as they lie in memory");

namespace {

constexpr std::string_view kMagic = "FMW1";

/// What a waveform's bytes begin with; unit and names follow, a line each, then the leads' numbers one after the other.
struct Header {
  char magic[4];
  std::uint32_t leads = 0;
  std::uint32_t samples = 0;  ///< of each lead
  std::uint32_t textBytes = 0;
  double rate = 0;
};
static_assert(sizeof(Header) == 24);

bool isLine(const std::string& text) {
  return isPlainText(text) && text.find('\n') == std::string::npos;
}

std::string faultOf(const Waveform& waveform) {
  if (waveform.leads.empty() || waveform.leads.size() > kMaxLeads)
    return "a waveform has 1 to " + std::to_string(kMaxLeads) + " leads";
  if (!(std::isfinite(waveform.rate) && waveform.rate > 0)) return "a waveform's rate is a positive number";
  if (!isLine(waveform.unit)) return "a waveform's unit is one line of text";
  for (const Waveform::Lead& lead : waveform.leads) {
    if (!isLine(lead.name)) return "a lead's name is one line of text";
    if (lead.values.empty() || lead.values.size() != waveform.leads.front().values.size())
      return "the leads of a waveform have equally many values";
    if (std::ranges::any_of(lead.values, [](float value) { return std::isinf(value); }))
      return "a waveform has an infinite value";
  }
  return {};
}

}  // namespace

Result<std::string> encodeWaveform(const Waveform& waveform) {
  if (std::string fault = faultOf(waveform); !fault.empty()) return failure(std::move(fault));
  std::string text = waveform.unit;
  for (const Waveform::Lead& lead : waveform.leads) text += '\n' + lead.name;
  Header header;
  std::memcpy(header.magic, kMagic.data(), kMagic.size());
  header.leads = static_cast<std::uint32_t>(waveform.leads.size());
  header.samples = static_cast<std::uint32_t>(waveform.leads.front().values.size());
  header.textBytes = static_cast<std::uint32_t>(text.size());
  header.rate = waveform.rate;
  std::string content(reinterpret_cast<const char*>(&header), sizeof(header));
  content += text;
  for (const Waveform::Lead& lead : waveform.leads)
    content.append(reinterpret_cast<const char*>(lead.values.data()), lead.values.size() * sizeof(float));
  if (static_cast<std::int64_t>(content.size()) > kMaxDocumentBytes) return failure("the waveform is too long");
  return content;
}

Result<Waveform> decodeWaveform(std::string_view content) {
  Header header;
  if (content.size() < sizeof(header) || !content.starts_with(kMagic)) return failure("it is no waveform");
  std::memcpy(&header, content.data(), sizeof(header));
  // Each factor is below 2^32, so that the product fits before it is compared.
  const std::uint64_t numbers = std::uint64_t{header.leads} * header.samples;
  if (header.leads == 0 || header.leads > kMaxLeads || numbers > static_cast<std::uint64_t>(kMaxDocumentBytes) ||
      content.size() != sizeof(header) + header.textBytes + numbers * sizeof(float))
    return failure("its length is not what its header says");
  Waveform waveform;
  waveform.rate = header.rate;
  std::string_view text = content.substr(sizeof(header), header.textBytes);
  const auto line = [&text] {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string taken(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    return taken;
  };
  if (std::ranges::count(text, '\n') != static_cast<std::ptrdiff_t>(header.leads))
    return failure("it does not name each of its leads");
  waveform.unit = line();
  const char* values = content.data() + sizeof(header) + header.textBytes;
  for (std::uint32_t i = 0; i < header.leads; ++i) {
    Waveform::Lead lead{line(), std::vector<float>(header.samples)};
    std::memcpy(lead.values.data(), values, lead.values.size() * sizeof(float));
    values += lead.values.size() * sizeof(float);
    waveform.leads.push_back(std::move(lead));
  }
  if (std::string fault = faultOf(waveform); !fault.empty()) return failure(std::move(fault));
  return waveform;
}

bool isPlainText(std::string_view content) {
  for (std::size_t i = 0; i < content.size();) {
    const auto first = static_cast<unsigned char>(content[i]);
    const std::size_t length = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
    if (first == 0 || length == 0 || i + length > content.size()) return false;
    std::uint32_t code = length == 1 ? first : first & (0x7FU >> length);
    for (std::size_t k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(content[i + k]);
      if (next >> 6 != 2) return false;
      code = code << 6 | (next & 0x3FU);
    }
    // Too long for its number, a surrogate, or past Unicode's end.
    static constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < kLeast[length] || (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF) return false;
    i += length;
  }
  return true;
}

Result<void> checkDocument(DocumentKind kind, std::string_view content) {
  if (static_cast<std::int64_t>(content.size()) > kMaxDocumentBytes) return failure("a document is larger than 64 MiB");
  if (kind == DocumentKind::Text && !isPlainText(content)) return failure("a text is not UTF-8");
  if (kind == DocumentKind::Waveform) {
    if (auto waveform = decodeWaveform(content); !waveform)
      return failure("a waveform cannot be read: " + waveform.error().what);
  }
  const bool picture = content.starts_with("\x89PNG\r\n\x1a\n") || content.starts_with("\xFF\xD8\xFF");
  if (kind == DocumentKind::Image && !picture) return failure("an image is neither PNG nor JPEG");
  return {};
}

}  // namespace fusemoe
