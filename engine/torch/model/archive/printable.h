#pragma once

#include <string>
#include <string_view>

namespace fusemoe {

/// Text of a stranger's file, for messages: what is not printable ASCII becomes '?', and at most 60 characters stay.
std::string printable(std::string_view text);

/// The next step where only Python can read `path`: one line that writes it anew as this program reads it. It runs the
/// file's pickle, and says so.
std::string rewriteHint(const std::string& path);
/// The same where `expression` of the loaded object `d` is what should be written.
std::string rewriteHint(const std::string& path, const std::string& expression);

}  // namespace fusemoe
