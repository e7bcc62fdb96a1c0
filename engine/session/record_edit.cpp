#include "session/record_edit.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include "base/sha256.h"

namespace fusemoe {
namespace {

/// An edit as bytes: equal for equal edits, and no two parts run into each other.
class Line {
 public:
  explicit Line(const RecordEdit& edit) : m_text(1, static_cast<char>('0' + edit.index())) {
    std::visit([this](const auto& value) { add(value); }, edit);
  }
  std::string take() { return std::move(m_text); }

 private:
  void add(const MoveObservation& edit) { put(edit.modality, edit.variable, edit.index, edit.hours, edit.value); }
  void add(const AddObservation& edit) {
    put(edit.modality, edit.variable, edit.observation.hour, edit.observation.value);
  }
  void add(const DeleteObservation& edit) { put(edit.modality, edit.variable, edit.index); }
  void add(const MaskVariable& edit) { put(edit.modality, edit.variable); }
  void add(const MaskWindow& edit) { put(edit.modality, edit.from, edit.until); }

  template <class... Parts>
  void put(const Parts&... parts) {
    (putOne(parts), ...);
  }
  void putOne(const std::string& text) { m_text += ' ' + std::to_string(text.size()) + ':' + text; }
  void putOne(int number) { m_text += ' ' + std::to_string(number); }
  // −0 + 0 = 0: equal numbers, equal bits.
  void putOne(float number) { m_text += ' ' + std::to_string(std::bit_cast<std::uint32_t>(number + 0.0F)); }

  std::string m_text;
};

bool finite(const Observation& observation) {
  return std::isfinite(observation.hour) && std::isfinite(observation.value);
}

/// Makes edits on the marks of a record. Each operator says whether the edit could be made.
class Marker {
 public:
  Marker(const Sample& recorded, double windowHours) : m_recorded(recorded), m_end(endOf(windowHours)) {
    for (const ModalityData& data : recorded.modalities) {
      MarkedModality& marked = m_record.modalities.emplace_back();
      for (const VariableData& variable : data.variables) {
        RecordMarks& marks = marked.variables.emplace_back();
        for (const Observation& observation : variable.observations) append(marks, observation);
      }
      for (const Event& event : data.events) append(marked.events, {event.hour, 0});
    }
  }

  bool operator()(const MoveObservation& edit) {
    RecordMark* mark = markAt(edit.modality, edit.variable, edit.index);
    if (!mark) return false;
    const bool timed = m_recorded.modality(edit.modality)->kind != ModalityKind::Static;
    const float hours = timed ? edit.hours : 0;
    const float value = edit.variable.empty() ? 0 : edit.value;
    const Observation target{mark->shown.hour + hours, mark->shown.value + value};
    if (!finite(target) || (hours == 0 && value == 0)) return false;
    mark->shown = {hours == 0 ? mark->shown.hour : within(target.hour), target.value};
    return true;
  }
  bool operator()(const AddObservation& edit) {
    RecordMarks* marks = edit.variable.empty() ? nullptr : marksOf(edit.modality, edit.variable);
    if (!marks || !finite(edit.observation)) return false;
    Observation observation{within(edit.observation.hour), edit.observation.value};
    if (m_recorded.modality(edit.modality)->kind == ModalityKind::Static) {
      if (std::ranges::any_of(*marks, [](const RecordMark& mark) { return !mark.deleted; })) return false;
      observation.hour = 0;
    }
    marks->push_back({-1, edit.observation, observation, false, false});
    return true;
  }
  bool operator()(const DeleteObservation& edit) {
    RecordMark* mark = markAt(edit.modality, edit.variable, edit.index);
    if (mark) mark->deleted = true;
    return mark;
  }
  bool operator()(const MaskVariable& edit) {
    RecordMarks* marks = edit.variable.empty() ? nullptr : marksOf(edit.modality, edit.variable);
    if (marks) hide(*marks, -std::numeric_limits<float>::infinity(), std::numeric_limits<float>::infinity());
    return marks;
  }
  bool operator()(const MaskWindow& edit) {
    if (!(std::isfinite(edit.from) && std::isfinite(edit.until) && edit.from <= edit.until)) return false;
    bool found = false;
    for (std::size_t m = 0; m < m_recorded.modalities.size(); ++m) {
      const ModalityData& data = m_recorded.modalities[m];
      if (data.kind == ModalityKind::Static || (!edit.modality.empty() && edit.modality != data.name)) continue;
      found = true;
      hide(m_record.modalities[m].events, edit.from, edit.until);
      for (RecordMarks& marks : m_record.modalities[m].variables) hide(marks, edit.from, edit.until);
    }
    return found;
  }

