#include "desk/desk.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "desk/record_rows.h"
#include "desk/schema.h"
#include "text/hash.h"

namespace parley::desk {
namespace {

/// report_text(id): the one text of a report, uncompressed. It has a connection of its own for lookups, since the
/// statement that calls it may be in the middle of the same table; opened at its first use.
Result<Done> add_report_text(Database& database) {
  auto own = std::make_shared<std::unique_ptr<Database>>();
  return database.add_function("report_text", [own, path = database.path()](std::int64_t id) -> Result<std::string> {
    if (!*own) {
      auto opened = Database::open(path, Database::Mode::read);
      if (!opened) return opened.error();
      *own = std::make_unique<Database>(std::move(*opened));
    }
    return load_text(**own, id);
  });
}

}  // namespace

Result<Database> open_for_reading(const std::string& path) {
  auto database = Database::open(path, Database::Mode::read);
  if (!database) return database.error();
  PARLEY_TRY(check_version(*database));
  PARLEY_TRY(database->execute("PRAGMA query_only = ON; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY"));
  PARLEY_TRY(add_report_text(*database));
  return database;
}

Result<Database> open_for_writing(const std::string& path) {
  auto database = Database::open(path, Database::Mode::create);
  if (!database) return database.error();
  // FULL: a commit is on the disk before its reports are called stored, even if the power goes.
  PARLEY_TRY(database->execute(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -24576; "
      "PRAGMA wal_autocheckpoint = 16000; PRAGMA temp_store = MEMORY"));
  PARLEY_TRY(add_report_text(*database));
  PARLEY_TRY(migrate(*database));
  return database;
}

std::string fingerprint_of(const Document& document) {
  Fingerprint out;
  out.add(document.text());
  out.add(document.title.value_or(""));
  out.add(document.published.value_or(""));
  return out.hex();
}

Result<std::optional<Existing>> find_existing(Database& database, const Document& document,
                                              const std::string& fingerprint, bool own_id) {
  const auto ask = [&](std::string_view sql, std::string_view value) -> Result<std::optional<Existing>> {
    auto query = database.prepare(sql);
    if (!query) return query.error();
    query->bind(1, value);
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) return std::optional<Existing>();
    return std::optional(Existing{query->integer(0), query->integer(1), std::string(query->text(2))});
  };
  auto found = ask("SELECT id, version, fingerprint FROM report WHERE key = ? ORDER BY version DESC LIMIT 1", document.id);
  if (!found || *found) return found;
  if (document.uri) {
    found = ask("SELECT id, version, fingerprint FROM report WHERE uri = ? AND current = 1 LIMIT 1", *document.uri);
    if (!found || *found) return found;
  }
  // A file under another name says the same: it is the same report, unless it says where else it is from.
  if (!own_id && !document.uri) {
    return ask("SELECT id, version, fingerprint FROM report WHERE fingerprint = ? AND current = 1 LIMIT 1", fingerprint);
  }
  return std::optional<Existing>();
}

Result<WriterLock> WriterLock::take(const std::string& desk) {
  const std::string path = desk + "-writer";
  for (;;) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0) {
      return Error{Error::Code::unreadable,
                   fmt::format("the desk's lock cannot be made: {}; check that its folder may be written", std::strerror(errno)),
                   path};
    }
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
      const int reason = errno;
      ::close(file);
      if (reason == EWOULDBLOCK) {
        return Error{Error::Code::unreadable, "another program is writing to this desk; try again when it is done", desk};
      }
      return Error{Error::Code::unreadable, fmt::format("the desk's lock cannot be taken: {}", std::strerror(reason)), path};
    }
    // The holder before may have removed the file between our two calls: then the lock is on nothing.
    struct stat held {};
    struct stat named {};
    if (::fstat(file, &held) == 0 && ::stat(path.c_str(), &named) == 0 && held.st_ino == named.st_ino) {
      return WriterLock(file, path);
    }
    ::close(file);
  }
}

WriterLock::WriterLock(WriterLock&& other) noexcept
    : file_(std::exchange(other.file_, -1)), path_(std::move(other.path_)) {}

WriterLock& WriterLock::operator=(WriterLock&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(path_, other.path_);
  return *this;
}

WriterLock::~WriterLock() {
  if (file_ < 0) return;
  ::unlink(path_.c_str());
  ::close(file_);
}

}  // namespace parley::desk
