#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "session/session_state.h"

namespace fusemoe {

inline constexpr int kSessionVersion = 1;
inline constexpr std::string_view kSessionEnding = ".fusemoe.json";
inline constexpr std::size_t kSessionBytes = 8U << 20U;  ///< a larger session is neither written nor read

/// A session as its file has it: the state, and what the files it names were when it was saved.
struct Session {
  SessionState state;
  std::string modelDigest;      ///< ModelInfo::digest; empty = not known
  std::string cohortDigest;     ///< CohortInfo::digest
  std::string referenceDigest;  ///< of Reference::modelPath
  bool operator==(const Session&) const = default;
};

/// A session read, and what of its file was left out because this version does not know it.
struct SessionRead {
  Session session;
  std::vector<std::string> unknown;  ///< places: "view.zoom"
};

/// The session as JSON for a file in `folder` (absolute): other files are named by their path from there, so that all
/// can move together. It holds which stay is looked at and the differences the user made, never what was recorded.
/// Numbers of the state are finite.
std::string sessionToJson(const Session& session, const std::string& folder);

/// Reads what sessionToJson() wrote; paths become absolute. All or nothing. Errors, each naming the place: not JSON,
/// not a session, a newer version, a field of another type or out of bounds, a field twice, too deep, too large.
Result<SessionRead> sessionFromJson(std::string_view text, const std::string& folder);

/// The same for a file, written whole or not at all.
Result<void> writeSession(const std::string& path, const Session& session);
Result<SessionRead> readSession(const std::string& path);

}  // namespace fusemoe
