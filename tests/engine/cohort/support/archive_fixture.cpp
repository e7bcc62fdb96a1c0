#include "archive_fixture.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <stdexcept>

namespace fusemoe::test {
namespace {

void setFormat(archive* writer, const std::string& path) {
  if (path.ends_with(".zip") || path.ends_with(".npz")) {
    archive_write_set_format_zip(writer);
    archive_write_set_options(writer, path.ends_with(".stored.zip") ? "zip:compression=store" : "");
    return;
  }
  archive_write_set_format_pax_restricted(writer);
  if (path.ends_with(".gz")) archive_write_add_filter_gzip(writer);
  if (path.ends_with(".xz")) archive_write_add_filter_xz(writer);
}

unsigned typeOf(Member::Kind kind) {
  switch (kind) {
    case Member::Kind::File:
      return AE_IFREG;
    case Member::Kind::Folder:
      return AE_IFDIR;
    case Member::Kind::Symlink:
      return AE_IFLNK;
    case Member::Kind::Device:
      return AE_IFCHR;
  }
  return AE_IFREG;
}

}  // namespace

void writeArchive(const std::string& path, const std::vector<Member>& members) {
  const std::unique_ptr<archive, int (*)(archive*)> writer(archive_write_new(), &archive_write_free);
  setFormat(writer.get(), path);
  bool written = archive_write_open_filename(writer.get(), path.c_str()) == ARCHIVE_OK;
  for (const Member& member : members) {
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), &archive_entry_free);
    archive_entry_set_pathname(entry.get(), member.name.c_str());
    archive_entry_set_filetype(entry.get(), typeOf(member.kind));
    archive_entry_set_perm(entry.get(), 0644);
    if (member.kind == Member::Kind::Symlink) archive_entry_set_symlink(entry.get(), member.bytes.c_str());
    const bool isFile = member.kind == Member::Kind::File;
    archive_entry_set_size(entry.get(), isFile ? static_cast<la_int64_t>(member.bytes.size()) : 0);
    written = written && archive_write_header(writer.get(), entry.get()) >= ARCHIVE_WARN;
    if (isFile && !member.bytes.empty())
      written = written && archive_write_data(writer.get(), member.bytes.data(), member.bytes.size()) ==
                               static_cast<la_ssize_t>(member.bytes.size());
  }
  if (archive_write_close(writer.get()) != ARCHIVE_OK || !written) throw std::runtime_error("cannot write " + path);
}

}  // namespace fusemoe::test
