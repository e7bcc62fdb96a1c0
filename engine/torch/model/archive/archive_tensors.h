#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "torch/model/archive/pickle_value.h"
#include "torch/model/archive/zip_reader.h"

namespace fusemoe {

/// Makes tensors of what a pickle says about them: views into the mapped file, which they keep alive. Copied are only
/// storages at an odd address, once each, and tensors whose elements do not lie in order; all copies together are no
/// larger than the file, whatever shapes it claims.
class ArchiveTensors {
 public:
  /// `root` is the folder of the archive's records; `path` is for messages. All must outlive this object.
  ArchiveTensors(const Pickle& pickle, const ZipReader& zip, std::shared_ptr<const MappedFile> file, std::string root,
                 std::string path);

  /// The tensor of a value; nothing where the value is no tensor. `name` is for messages. Errors: a storage that is
  /// missing or shorter than it says; a tensor outside its storage; quantised, sparse and other exotic tensors.
  Result<std::optional<at::Tensor>> tensor(PickleRef value, const std::string& name);

 private:
  struct Storage {
    std::int64_t elements = 0;
    at::ScalarType type = at::kFloat;
    const char* data = nullptr;
    std::shared_ptr<const void> owner;
  };
  /// The function that makes a tensor and its arguments, without what wraps them (Parameter, subclasses).
  struct Recipe {
    PickleRef function = 0;
    const std::vector<PickleRef>* arguments = nullptr;
  };

  Recipe unwrapped(PickleRef value) const;
  Result<at::Tensor> build(const std::vector<PickleRef>& arguments, const std::string& name);
  Result<Storage> storage(PickleRef value, const std::string& name);
  /// Bytes of a record at an address fit for elements of this size.
  Result<std::shared_ptr<const char>> aligned(const std::string& record, std::size_t elementSize);
  std::optional<std::vector<std::int64_t>> sizes(PickleRef value) const;
  Result<void> mayCopy(std::uint64_t bytes);
  tl::unexpected<Error> damaged(const std::string& name, const std::string& why) const;
  tl::unexpected<Error> exotic(const std::string& name, const std::string& kind) const;

  const Pickle& m_pickle;
  const ZipReader& m_zip;
  std::shared_ptr<const MappedFile> m_file;
  std::string m_root, m_path;
  std::map<std::string, std::shared_ptr<const char>> m_copies;
  std::uint64_t m_copied = 0;
};

}  // namespace fusemoe
