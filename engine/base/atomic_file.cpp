#include "base/atomic_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace fusemoe {
namespace {

tl::unexpected<Error> cannotWrite(const std::string& path, int code) {
  return failure("Cannot write " + path + ".", "Check that the folder exists, is writable and has free space.",
                 std::strerror(code));
}

}  // namespace

std::string temporaryBeside(const std::string& path) {
  return path + ".part" + std::to_string(::getpid());
}

Result<void> commitFile(const std::string& temporary, const std::string& path) {
  const int descriptor = ::open(temporary.c_str(), O_RDONLY | O_CLOEXEC);
  const bool flushed = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int code = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (flushed && std::rename(temporary.c_str(), path.c_str()) == 0) return {};
  const auto error = cannotWrite(path, flushed ? errno : code);
  std::remove(temporary.c_str());
  return error;
}

Result<void> writeFileAtomically(const std::string& path, const std::function<Result<void>(std::ostream&)>& write) {
  const std::string temporary = temporaryBeside(path);
  std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
  if (!file) return cannotWrite(path, errno);
  Result<void> written = write(file);
  file.close();
  if (written && file) return commitFile(temporary, path);
  const int code = errno;
  std::remove(temporary.c_str());
  if (!written) return written;
  return cannotWrite(path, code);
}

}  // namespace fusemoe
