#include "cohort_fixture.h"

#include <sqlite3.h>
#include <zlib.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <random>
#include <stdexcept>

#include "cohort/cohort_writer.h"

namespace fusemoe::test {
namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

std::vector<Observation> series(std::mt19937_64& random, double windowHours) {
  std::vector<Observation> observations;
  const auto count = random() % 5;
  for (std::uint64_t i = 0; i < count; ++i)
    observations.push_back(
        {static_cast<float>(windowHours / 5.0 * static_cast<double>(i) + 0.125 * static_cast<double>(random() % 8)),
         static_cast<float>(random() % 1000) / 7.0F - 50.0F});
  return observations;
}

std::vector<Event> events(std::mt19937_64& random, int width) {
  std::vector<Event> result;
  const auto count = random() % 3;
  for (std::uint64_t i = 0; i < count; ++i) {
    // Two events may share an hour.
    Event event{static_cast<float>(i / 2 * 3), i % 2 ? "häufig" : "", {}};
    for (int n = 0; n < width; ++n) event.vector.push_back(static_cast<float>(random() % 100) / 3.0F);
    result.push_back(std::move(event));
  }
  return result;
}

}  // namespace

CohortInfo smallInfo() {
  CohortInfo info;
  info.name = "small";
  info.title = "Kleine Kohorte";
  info.description = "Invented numbers, 'quoted'; with \"all\" kinds.";
  info.attribution = "nobody";
  info.windowHours = 48.5;
  info.timeUnit = "h";
  info.timeOrigin = "admission";
  info.modalities = {
      {"vitals",
       "Vitals",
       ModalityKind::Series,
       0,
       {{"hr", "Heart rate", "1/min", 60, 100}, {"rr", "", "1/min", NAN, 20}}},
      {"notes", "Notes", ModalityKind::Vectors, 3, {}},
      {"body", "Body", ModalityKind::Static, 0, {{"age", "Age", "y", NAN, NAN}, {"sex", "Sex", "", NAN, NAN}}},
      {"image", "Image", ModalityKind::Vectors, 7, {}},
  };
  info.tasks = {{"death", "Death", TaskKind::Binary, {"death"}},
                {"pheno", "Phenotypes", TaskKind::MultiLabel, {"a", "b"}}};
  return info;
}

Sample smallSample(std::int64_t stayId, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const CohortInfo info = smallInfo();
  Sample sample;
  sample.stayId = stayId;
  for (const CohortModality& modality : info.modalities) {
    ModalityData data{modality.name, modality.kind, {}, {}};
    const bool absent = random() % 3 == 0;
    for (const CohortVariable& variable : modality.variables) {
      VariableData values{variable.name, {}};
      if (!absent && modality.kind == ModalityKind::Series) values.observations = series(random, info.windowHours);
      if (!absent && modality.kind == ModalityKind::Static && random() % 2)
        values.observations = {{0, static_cast<float>(random() % 90) + 0.1F}};
      data.variables.push_back(std::move(values));
    }
    if (!absent && modality.kind == ModalityKind::Vectors) data.events = events(random, modality.width);
    sample.modalities.push_back(std::move(data));
  }
  sample.labels["death"] = {random() % 4 == 0 ? kUnknown : static_cast<float>(random() % 2)};
  sample.labels["pheno"] = {static_cast<float>(random() % 2), random() % 2 ? kUnknown : 1.0F};
  return sample;
}

std::string partOf(std::uint64_t seed) {
  static const std::string kParts[] = {"train", "validation", "test", ""};
  return kParts[seed % 4];
}

std::vector<Sample> writeSmallCohort(const std::string& path, int count) {
  auto writer = CohortWriter::create(path, smallInfo());
  if (!writer) throw std::runtime_error(writer.error().line());
  std::vector<Sample> samples;
  for (int i = 0; i < count; ++i) {
    samples.push_back(smallSample(10 + 3 * i, static_cast<std::uint64_t>(i)));
    if (auto added = writer->add(samples.back(), partOf(static_cast<std::uint64_t>(i))); !added)
      throw std::runtime_error(added.error().line());
  }
  if (auto committed = writer->commit({{"rows.kept", count}, {"rows.left_out", 0}}); !committed)
    throw std::runtime_error(committed.error().line());
  return samples;
}

bool sameLabels(const Sample& a, const Sample& b) {
  if (a.labels.size() != b.labels.size()) return false;
  for (const auto& [task, values] : a.labels) {
    const auto other = b.labels.find(task);
    if (other == b.labels.end() || other->second.size() != values.size()) return false;
    for (std::size_t i = 0; i < values.size(); ++i)
      if (values[i] != other->second[i] && !(std::isnan(values[i]) && std::isnan(other->second[i]))) return false;
  }
  return true;
}

void execSql(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  char* message = nullptr;
  const bool done = sqlite3_open(path.c_str(), &database) == SQLITE_OK &&
                    sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message) == SQLITE_OK;
  const std::string text = message ? message : "";
  sqlite3_free(message);
  sqlite3_close(database);
  if (!done) throw std::runtime_error(sql + ": " + text);
}

std::string readBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

void writeBytes(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << bytes;
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

void writeGzip(const std::string& path, const std::string& bytes) {
  gzFile file = gzopen(path.c_str(), "wb6");
  const bool written = file && (bytes.empty() || gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size())) > 0);
  if (!file || gzclose(file) != Z_OK || !written) throw std::runtime_error("cannot write " + path);
}

}  // namespace fusemoe::test
