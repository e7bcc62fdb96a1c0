#pragma once

#include <QTemporaryDir>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cohort/cohort_store.h"
#include "cohort/import/importer.h"

namespace fusemoe::test {

/// A tiny MIMIC-IV made in code: tables as text, in the columns of PhysioNet's files, every patient invented.
class MimicFixture {
 public:
  /// Thirteen stays with every reason to be left out and every border of the labels, and no event.
  MimicFixture();

  /// "2150-01-01 00:00:00" plus hours: every stay of the fixture that begins there.
  static std::string at(double hours, int year = 2150);

  void addStay(int subject, int admission, int stay, const std::string& in, const std::string& out);
  void addPatient(int subject, int age = 60, const std::string& gender = "F", int anchorYear = 2150);
  void addAdmission(int subject, int admission, const std::string& death = "", int flag = 0);
  void addDiagnosis(int admission, const std::string& code, int version);
  void addChart(int stay, double hours, int item, const std::string& value, const std::string& unit = "");
  void addLab(int subject, double hours, int item, const std::string& value, const std::string& unit = "",
              int year = 2150);
  void addOutput(int stay, double hours, int item, const std::string& value);
  /// An hour's heart rate for all stays of the fixture that can be kept, but 30000012.
  void addHeartRates();

  /// Writes all tables, compressed or plain.
  void write(bool compressed = true) const;
  /// Writes and imports. `options` beside dir.
  Result<ImportReport> import(const std::map<std::string, std::string>& options = {}, std::uint64_t seed = 32) const;
  ImportRequest request(const std::map<std::string, std::string>& options = {}) const;
  CohortPtr imported() const { return CohortStore::open(output()).value(); }
  std::string output() const { return file("out.sqlite"); }
  std::string file(const std::string& name) const {
    return m_directory->filePath(QString::fromStdString(name)).toStdString();
  }

  /// Text of a table ("icu/chartevents"), header first; free to be spoilt.
  std::map<std::string, std::string> tables;

 private:
  std::unique_ptr<QTemporaryDir> m_directory = std::make_unique<QTemporaryDir>();
};

/// The observations of a variable of a stay.
std::vector<Observation> valuesOf(const CohortPtr& cohort, std::int64_t stay, const std::string& variable);

}  // namespace fusemoe::test
