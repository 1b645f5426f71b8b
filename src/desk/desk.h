// A desk: one SQLite file with reports, their records, stories and happenings. docs/desk.md has the tables.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "desk/sqlite.h"
#include "parley/document.h"

namespace parley::desk {

/// Opens a desk for questions; nothing can be written through it. SQL has the function report_text(id).
/// Any number may be open while one program writes. Errors: not_found, unreadable, mismatch.
Result<Database> open_for_reading(const std::string& path);

/// Opens a desk for writing, makes it where there is none, and brings an older one up to date.
Result<Database> open_for_writing(const std::string& path);

/// Which report this is by what it says: two documents with the same one are the same report.
std::string fingerprint_of(const Document& document);

/// The newest version of a report that is stored already.
struct Existing {
  std::int64_t id = 0;
  std::int64_t version = 0;
  std::string fingerprint;
};

/// Looked for by the report's id, then by its URI; a report whose id is only the name of the file it lies in
/// (`own_id` false) also by what it says.
Result<std::optional<Existing>> find_existing(Database& database, const Document& document,
                                              const std::string& fingerprint, bool own_id);

/// One writer a desk: a lock on FILE-writer, gone with the object or the process.
class WriterLock {
 public:
  /// Errors: unreadable (someone else writes; no permission).
  static Result<WriterLock> take(const std::string& desk);
  WriterLock(WriterLock&& other) noexcept;
  WriterLock& operator=(WriterLock&& other) noexcept;
  ~WriterLock();

 private:
  WriterLock(int file, std::string path) : file_(file), path_(std::move(path)) {}
  int file_ = -1;
  std::string path_;
};

}  // namespace parley::desk
