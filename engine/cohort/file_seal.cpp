#include "cohort/file_seal.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <vector>

#include "base/sha256.h"

namespace fusemoe {
namespace {

constexpr std::size_t kSealAt = 60, kSealBytes = 4;
using Seal = std::array<char, kSealBytes>;

/// The seal that belongs to a digest: its first bytes.
Seal sealOf(const std::string& sha256) {
  Seal seal{};
  for (std::size_t i = 0; i < kSealBytes; ++i)
    seal[i] = static_cast<char>(std::stoi(sha256.substr(2 * i, 2), nullptr, 16));
  return seal;
}

/// The file's digest without the seal, and the seal found.
Result<std::string> unsealedDigest(const std::string& path, Seal& found) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return failure("Cannot open " + path + ".", "Check that the file exists and can be read.");
  Sha256 sha;
  std::vector<char> block(1 << 20);
  bool first = true;
  while (file) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    const auto bytes = static_cast<std::size_t>(file.gcount());
    if (first && bytes >= kSealAt + kSealBytes) {
      std::copy_n(block.begin() + kSealAt, kSealBytes, found.begin());
      std::fill_n(block.begin() + kSealAt, kSealBytes, '\0');
    }
    first = false;
    sha.add({block.data(), bytes});
  }
  if (file.bad()) return failure("Reading " + path + " failed.", "Check the disk.");
  return sha.hex();
}

}  // namespace

Result<void> sealFile(const std::string& path) {
  Seal old{};
  const Result<std::string> sha256 = unsealedDigest(path, old);
  if (!sha256) return failure(sha256.error());
  const Seal seal = sealOf(*sha256);
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(kSealAt);
  file.write(seal.data(), kSealBytes);
  if (!file.flush()) return failure("Writing " + path + " failed.", "Check the disk.");
  return {};
}

Result<FileDigest> digestFile(const std::string& path) {
  Seal found{};
  Result<std::string> sha256 = unsealedDigest(path, found);
  if (!sha256) return failure(sha256.error());
  const bool sealed = found != Seal{} && found == sealOf(*sha256);
  return FileDigest{std::move(*sha256), sealed};
}

}  // namespace fusemoe
