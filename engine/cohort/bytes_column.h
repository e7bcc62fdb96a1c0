#pragma once

#include <soci/soci.h>

#include <optional>
#include <string>

// Inside engine/cohort only.
namespace fusemoe {

/// A result column of bytes. SOCI's blobs are large objects in PostgreSQL, which outlive their rows and belong to no
/// schema; there the column is BYTEA, which the server sends as hexadecimal text.
class BytesColumn {
 public:
  explicit BytesColumn(soci::session& session);
  /// Makes the column the statement's next one.
  void bind(soci::statement& statement);
  /// The bytes of the row fetched last. Throws soci::soci_error.
  const std::string& bytes();

 private:
  std::optional<soci::blob> m_blob;  ///< SQLite
  std::string m_text, m_bytes;
};

}  // namespace fusemoe