  MarkedRecord& record() { return m_record; }

 private:
  /// The last hour within the window that a float can hold.
  static float endOf(double windowHours) {
    const auto end = static_cast<float>(std::min(windowHours, double(std::numeric_limits<float>::max())));
    if (!(end > 0)) return 0;
    return double(end) > windowHours ? std::nextafter(end, 0.0F) : end;
  }
  static void append(RecordMarks& marks, const Observation& observation) {
    marks.push_back({static_cast<int>(marks.size()), observation, observation, false, false});
  }
  static void hide(RecordMarks& marks, float from, float until) {
    for (RecordMark& mark : marks) mark.masked |= mark.shown.hour >= from && mark.shown.hour <= until;
  }
  float within(float hour) const { return std::clamp(hour, 0.0F, m_end); }
  RecordMarks* marksOf(const std::string& modality, const std::string& variable) {
    const auto& all = m_recorded.modalities;
    const auto data = std::ranges::find(all, modality, &ModalityData::name);
    if (data == all.end()) return nullptr;
    MarkedModality& marked = m_record.modalities[static_cast<std::size_t>(data - all.begin())];
    if (variable.empty()) return &marked.events;
    const auto found = std::ranges::find(data->variables, variable, &VariableData::name);
    if (found == data->variables.end()) return nullptr;
    return &marked.variables[static_cast<std::size_t>(found - data->variables.begin())];
  }
  /// Of the record alone: an added one has no position.
  RecordMark* markAt(const std::string& modality, const std::string& variable, int index) {
    RecordMarks* marks = marksOf(modality, variable);
    if (!marks || index < 0 || static_cast<std::size_t>(index) >= marks->size()) return nullptr;
    RecordMark& mark = (*marks)[static_cast<std::size_t>(index)];
    return mark.added() ? nullptr : &mark;
  }

