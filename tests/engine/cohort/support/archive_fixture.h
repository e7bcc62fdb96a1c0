#pragma once

#include <string>
#include <vector>

namespace fusemoe::test {

/// A member of an archive made for a test.
struct Member {
  enum class Kind { File, Folder, Symlink, Device };
  std::string name, bytes;  ///< `bytes` of a link: its target
  Kind kind = Kind::File;
};

/// Writes an archive; its kind is what the name ends in: .tar, .tar.gz, .tar.xz, .zip (deflated), .stored.zip, .npz
/// (deflated). Throws std::runtime_error.
void writeArchive(const std::string& path, const std::vector<Member>& members);

}  // namespace fusemoe::test
