#pragma once

#include "api/model_config.h"
#include "cohort/cohort_store.h"

namespace fusemoe::test {

/// A cohort in memory for fakeConfig() or another config: `count` stays, ids from kFirstStay, ascending. The first has
/// every modality and, of the fourth, a note, an ECG and a picture; the second lacks the fourth; the others follow a
/// fixed pattern.
class FakeCohort : public CohortStore {
 public:
  static constexpr std::int64_t kFirstStay = 30041;

  explicit FakeCohort(int count = 40);
  FakeCohort(int count, ModelConfig config);

  const CohortInfo& info() const override { return m_info; }
  Result<std::vector<StaySummary>> stays() const override { return m_stays; }
  Result<SamplePtr> read(std::int64_t stayId) const override;
  Result<std::vector<DocumentEntry>> documents(std::int64_t stayId) const override;
  Result<std::vector<std::int64_t>> staysWithDocuments() const override {
    return std::vector<std::int64_t>{kFirstStay};
  }
  Result<StayDocument> document(std::int64_t stayId, const std::string& modality, int position) const override;
  Result<void> visit(const std::string& split, const std::function<bool(const SamplePtr&)>& visit) const override;
  Result<std::size_t> count(const std::string& split) const override;

  /// Of the first stay; tests may put others there before the cohort is opened.
  std::vector<StayDocument>& storedDocuments() { return m_documents; }

 protected:
  CohortInfo m_info;

 private:
  ModelConfig m_config;
  std::vector<StayDocument> m_documents;
  std::vector<StaySummary> m_stays;
};

}  // namespace fusemoe::test
