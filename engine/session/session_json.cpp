#include "session/session_json.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <set>
#include <utility>

#include "base/atomic_file.h"
#include "base/database_url.h"
#include "session/session_fields.h"

namespace fusemoe {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr const char* kFormat = "fusemoe-session";

constexpr Spelling<Distribution> kDistributions[] = {{Distribution::Dense, "dense"}, {Distribution::TopK, "top-k"}};
constexpr Spelling<LoadMeasure> kLoadMeasures[] = {{LoadMeasure::Tokens, "tokens"},
                                                   {LoadMeasure::Importance, "importance"}};
constexpr Spelling<LoadScope> kLoadScopes[] = {
    {LoadScope::Stay, "stay"}, {LoadScope::Slice, "slice"}, {LoadScope::Cohort, "cohort"}};
constexpr Spelling<RoutingView> kRoutingViews[] = {
    {RoutingView::Bars, "bars"}, {RoutingView::HeatMap, "heat-map"}, {RoutingView::Flow, "flow"}};

// Paths are lexical: what a link points at is the machine's business, where it lies from here is the session's.
// A database URL is written as it is, but never with a password.
std::string pathFrom(const std::string& folder, const std::string& path) {
  if (isDatabaseUrl(path)) return withoutPassword(path);
  const std::filesystem::path whole = std::filesystem::absolute(path).lexically_normal();
  return whole.lexically_relative(folder).generic_string();
}

std::string pathIn(const std::string& folder, const std::string& path) {
  if (isDatabaseUrl(path)) return withoutPassword(path);
  return (std::filesystem::path(folder) / path).lexically_normal().string();
}

// ---------------------------------------------------------------- writing

struct EditToJson {
  ordered_json operator()(const MoveObservation& edit) const {
    return {{"kind", "move"},      {"modality", edit.modality}, {"variable", edit.variable},
            {"index", edit.index}, {"hours", edit.hours},       {"value", edit.value}};
  }
  ordered_json operator()(const AddObservation& edit) const {
    return {{"kind", "add"},
            {"modality", edit.modality},
            {"variable", edit.variable},
            {"hour", edit.observation.hour},
            {"value", edit.observation.value}};
  }
  ordered_json operator()(const DeleteObservation& edit) const {
    return {{"kind", "delete"}, {"modality", edit.modality}, {"variable", edit.variable}, {"index", edit.index}};
  }
  ordered_json operator()(const MaskVariable& edit) const {
    return {{"kind", "mask-variable"}, {"modality", edit.modality}, {"variable", edit.variable}};
  }
  ordered_json operator()(const MaskWindow& edit) const {
    return {{"kind", "mask-window"}, {"modality", edit.modality}, {"from", edit.from}, {"until", edit.until}};
  }
};

ordered_json toJson(const RecordEdits& edits) {
  ordered_json list = ordered_json::array();
  for (const RecordEdit& edit : edits) list.push_back(std::visit(EditToJson{}, edit));
  return list;
}

ordered_json fileToJson(const std::string& path, const std::string& digest, const std::string& folder) {
  if (path.empty()) return nullptr;
  ordered_json file{{"path", pathFrom(folder, path)}};
  if (!digest.empty()) file["sha256"] = digest;
  return file;
}

ordered_json toJson(const Reference& reference, const std::string& digest, const std::string& folder) {
  const auto& [modelPath, stayId, masked, edits] = reference;
  ordered_json object = ordered_json::object();
  if (modelPath) object["model"] = fileToJson(*modelPath, digest, folder);
  if (stayId) object["stay"] = *stayId;
  if (masked) object["masked"] = *masked;
  if (edits) object["edits"] = toJson(*edits);
  return object;
}

// ---------------------------------------------------------------- reading

RecordEdit readEdit(Fields& fields) {
  std::string kind, modality, variable;
  fields.read("kind", kind);
  fields.read("modality", modality);
  if (kind == "mask-window") {
    MaskWindow edit{modality};
    fields.read("from", edit.from);
    fields.read("until", edit.until);
    return edit;
  }
  fields.read("variable", variable);
  if (kind == "mask-variable") return MaskVariable{modality, variable};
  if (kind == "add") {
    AddObservation edit{modality, variable, {}};
    fields.read("hour", edit.observation.hour);
    fields.read("value", edit.observation.value);
    return edit;
  }
  int index = 0;
  fields.read("index", index, 0);
  if (kind == "delete") return DeleteObservation{modality, variable, index};
  if (kind != "move") fields.fail("kind", "one of move, add, delete, mask-variable, mask-window");
  MoveObservation edit{modality, variable, index};
  fields.read("hours", edit.hours);
  fields.read("value", edit.value);
  return edit;
}

void readEdits(Fields& fields, const char* field, RecordEdits& edits) {
  fields.each(field, [&](Fields& item) { edits.push_back(readEdit(item)); });
}

void readFile(Fields& fields, const char* field, const std::string& folder, std::string& path, std::string& digest) {
  fields.object(field, [&](Fields& file) {
    file.read("path", path);
    file.read("sha256", digest);
    if (path.empty() || path.find('\0') != std::string::npos) file.fail("path", "the path of a file");
    path = pathIn(folder, path);
  });
}

void readReference(Fields& fields, const std::string& folder, Session& session) {
  fields.object("reference", [&](Fields& object) {
    Reference reference;
    if (object.has("model")) readFile(object, "model", folder, reference.modelPath.emplace(), session.referenceDigest);
    if (object.has("stay")) object.read("stay", reference.stayId.emplace());
    if (object.has("masked")) object.read("masked", reference.masked.emplace());
    if (object.has("edits")) readEdits(object, "edits", reference.edits.emplace());
    session.state.reference = std::move(reference);
  });
}

void readState(Fields& fields, const std::string& folder, Session& session) {
  SessionState& state = session.state;
  readFile(fields, "model", folder, state.modelPath, session.modelDigest);
  readFile(fields, "cohort", folder, state.cohortPath, session.cohortDigest);
  fields.read("stay", state.stayId);
  fields.read("masked", state.masked);
  fields.each("edits", [&](Fields& item) {
    std::int64_t stay = 0;
    item.read("stay", stay);
    if (state.edits.contains(stay)) item.fail("stay", "a stay that was not named before");
    readEdits(item, "changes", state.edits[stay]);
  });
  readReference(fields, folder, session);
  if (fields.has("intervention")) {
    std::string text;
    fields.read("intervention", text);
    Result<Intervention> intervention = interventionFromText(text);
    if (!intervention) return fields.fail("intervention", intervention.error().line());
    state.intervention = std::move(*intervention);
  }
  fields.read("filter", state.filter);
  fields.each("slices", [&](Fields& item) {
    Slice& slice = state.slices.emplace_back();
    item.read("name", slice.name);
    item.read("filter", slice.filter);
  });
  fields.object("view", [&](Fields& view) {
    view.read("layer", state.layer, 0);
    view.choose("distribution", state.distribution, kDistributions);
    view.choose("loadMeasure", state.loadMeasure, kLoadMeasures);
    view.choose("loadScope", state.loadScope, kLoadScopes);
    view.choose("routing", state.routingView, kRoutingViews);
  });
}

tl::unexpected<Error> notASession(const std::string& detail) {
  return failure("This is not a session of FuseMoE Explorer.", "A session is saved with File, Save session.", detail);
}

Result<void> checkHead(const json& document) {
  if (!document.is_object() || !document.contains("format") || document["format"] != kFormat)
    return notASession("\"format\" is not \"" + std::string(kFormat) + "\"");
  const auto version = document.find("version");
  if (version == document.end() || !version->is_number_integer() || *version < 1)
    return notASession("\"version\" is not a whole number from 1");
  if (*version > kSessionVersion)
    return failure("This session was saved by a newer version of FuseMoE Explorer.", "Open it with that version.",
                   "session version " + version->dump() + ", this program knows " + std::to_string(kSessionVersion));
  return {};
}

}  // namespace

