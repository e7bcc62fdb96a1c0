#include "torch/model/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace fusemoe {

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return failure("Cannot open " + path + ".", "Check that the file exists and can be read.", std::strerror(errno));
  struct stat status {};
  const bool regular = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  if (!regular || status.st_size == 0) {
    ::close(descriptor);
    return failure(path + (regular ? " is empty." : " is not a file."), "Choose a model or data file.");
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  const int code = errno;
  ::close(descriptor);
  if (address == MAP_FAILED)
    return failure("Cannot map " + path + " into memory.", "Copy it to a local disk.", std::strerror(code));
  return std::shared_ptr<const MappedFile>(new MappedFile(path, static_cast<const char*>(address), size));
}

Result<void> MappedFile::stillThere() const {
  if (!m_guard.lost()) return {};
  return failure(m_path + " was cut short or became unreadable while it was open.",
                 "Open it again, best from a copy on a local disk.");
}

MappedFile::~MappedFile() {
  ::munmap(const_cast<char*>(m_data), m_size);
}

}  // namespace fusemoe
