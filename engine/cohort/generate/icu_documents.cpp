#include "cohort/generate/icu_documents.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "cohort/generate/icu_picture.h"
#include "cohort/generate/random_source.h"

namespace fusemoe {
namespace {

using enum Condition;

constexpr std::uint64_t kPurpose = 8;
constexpr double kEcgRate = 100, kEcgSeconds = 5;

std::string noteOf(const IcuPatient& patient, const Event& event) {
  std::string findings, history;
  for (const ConditionInfo& info : icuConditions()) {
    if (info.vectors.text <= 0 || !patient.has(info.condition)) continue;
    std::string& list = info.condition >= SurgicalComplication ? history : findings;
    list += (list.empty() ? "" : "; ") + std::string(info.finding);
  }
  const char* course = patient.response > 0.3 ? "Better than before." : patient.response < -0.3 ? "Getting worse." : "";
  const char* strength = patient.frailty > 0.8 ? "Frail. " : patient.frailty < -0.8 ? "Robust. " : "";
  return "SYNTHETIC NOTE: written by a program about an invented patient.\n" + event.code + " note, hour " +
         std::to_string(static_cast<int>(event.hour)) +
         ".\nFindings: " + (findings.empty() ? "nothing of note" : findings) +
         ".\nHistory: " + (history.empty() ? "none known" : history) + ".\n" + strength + course + "\n";
}

std::string pictureOf(const IcuPatient& patient, RandomSource& random) {
  GreyPicture picture(128, 128, 1);
  picture.ellipse(64, 74, 60, 68, 9, 1);  // chest
  picture.ellipse(38, 70, 20, 40, 3, 1);  // lungs
  picture.ellipse(90, 70, 20, 40, 3, 1);
  picture.ellipse(64, 64, 5, 60, 12, 0.8);  // spine
  const double heart = patient.has(HeartFailure) ? 27 : 17;
  picture.ellipse(72, 84, heart, 18, 12, 0.95);
  for (double rib = 36; rib < 110; rib += 13)
    for (const double side : {38.0, 90.0}) picture.ellipse(side, rib, 21, 2, 9, 0.4);
  if (patient.has(HeartFailure))
    for (const double side : {44.0, 84.0}) picture.ellipse(side, 66, 12, 22, 10, 0.5);
  const double side = random.chance(0.5) ? 37 : 91;
  if (patient.has(Pneumonia)) picture.ellipse(side, random.uniform(60, 86), 14, 13, 13, 0.85);
  if (patient.has(PleuralEffusion)) picture.ellipse(128 - side, 108, 22, 16, 13, 0.95);
  if (patient.has(ChronicLung))
    for (const double each : {38.0, 90.0}) picture.ellipse(each, 62, 16, 34, 1, 0.5);
  for (std::size_t y = 0; y < picture.height(); ++y)
    for (std::size_t x = 0; x < picture.width(); ++x)
      if (random.chance(0.12) && picture.at(x, y) < 15) ++picture.at(x, y);
  picture.writeSynthetic(3, 3, 15);
  return picture.png();
}

/// A wave of the ECG around its middle: 1 in the middle, 0 beyond ± width.
double wave(double seconds, double middle, double width) {
  const double x = (seconds - middle) / width;
  const double inside = 1 - x * x;
  return inside > 0 ? inside * inside : 0;
}

/// Millivolts of one beat, `seconds` after its R wave.
double beat(const IcuPatient& patient, double seconds) {
  const double wide = patient.has(ConductionBlock) ? 2.2 : 1;
  double value = wave(seconds, 0, 0.028 * wide) - 0.15 * wave(seconds, -0.035 * wide, 0.02 * wide) -
                 0.22 * wave(seconds, 0.04 * wide, 0.022 * wide) + 0.28 * wave(seconds, 0.28, 0.11);
  if (!patient.has(Arrhythmia)) value += 0.14 * wave(seconds, -0.17, 0.055);  // atrial fibrillation has no P wave
  if (patient.has(Infarction)) value += 0.3 * wave(seconds, 0.14, 0.13);      // raised ST segment
  return value;
}

std::string ecgOf(const IcuPatient& patient, RandomSource& random) {
  std::vector<double> beats;
  const double interval = (patient.has(Sepsis) ? 0.58 : 0.75) * random.uniform(0.9, 1.1);
  const double uneven = patient.has(Arrhythmia) ? 0.35 : 0.02;
  for (double at = 0.2; at < kEcgSeconds + 1; at += interval * (1 + random.uniform(-uneven, uneven)))
    beats.push_back(at);
  Waveform ecg{kEcgRate, "mV", {{"I", {}}, {"II", {}}, {"V2", {}}}};
  constexpr std::array kGain{0.6, 1.0, 1.3};
  for (std::size_t lead = 0; lead < ecg.leads.size(); ++lead)
    for (int i = 0; i < static_cast<int>(kEcgRate * kEcgSeconds); ++i) {
      double value = 0.015 * random.normal();
      for (const double at : beats) value += kGain[lead] * beat(patient, i / kEcgRate - at);
      ecg.leads[lead].values.push_back(static_cast<float>(std::floor(1000 * value + 0.5) / 1000));
    }
  auto encoded = encodeWaveform(ecg);
  assert(encoded);
  return std::move(*encoded);
}

}  // namespace

std::vector<StayDocument> drawDocuments(std::uint64_t seed, const IcuPatient& patient, const Sample& record) {
  RandomSource random(seed, static_cast<std::uint64_t>(patient.stayId), kPurpose);
  std::vector<StayDocument> documents;
  for (const ModalityData& modality : record.modalities)
    for (std::size_t i = 0; i < modality.events.size(); ++i) {
      const Event& event = modality.events[i];
      StayDocument document{{modality.name, static_cast<int>(i), event.hour, DocumentKind::Text, "", 0}, {}};
      if (modality.name == "text") {
        document.entry.title = "Synthetic note (" + event.code + ")";
        document.content = noteOf(patient, event);
      } else if (modality.name == "cxr") {
        document.entry.kind = DocumentKind::Image;
        document.entry.title = "Synthetic chest X-ray (" + event.code + ")";
        document.content = pictureOf(patient, random);
      } else {
        document.entry.kind = DocumentKind::Waveform;
        document.entry.title = "Synthetic ECG (three leads)";
        document.content = ecgOf(patient, random);
      }
      document.entry.bytes = static_cast<std::int64_t>(document.content.size());
      documents.push_back(std::move(document));
    }
  return documents;
}

}  // namespace fusemoe
