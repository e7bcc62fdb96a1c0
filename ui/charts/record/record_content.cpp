#include "charts/record/record_content.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <limits>

#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr int kStepsPerLane = 40;
constexpr int kMostDecimals = 6;

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::record)
};

QString text(const std::string& title, const std::string& name) {
  return QString::fromStdString(title.empty() ? name : title);
}

QString trimmed(double value, int decimals) {
  QString shown = number(value, decimals);
  if (!shown.contains('.')) return shown;
  while (shown.endsWith('0')) shown.chop(1);
  if (shown.endsWith('.')) shown.chop(1);
  return shown;
}

int decimalsOf(double step) {
  return std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, kMostDecimals);
}

/// The range that shows all values with some air, and the reference limits where they are not far off.
void setRange(RecordLane& lane) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const RecordMark& mark : lane.marks) {
    for (const double value : {double(mark.recorded.value), double(mark.shown.value)}) {
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  if (lane.marks.empty()) {
    low = std::isfinite(lane.referenceLow) ? lane.referenceLow : 0;
    high = std::isfinite(lane.referenceHigh) ? lane.referenceHigh : low + 1;
  }
  const double span = std::max({high - low, 0.1 * std::abs(high), 1e-3});
  for (const double limit : {lane.referenceLow, lane.referenceHigh}) {
    if (!(limit > low - span && limit < high + span)) continue;
    low = std::min(low, limit);
    high = std::max(high, limit);
  }
  const double air = 0.14 * std::max(high - low, 0.5 * span);
  lane.low = low - air;
  lane.high = high + air;
  lane.step = std::pow(10.0, std::floor(std::log10((lane.high - lane.low) / kStepsPerLane)));
}

class ContentReader {
 public:
  ContentReader(const Document& document, RecordContent& content)
      : m_document(document),
        m_info(document.cohort()->info()),
        m_recorded(*document.recordedSample()),
        m_marked(markRecord(m_recorded, document.edits(), m_info.windowHours)),
        m_content(content) {}

  void read() {
    m_content.time = timeScale(m_info);
    for (const RecordEdit& edit : m_document.edits()) {
      if (const auto* window = std::get_if<MaskWindow>(&edit)) m_content.windows.push_back(*window);
    }
    if (m_document.model()) {
      m_content.bins = m_document.model()->config().bins;
      for (const ModalityConfig& modality : m_document.model()->config().modalities) {
        const auto known = std::ranges::find(m_info.modalities, modality.name, &CohortModality::name);
        if (known != m_info.modalities.end()) add(*known);
      }
    }
    for (const CohortModality& modality : m_info.modalities)
      if (modelIndex(modality.name) < 0) add(modality);
  }

  void addDocuments(const std::vector<DocumentEntry>& documents) {
    if (documents.empty()) return;
    RecordLane lane;
    lane.kind = RecordLane::Kind::Documents;
    lane.title = Text::tr("Documents");
    for (const DocumentEntry& entry : documents) {
      const Observation place{entry.hour, 0};
      lane.marks.push_back({static_cast<int>(lane.marks.size()), place, place, false, false});
      lane.names.push_back(QString::fromStdString(entry.title));
    }
    m_content.lanes.push_back(std::move(lane));
  }

 private:
  int modelIndex(const std::string& name) const {
    return m_document.model() ? m_document.model()->config().modalityIndex(name) : -1;
  }

  void add(const CohortModality& modality) {
    const auto data = std::ranges::find(m_recorded.modalities, modality.name, &ModalityData::name);
    const bool known = data != m_recorded.modalities.end();
    const MarkedModality* marked =
        known ? &m_marked.modalities[static_cast<std::size_t>(data - m_recorded.modalities.begin())] : nullptr;
    const bool any =
        marked && (!marked->events.empty() ||
                   std::ranges::any_of(marked->variables, [](const RecordMarks& v) { return !v.empty(); }));
    RecordLane lane;
    lane.modality = modality.name;
    lane.modelModality = modelIndex(modality.name);
    lane.modalityMasked = m_document.state().masked.contains(modality.name);
    lane.modalityTitle = text(modality.title, modality.name);
    lane.referenceLow = lane.referenceHigh = kNone;
    if (!any) {
      lane.kind = RecordLane::Kind::Missing;
      lane.title = lane.modalityTitle;
      m_content.lanes.push_back(std::move(lane));
    } else if (modality.kind == ModalityKind::Vectors) {
      addEvents(std::move(lane), *data, *marked);
    } else {
      for (std::size_t v = 0; v < data->variables.size(); ++v) addVariable(lane, modality, *data, *marked, v);
    }
  }

  void addEvents(RecordLane lane, const ModalityData& data, const MarkedModality& marked) {
    lane.kind = RecordLane::Kind::Events;
    lane.title = lane.modalityTitle;
    lane.marks = marked.events;
    for (const Event& event : data.events) lane.names.push_back(QString::fromStdString(event.code));
    m_content.lanes.push_back(std::move(lane));
  }

  void addVariable(RecordLane lane, const CohortModality& modality, const ModalityData& data,
                   const MarkedModality& marked, std::size_t index) {
    lane.variable = data.variables[index].name;
    const auto known = std::ranges::find(modality.variables, lane.variable, &CohortVariable::name);
    const bool described = known != modality.variables.end();
    lane.title = described ? text(known->title, known->name) : QString::fromStdString(lane.variable);
    lane.unit = described ? QString::fromStdString(known->unit) : QString();
    lane.referenceLow = described ? known->referenceLow : kNone;
    lane.referenceHigh = described ? known->referenceHigh : kNone;
    lane.variableMasked = std::ranges::any_of(m_document.edits(), [&](const RecordEdit& edit) {
      return edit == RecordEdit(MaskVariable{lane.modality, lane.variable});
    });
    lane.marks = marked.variables[index];
    if (data.kind == ModalityKind::Static) {
      RecordFact fact{
          lane.modality,       lane.variable, lane.modelModality, lane.modalityMasked || lane.variableMasked,
          lane.variableMasked, lane.title,    lane.unit,          {}};
      if (!lane.marks.empty()) fact.mark = lane.marks.front();
      m_content.facts.push_back(std::move(fact));
      return;
    }
    setRange(lane);
    m_content.lanes.push_back(std::move(lane));
  }

  const Document& m_document;
  const CohortInfo& m_info;
  const Sample& m_recorded;
  MarkedRecord m_marked;
  RecordContent& m_content;
};

}  // namespace