std::string sessionToJson(const Session& session, const std::string& folder) {
  // Taken apart by name, so that a field added to the state and forgotten here does not compile.
  const auto& [modelPath, cohortPath, stayId, masked, edits, reference, intervention, filter, slices, layer,
               distribution, loadMeasure, loadScope, routingView] = session.state;
  ordered_json document{{"format", kFormat}, {"version", kSessionVersion}};
  if (!modelPath.empty()) document["model"] = fileToJson(modelPath, session.modelDigest, folder);
  if (!cohortPath.empty()) document["cohort"] = fileToJson(cohortPath, session.cohortDigest, folder);
  document["stay"] = stayId;
  document["masked"] = masked;
  document["edits"] = ordered_json::array();
  for (const auto& [stay, changes] : edits) document["edits"].push_back({{"stay", stay}, {"changes", toJson(changes)}});
  document["reference"] = toJson(reference, session.referenceDigest, folder);
  if (!intervention.empty()) document["intervention"] = describe(intervention);
  document["filter"] = filter;
  document["slices"] = ordered_json::array();
  for (const Slice& slice : slices) document["slices"].push_back({{"name", slice.name}, {"filter", slice.filter}});
  document["view"] = {{"layer", layer},
                      {"distribution", spelt(distribution, kDistributions)},
                      {"loadMeasure", spelt(loadMeasure, kLoadMeasures)},
                      {"loadScope", spelt(loadScope, kLoadScopes)},
                      {"routing", spelt(routingView, kRoutingViews)}};
  // A file name need not be UTF-8; what cannot be said is replaced, and the file asked for when it is not found.
  return document.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

Result<SessionRead> sessionFromJson(std::string_view text, const std::string& folder) {
  Result<json> document = parseBounded(text);
  if (!document) return notASession(document.error().what);
  if (const Result<void> head = checkHead(*document); !head) return failure(head.error());
  SessionRead read;
  FieldProblems problems;
  Fields fields(*document, "", problems);
  fields.ignore({"format", "version"});
  readState(fields, folder, read.session);
  fields.finish();
  if (!problems.wrong.empty())
    return failure("The session is damaged: " + problems.wrong + ".", "Nothing was changed. Use an older copy of it.");
  read.unknown = std::move(problems.unknown);
  return read;
}

Result<void> writeSession(const std::string& path, const Session& session) {
  const std::string folder = std::filesystem::absolute(path).lexically_normal().parent_path().string();
  const std::string text = sessionToJson(session, folder);
  if (text.size() > kSessionBytes)
    return failure("The session is too large to be saved.", "Remove what-if edits that are no longer needed.",
                   std::to_string(text.size()) + " bytes of at most " + std::to_string(kSessionBytes));
  return writeFileAtomically(path, [&](std::ostream& out) -> Result<void> {
    out << text;
    return {};
  });
}

Result<SessionRead> readSession(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return failure("Cannot read " + path + ".", "Check that the file is there and may be read.");
  std::string text(kSessionBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) return failure("Cannot read " + path + ".", "Check that it is a file and not a folder.");
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > kSessionBytes)
    return failure(path + " is too large to be a session.", "A session has at most 8 MB. Choose another file.");
  const std::string folder = std::filesystem::absolute(path).lexically_normal().parent_path().string();
  Result<SessionRead> read = sessionFromJson(text, folder);
  if (!read && !read.error().detail.empty()) read.error().detail = path + ": " + read.error().detail;
  return read;
}

}  // namespace fusemoe
