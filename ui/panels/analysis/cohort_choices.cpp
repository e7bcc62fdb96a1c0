#include "panels/analysis/cohort_choices.h"

#include <QComboBox>
#include <algorithm>

#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

QString splitTitle(const std::string& split) {
  if (split == "train") return SplitChoice::tr("Train");
  if (split == "validation") return SplitChoice::tr("Validation");
  if (split == "test") return SplitChoice::tr("Test");
  return SplitChoice::tr("All");
}

}  // namespace

SplitChoice::SplitChoice(QWidget* parent) : SegmentedSwitch(tr("Stays of"), parent) {}

void SplitChoice::follow(const Document& document, const std::string& preferred) {
  std::vector<std::string> splits;
  for (const char* split : {"train", "validation", "test"}) {
    const bool has = document.stays() && std::ranges::any_of(*document.stays(), [split](const StaySummary& stay) {
                       return stay.split == split;
                     });
    if (has) splits.emplace_back(split);
  }
  splits.emplace_back();
  if (splits == m_splits) return;
  const std::string wanted = m_splits.empty() ? preferred : split();
  m_splits = std::move(splits);
  QStringList names;
  for (const std::string& split : m_splits) names << splitTitle(split);
  setSegments(names);
  const auto found = std::ranges::find(m_splits, wanted);
  setCurrent(int(found == m_splits.end() ? m_splits.size() - 1 : size_t(found - m_splits.begin())));
}

std::string SplitChoice::split() const {
  const int index = current();
  return index < 0 || index >= int(m_splits.size()) ? std::string() : m_splits[size_t(index)];
}

QString SplitChoice::words() const {
  return split().empty() ? tr("all splits") : tr("split %1").arg(QString::fromStdString(split()));
}

namespace {

/// The model's modality that most stays lack, though not all; empty where none is lacking.
QString mostLacking(const Document& document) {
  QString found;
  if (!document.model() || !document.cohort()) return found;
  std::size_t most = 0;
  const auto& known = document.cohort()->info().modalities;
  for (std::size_t bit = 0; bit < known.size(); ++bit) {
    if (document.model()->config().modalityIndex(known[bit].name) < 0) continue;
    const auto lacking = std::size_t(std::ranges::count_if(
        *document.stays(), [&](const StaySummary& stay) { return (stay.present >> bit & 1U) == 0; }));
    if (lacking <= most || lacking == document.stays()->size()) continue;
    most = lacking;
    found = QString::fromStdString(known[bit].name);
  }
  return found;
}

}  // namespace

void fillModalities(QComboBox& box, const Document& document) {
  const QString chosen = box.currentIndex() < 0 ? mostLacking(document) : box.currentData().toString();
  const QSignalBlocker quiet(box);
  box.clear();
  if (!document.model()) return;
  const ModelConfig& config = document.model()->config();
  for (int m = 0; m < config.modalityCount(); ++m)
    box.addItem(modalityTitle(config, m), QString::fromStdString(config.modalities[size_t(m)].name));
  box.setCurrentIndex(std::max(0, box.findData(chosen)));
}

}  // namespace fusemoe::ui