TimeScale timeScale(const CohortInfo& info) {
  TimeScale scale;
  scale.windowHours = info.windowHours;
  scale.origin = QString::fromStdString(info.timeOrigin);
  if (info.timeUnit == "y") {
    scale.hoursPerUnit = 24 * 365.25;
    scale.unit = QStringLiteral("y");
    scale.name = Text::tr("years");
  } else if (info.timeUnit == "d") {
    scale.hoursPerUnit = 24;
    scale.unit = QStringLiteral("d");
    scale.name = Text::tr("days");
  } else {
    scale.unit = QStringLiteral("h");
    scale.name = Text::tr("hours");
  }
  return scale;
}

QString TimeScale::text(double hour) const {
  const double value = hour / hoursPerUnit;
  const double span = windowHours / hoursPerUnit;
  return QStringLiteral("%1 %2").arg(number(value, span < 10 ? 2 : span < 200 ? 1 : 0), unit);
}

QString RecordLane::number(double value) const {
  return trimmed(value, decimalsOf(step));
}

QString RecordLane::text(double value) const {
  return unit.isEmpty() ? number(value) : QStringLiteral("%1 %2").arg(number(value), unit);
}

std::optional<Observation> RecordLane::valueAt(double hour) const {
  std::optional<Observation> last;
  for (const RecordMark& mark : marks) {
    if (mark.visible() && double(mark.shown.hour) <= hour && (!last || mark.shown.hour >= last->hour))
      last = mark.shown;
  }
  return last;
}

QString RecordFact::number(double value) const {
  return trimmed(value, 2);
}

QString RecordFact::text(double value) const {
  if (unit == QStringLiteral("0/1") && value == 0) return Text::tr("no");
  if (unit == QStringLiteral("0/1") && value == 1) return Text::tr("yes");
  return unit.isEmpty() ? number(value) : QStringLiteral("%1 %2").arg(number(value), unit);
}

int RecordContent::binAt(double hour) const {
  if (bins < 1) return -1;
  return std::clamp(static_cast<int>(std::lround(hour / time.windowHours * (bins - 1))), 0, bins - 1);
}

RecordContent recordContent(const Document& document, const std::vector<DocumentEntry>& documents) {
  RecordContent content;
  if (!document.cohort() || !document.recordedSample()) return content;
  ContentReader reader(document, content);
  reader.read();
  reader.addDocuments(documents);
  return content;
}

Table recordTable(const RecordContent& content, int bin) {
  Table table;
  table.columns = {Text::tr("modality"),
                   Text::tr("variable"),
                   Text::tr("unit"),
                   Text::tr("hour"),
                   Text::tr("value"),
                   Text::tr("recorded hour"),
                   Text::tr("recorded value"),
                   Text::tr("edit"),
                   bin < 0 ? Text::tr("mTAND weight") : Text::tr("mTAND weight, bin %1").arg(bin + 1)};
  const auto exact = [](double value) { return std::isnan(value) ? QString() : QString::number(value, 'g', 9); };
  const auto add = [&](const QString& modality, const QString& variable, const QString& unit, const RecordMark& mark,
                       bool valued, bool masked, double weight) {
    QStringList edits;
    if (mark.deleted)
      edits << Text::tr("deleted");
    else if (mark.added())
      edits << Text::tr("added");
    else if (mark.edited())
      edits << Text::tr("moved");
    if (mark.masked || masked) edits << Text::tr("masked");
    const auto value = [&](const Observation& observation) {
      return valued ? exact(double(observation.value)) : QString();
    };
    const bool recorded = !mark.added();
    table.rows.push_back({modality, variable, unit, exact(double(mark.shown.hour)), value(mark.shown),
                          recorded ? exact(double(mark.recorded.hour)) : QString(),
                          recorded ? value(mark.recorded) : QString(), edits.join(' '), exact(weight)});
  };
  for (const RecordFact& fact : content.facts)
    if (fact.mark)
      add(QString::fromStdString(fact.modality), fact.title, fact.unit, *fact.mark, true, fact.masked, kNone);
  for (const RecordLane& lane : content.lanes) {
    if (lane.kind == RecordLane::Kind::Documents) continue;
    const bool series = lane.kind == RecordLane::Kind::Series;
    for (std::size_t i = 0; i < lane.marks.size(); ++i)
      add(lane.modalityTitle, series ? lane.title : lane.names.at(i), lane.unit, lane.marks[i], series,
          lane.modalityMasked, i < lane.weights.size() ? lane.weights[i] : kNone);
  }
  return table;
}

}  // namespace fusemoe::ui
