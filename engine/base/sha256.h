#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace fusemoe {

/// SHA-256 of bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();
  void add(std::string_view bytes);
  /// 64 lower-case hexadecimal digits. Ends the digest.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

/// SHA-256 as 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);
/// SHA-256 of a file, read in blocks. Error: cannot be opened or read.
Result<std::string> sha256File(const std::string& path);

}  // namespace fusemoe
