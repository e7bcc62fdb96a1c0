#include "session/record_edit.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>
#include <utility>

#include "base/sha256.h"

namespace fusemoe {
namespace {

template <class... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

/// Makes edits on a copy; positions count as in the record because what is deleted only goes at the end.
class Editor {
 public:
  Editor(const Sample& recorded, double windowHours) : m_sample(recorded), m_window(static_cast<float>(windowHours)) {}

  void operator()(const MoveObservation& edit) {
    if (edit.variable.empty()) {
      if (Event* event = eventAt(edit.modality, edit.index)) event->hour = within(event->hour + edit.hours);
    } else if (Observation* observation = observationAt(edit.modality, edit.variable, edit.index)) {
      observation->hour = within(observation->hour + edit.hours);
      observation->value += edit.value;
    }
  }
  void operator()(const AddObservation& edit) {
    VariableData* variable = variableOf(edit.modality, edit.variable);
    if (!variable || !std::isfinite(edit.observation.hour) || !std::isfinite(edit.observation.value)) return;
    m_added[variable].push_back({within(edit.observation.hour), edit.observation.value});
  }
  void operator()(const DeleteObservation& edit) {
    if (edit.variable.empty()) {
      if (Event* event = eventAt(edit.modality, edit.index)) event->hour = kGone;
    } else if (Observation* observation = observationAt(edit.modality, edit.variable, edit.index)) {
      observation->hour = kGone;
    }
  }
  void operator()(const MaskVariable&) {}
  void operator()(const MaskWindow&) {}

  /// Ends editing: drops the deleted, brings in the added, and sorts.
  void settle() {
    const auto gone = [](const auto& item) { return std::isnan(item.hour); };
    for (ModalityData& modality : m_sample.modalities) {
      std::erase_if(modality.events, gone);
      std::ranges::stable_sort(modality.events, {}, &Event::hour);
      for (VariableData& variable : modality.variables) {
        std::erase_if(variable.observations, gone);
        const std::vector<Observation>& added = m_added[&variable];
        variable.observations.insert(variable.observations.end(), added.begin(), added.end());
        std::ranges::stable_sort(variable.observations, {}, &Observation::hour);
      }
    }
  }

  void mask(const RecordEdit& edit) {
    if (const auto* hidden = std::get_if<MaskVariable>(&edit)) {
      if (VariableData* variable = variableOf(hidden->modality, hidden->variable)) variable->observations.clear();
    } else if (const auto* window = std::get_if<MaskWindow>(&edit)) {
      const auto inside = [&](const auto& item) { return item.hour >= window->from && item.hour <= window->until; };
      for (ModalityData& modality : m_sample.modalities) {
        if (modality.kind == ModalityKind::Static) continue;
        if (!window->modality.empty() && window->modality != modality.name) continue;
        std::erase_if(modality.events, inside);
        for (VariableData& variable : modality.variables) std::erase_if(variable.observations, inside);
      }
    }
  }

  Sample take() { return std::move(m_sample); }

 private:
  static constexpr float kGone = std::numeric_limits<float>::quiet_NaN();

  float within(float hour) const { return std::clamp(hour, 0.0F, m_window); }
  ModalityData* modalityOf(const std::string& name) {
    const auto found = std::ranges::find(m_sample.modalities, name, &ModalityData::name);
    return found == m_sample.modalities.end() ? nullptr : &*found;
  }
  VariableData* variableOf(const std::string& modality, const std::string& name) {
    ModalityData* data = modalityOf(modality);
    if (!data) return nullptr;
    const auto found = std::ranges::find(data->variables, name, &VariableData::name);
    return found == data->variables.end() ? nullptr : &*found;
  }
  Observation* observationAt(const std::string& modality, const std::string& name, int index) {
    VariableData* variable = variableOf(modality, name);
    if (!variable || index < 0 || static_cast<std::size_t>(index) >= variable->observations.size()) return nullptr;
    return &variable->observations[static_cast<std::size_t>(index)];
  }
  Event* eventAt(const std::string& modality, int index) {
    ModalityData* data = modalityOf(modality);
    if (!data || index < 0 || static_cast<std::size_t>(index) >= data->events.size()) return nullptr;
    return &data->events[static_cast<std::size_t>(index)];
  }

  Sample m_sample;
  float m_window;
  std::map<const VariableData*, std::vector<Observation>> m_added;
};

/// One line an edit, the same for equal edits.
std::string lineOf(const RecordEdit& edit) {
  std::ostringstream line;
  line << edit.index() << std::hexfloat;
  const auto put = [&line](const auto&... parts) { ((line << '\x1f' << parts), ...); };
  std::visit(
      Overloaded{[&](const MoveObservation& e) { put(e.modality, e.variable, e.index, e.hours, e.value); },
                 [&](const AddObservation& e) { put(e.modality, e.variable, e.observation.hour, e.observation.value); },
                 [&](const DeleteObservation& e) { put(e.modality, e.variable, e.index); },
                 [&](const MaskVariable& e) { put(e.modality, e.variable); },
                 [&](const MaskWindow& e) { put(e.modality, e.from, e.until); }},
      edit);
  return line.str();
}

}  // namespace

SamplePtr applyEdits(const SamplePtr& sample, std::span<const RecordEdit> edits, double windowHours) {
  if (!sample || edits.empty()) return sample;
  Editor editor(*sample, windowHours);
  std::vector<std::string> lines;
  for (const RecordEdit& edit : edits) {
    std::visit(editor, edit);
    lines.push_back(lineOf(edit));
  }
  editor.settle();
  for (const RecordEdit& edit : edits) editor.mask(edit);
  std::ranges::sort(lines);
  std::string text = sample->digest;
  for (const std::string& line : lines) text += '\n' + line;
  Sample edited = editor.take();
  edited.digest = sha256(text);
  return std::make_shared<const Sample>(std::move(edited));
}

}  // namespace fusemoe