  const Sample& m_recorded;
  float m_end;
  MarkedRecord m_record;
};

/// Moves first, so that masks see where they lead; deletions before additions, which a static variable's only value
/// would refuse.
int turnOf(const RecordEdit& edit) {
  if (std::holds_alternative<MoveObservation>(edit)) return 0;
  if (std::holds_alternative<DeleteObservation>(edit)) return 1;
  if (std::holds_alternative<AddObservation>(edit)) return 2;
  return 3;
}

void sortAdded(RecordMarks& marks) {
  const auto added = std::ranges::find_if(marks, &RecordMark::added);
  std::ranges::sort(added, marks.end(), {}, [](const RecordMark& m) { return std::pair(m.shown.hour, m.shown.value); });
}

/// What is visible of the marks, each with its place in the record (−1 = added), in order of time.
std::vector<RecordMark> visibleOf(const RecordMarks& marks) {
  RecordMarks visible;
  std::ranges::copy_if(marks, std::back_inserter(visible), &RecordMark::visible);
  std::ranges::stable_sort(visible, {}, [](const RecordMark& mark) { return mark.shown.hour; });
  return visible;
}

/// Does the edit speak of this recorded item, or is it the addition of this added one?
bool concerns(const RecordEdit& edit, const RecordItem& item) {
  const auto same = [&](const auto& e) { return e.modality == item.modality && e.variable == item.variable; };
  if (const auto* add = std::get_if<AddObservation>(&edit))
    return item.mark.added() && same(*add) && add->observation == item.mark.recorded;
  if (const auto* move = std::get_if<MoveObservation>(&edit)) return same(*move) && move->index == item.mark.index;
  if (const auto* gone = std::get_if<DeleteObservation>(&edit)) return same(*gone) && gone->index == item.mark.index;
  return false;
}

/// Puts `edit` in place of the first edit that concerns the item, or at the end, and drops the others.
RecordEdits replaced(RecordEdits edits, const RecordItem& item, const RecordEdit& edit) {
  const auto first = std::ranges::find_if(edits, [&](const RecordEdit& existing) { return concerns(existing, item); });
  if (first == edits.end()) {
    edits.push_back(edit);
    return edits;
  }
  *first = edit;
  edits.erase(std::remove_if(first + 1, edits.end(), [&](const RecordEdit& e) { return concerns(e, item); }),
              edits.end());
  return edits;
}

}  // namespace

MarkedRecord markRecord(const Sample& recorded, std::span<const RecordEdit> edits, double windowHours) {
  // One order for every list of the same set: sums of floats depend on it.
  std::vector<std::pair<std::string, const RecordEdit*>> ordered;
  for (const RecordEdit& edit : edits) ordered.emplace_back(char('0' + turnOf(edit)) + Line(edit).take(), &edit);
  std::ranges::sort(ordered, {}, [](const auto& entry) { return entry.first; });
  const auto repeated = std::ranges::unique(ordered, {}, [](const auto& entry) { return entry.first; });
  ordered.erase(repeated.begin(), repeated.end());
  Marker marker(recorded, windowHours);
  for (const auto& [line, edit] : ordered) {
    if (std::visit(marker, *edit)) marker.record().changes += line + '\n';
  }
  for (MarkedModality& modality : marker.record().modalities) std::ranges::for_each(modality.variables, sortAdded);
  return std::move(marker.record());
}

SamplePtr applyEdits(const SamplePtr& sample, std::span<const RecordEdit> edits, double windowHours) {
  if (!sample || edits.empty()) return sample;
  const MarkedRecord record = markRecord(*sample, edits, windowHours);
  if (record.changes.empty()) return sample;
  Sample edited = *sample;
  edited.digest = sha256(sample->digest + '\n' + record.changes);
  for (std::size_t m = 0; m < edited.modalities.size(); ++m) {
    ModalityData& data = edited.modalities[m];
    const std::vector<Event> events = std::exchange(data.events, {});
    for (const RecordMark& mark : visibleOf(record.modalities[m].events)) {
      data.events.push_back(events[static_cast<std::size_t>(mark.index)]);
      data.events.back().hour = mark.shown.hour;
    }
    for (std::size_t v = 0; v < data.variables.size(); ++v) {
      data.variables[v].observations.clear();
      for (const RecordMark& mark : visibleOf(record.modalities[m].variables[v]))
        data.variables[v].observations.push_back(mark.shown);
    }
  }
  return std::make_shared<const Sample>(std::move(edited));
}

RecordEdits withMoved(RecordEdits edits, const RecordItem& item, const Observation& target) {
  if (item.mark.added()) return replaced(std::move(edits), item, AddObservation{item.modality, item.variable, target});
  const Observation& from = item.mark.recorded;
  if (target == from) return withRestored(std::move(edits), item);
  return replaced(std::move(edits), item,
                  MoveObservation{item.modality, item.variable, item.mark.index, target.hour - from.hour,
                                  item.variable.empty() ? 0 : target.value - from.value});
}

RecordEdits withDeleted(RecordEdits edits, const RecordItem& item) {
  if (item.mark.added()) return withRestored(std::move(edits), item);
  return replaced(std::move(edits), item, DeleteObservation{item.modality, item.variable, item.mark.index});
}

RecordEdits withRestored(RecordEdits edits, const RecordItem& item) {
  std::erase_if(edits, [&](const RecordEdit& edit) { return concerns(edit, item); });
  return edits;
}

RecordEdits with(RecordEdits edits, const RecordEdit& edit) {
  if (std::ranges::find(edits, edit) == edits.end()) edits.push_back(edit);
  return edits;
}

RecordEdits without(RecordEdits edits, const RecordEdit& edit) {
  std::erase(edits, edit);
  return edits;
}

}  // namespace fusemoe
