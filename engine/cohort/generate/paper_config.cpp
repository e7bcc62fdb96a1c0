#include "cohort/generate/paper_config.h"

#include <cmath>
#include <string>

#include "cohort/generate/icu_record.h"
#include "cohort/generate/icu_story.h"

namespace fusemoe {
namespace {

ModalityConfig vitals() {
  ModalityConfig series;
  series.name = "ts";
  series.title = "Vitals & labs";
  series.kind = ModalityKind::Series;
  series.utde = true;
  for (const SeriesInfo& info : icuSeries())
    series.variables.push_back({std::string(info.name), std::string(info.title), std::string(info.unit), info.mean,
                                std::hypot(info.between, info.wander, info.noise)});
  return series;
}

ModalityConfig vectors(const char* name, const char* title, int width) {
  ModalityConfig modality;
  modality.name = name;
  modality.title = title;
  modality.kind = ModalityKind::Vectors;
  modality.width = width;
  return modality;
}

}  // namespace

ModelConfig paperConfig() {
  ModelConfig config;  // whose sizes are the paper's
  config.name = "Paper scale, random weights";
  config.task = {"ihm", "Death in hospital", TaskKind::Binary, {"died"}};
  config.modalities = {vitals(), vectors("cxr", "Chest X-ray", kPaperWidths.cxr),
                       vectors("text", "Notes", kPaperWidths.text), vectors("ecg", "ECG", kPaperWidths.ecg)};
  config.token = TokenGranularity::Sequence;
  config.expertOutput = ExpertOutput::LogSoftmax;
  config.missing = MissingMechanism::Zeros;
  return config;
}

}  // namespace fusemoe
