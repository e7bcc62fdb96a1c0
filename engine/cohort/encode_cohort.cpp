#include "cohort/encode_cohort.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "cohort/cohort_copy.h"
#include "cohort/picture.h"

namespace fusemoe {
namespace {

/// Numbers and their shape, as an encoder takes them.
struct EncoderValues {
  std::vector<float> values;
  std::vector<std::int64_t> shape;
};

std::string plural(EncoderInput input) {
  return std::string(nameOf(input)) + "s";
}

DocumentKind kindOf(EncoderInput input) {
  return input == EncoderInput::Image ? DocumentKind::Image : DocumentKind::Waveform;
}

Result<EncoderValues> pictureOf(const StayDocument& document, const EncoderDescription& description) {
  auto picture = decodePicture(document.content, description.channels);
  if (!picture) return failure(picture.error());
  return EncoderValues{std::move(picture->values), {1, picture->channels, picture->height, picture->width}};
}

Result<EncoderValues> waveformOf(const StayDocument& document, const EncoderDescription& description) {
  const auto waveform = decodeWaveform(document.content);
  if (!waveform) return failure(waveform.error());
  if (description.rate > 0 && waveform->rate != description.rate)
    return failure("it has " + std::to_string(waveform->rate) + " samples a second where the encoder needs " +
                   std::to_string(description.rate));
  EncoderValues input;
  for (const Waveform::Lead& lead : waveform->leads)
    for (const float value : lead.values) input.values.push_back(std::isnan(value) ? 0 : value);
  input.shape = {1, static_cast<std::int64_t>(waveform->leads.size()),
                 static_cast<std::int64_t>(waveform->leads.front().values.size())};
  return input;
}

class Encoding {
 public:
  Encoding(const std::string& modality, const EncoderDescription& description, const Encoder& encoder,
           const std::stop_token& stop)
      : m_modality(modality), m_description(description), m_encoder(encoder), m_stop(stop) {}

  Result<void> change(Sample& sample, std::span<const StayDocument> documents) {
    const auto data = std::ranges::find(sample.modalities, m_modality, &ModalityData::name);
    const bool before = data->present();
    auto events = m_description.input == EncoderInput::Vector ? ofEvents(sample.stayId, data->events)
                                                              : ofDocuments(sample.stayId, documents);
    if (!events) return failure(events.error());
    data->events = std::move(*events);
    const bool after = data->present();
    report.vectors += static_cast<std::int64_t>(data->events.size());
    report.staysBefore += before;
    report.staysAfter += after;
    report.gained += after && !before;
    report.lost += before && !after;
    return {};
  }

  EncodeReport report;

 private:
  Result<std::vector<Event>> ofEvents(std::int64_t stayId, std::vector<Event> events) const {
    for (Event& event : events) {
      const std::vector<std::int64_t> shape{1, static_cast<std::int64_t>(event.vector.size())};
      auto vector = m_encoder.encode(event.vector, shape, m_stop);
      if (!vector) return at(stayId, "its vector at hour " + std::to_string(event.hour), vector.error());
      event.vector = std::move(*vector);
    }
    return events;
  }

  Result<std::vector<Event>> ofDocuments(std::int64_t stayId, std::span<const StayDocument> documents) {
    std::vector<Event> events;
    for (const StayDocument& document : documents) {
      if (document.entry.modality != m_modality) continue;
      if (document.entry.kind != kindOf(m_description.input)) {
        ++report.skipped;
        continue;
      }
      const std::string place = "its " + std::string(nameOf(m_description.input)) + " \"" + document.entry.title + "\"";
      const auto input = m_description.input == EncoderInput::Image ? pictureOf(document, m_description)
                                                                    : waveformOf(document, m_description);
      if (!input) return at(stayId, place, input.error());
      auto vector = m_encoder.encode(input->values, input->shape, m_stop);
      if (!vector) return at(stayId, place, vector.error());
      events.push_back({document.entry.hour, "", std::move(*vector)});
    }
    return events;
  }

  tl::unexpected<Error> at(std::int64_t stayId, const std::string& place, const Error& error) const {
    if (m_stop.stop_requested()) return failure("The encoding was stopped.", "Nothing was written.");
    return failure("Stay " + std::to_string(stayId) + ", " + place + ": " + error.what, error.hint, error.detail);
  }

  const std::string& m_modality;
  const EncoderDescription& m_description;
  const Encoder& m_encoder;
  const std::stop_token& m_stop;
};

/// Has any stay what the encoder takes?
Result<bool> anyInput(const CohortStore& source, std::size_t modality, EncoderInput input) {
  if (input == EncoderInput::Vector) {
    const auto stays = source.stays();
    if (!stays) return failure(stays.error());
    return std::ranges::any_of(*stays, [&](const StaySummary& stay) { return stay.present >> modality & 1U; });
  }
  const auto stays = source.staysWithDocuments();
  if (!stays) return failure(stays.error());
  for (const std::int64_t stay : *stays) {
    const auto entries = source.documents(stay);
    if (!entries) return failure(entries.error());
    if (std::ranges::any_of(*entries, [&](const DocumentEntry& entry) {
          return entry.modality == source.info().modalities[modality].name && entry.kind == kindOf(input);
        }))
      return true;
  }
  return false;
}

/// The place of a modality of vectors.
Result<std::size_t> placeOf(const CohortInfo& info, const std::string& modality) {
  const auto found = std::ranges::find(info.modalities, modality, &CohortModality::name);
  std::string known;
  for (const CohortModality& each : info.modalities)
    if (each.kind == ModalityKind::Vectors) known += (known.empty() ? "" : ", ") + each.name;
  const std::string hint = known.empty() ? "It has none of vectors." : "Of vectors are: " + known + ".";
  if (found == info.modalities.end())
    return failure("The cohort " + info.path + " has no modality '" + modality + "'.", hint);
  if (found->kind != ModalityKind::Vectors)
    return failure("The modality '" + modality + "' of " + info.path + " is not one of vectors.", hint);
  return static_cast<std::size_t>(found - info.modalities.begin());
}

}  // namespace

Result<EncodeReport> encodeCohort(const CohortStore& source, const std::string& to, const std::string& modality,
                                  const EncoderDescription& description, const Encoder& encoder,
                                  const ProgressSink& progress, const std::stop_token& stop) {
  CohortInfo info = source.info();
  const auto place = placeOf(info, modality);
  if (!place) return failure(place.error());
  const auto any = anyInput(source, *place, description.input);
  if (!any) return failure(any.error());
  if (!*any)
    return failure("No stay of " + info.path + " has " + plural(description.input) + " of '" + modality + "'.",
                   "The encoder " + encoder.name() + " takes " + plural(description.input) + ".");
  info.modalities[*place].width = encoder.width();
  info.description += (info.description.empty() ? "" : " ") + std::string("Vectors of ") + modality +
                      " are by the encoder " + encoder.name() + ".";
  Encoding encoding(modality, description, encoder, stop);
  const StayChange change = [&](Sample& sample, std::span<const StayDocument> documents) {
    return encoding.change(sample, documents);
  };
  const auto copied = copyChanged(source, info, to, change, progress, stop);
  if (!copied) return failure(copied.error());
  encoding.report.output = copied->output;
  encoding.report.stays = copied->stays;
  encoding.report.width = encoder.width();
  return encoding.report;
}

}  // namespace fusemoe
