#include "desk/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <filesystem>
#include <utility>

namespace parley::desk {

Error sqlite_error(sqlite3* database, std::string_view doing) {
  const int code = database ? sqlite3_extended_errcode(database) : SQLITE_NOMEM;
  const char* file = database ? sqlite3_db_filename(database, "main") : nullptr;
  const std::string where = file ? file : "";
  const std::string words = database ? sqlite3_errmsg(database) : "out of memory";
  const auto make = [&](Error::Code kind, std::string_view remedy) {
    return Error{kind, fmt::format("{}: {}; {}", doing, words, remedy), where};
  };
  switch (code & 0xff) {
    case SQLITE_FULL:
      return make(Error::Code::unreadable, "free some space and run the same command again, what is stored stays");
    case SQLITE_READONLY:
      return make(Error::Code::unreadable, "the desk or its folder cannot be written; check their permissions");
    case SQLITE_CANTOPEN:
      return make(Error::Code::unreadable, "check that the folder exists and may be written");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return make(Error::Code::unreadable, "another program is writing to this desk; try again when it is done");
    case SQLITE_CORRUPT:
      return make(Error::Code::mismatch,
                  "the desk is damaged; restore a copy, or save what is left with: sqlite3 DESK .recover");
    case SQLITE_NOTADB: return make(Error::Code::mismatch, "give a desk that parley ingest made, or a new name");
    case SQLITE_IOERR:
      return make(Error::Code::unreadable, "the disk or the file system failed; check it, then try again");
    case SQLITE_INTERRUPT: return make(Error::Code::too_large, "it was stopped; narrow the question");
    case SQLITE_AUTH: return make(Error::Code::usage, "only reading is allowed here");
    case SQLITE_CONSTRAINT: return make(Error::Code::internal, "please report this");
    default: return make(Error::Code::usage, "check the statement");
  }
}

Query::~Query() {
  if (!statement_) return;
  if (owned_) {
    sqlite3_finalize(statement_);
  } else {
    reset();
  }
}

void Query::reset() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Query& Query::bind(int index, std::int64_t value) {
  sqlite3_bind_int64(statement_, index, value);
  return *this;
}

Query& Query::bind(int index, double value) {
  sqlite3_bind_double(statement_, index, value);
  return *this;
}

Query& Query::bind(int index, std::string_view value) {
  sqlite3_bind_text64(statement_, index, value.data() ? value.data() : "", value.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
  return *this;
}

Query& Query::bind_blob(int index, std::string_view value) {
  sqlite3_bind_blob64(statement_, index, value.data() ? value.data() : "", value.size(), SQLITE_TRANSIENT);
  return *this;
}

Query& Query::bind_null(int index) {
  sqlite3_bind_null(statement_, index);
  return *this;
}

Result<bool> Query::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return sqlite_error(database_, "the desk");
}

Result<Done> Query::run() {
  for (;;) {
    const auto row = step();
    if (!row) {
      Error error = row.error();
      reset();
      return error;
    }
    if (!*row) break;
  }
  reset();
  return Done{};
}

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }
double Query::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string_view Query::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return data ? std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
              : std::string_view();
}

std::string_view Query::blob(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return data ? std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
              : std::string_view();
}

bool Query::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::optional<std::string> Query::optional_text(int column) const {
  if (is_null(column)) return std::nullopt;
  return std::string(text(column));
}

std::optional<double> Query::optional_real(int column) const {
  if (is_null(column)) return std::nullopt;
  return real(column);
}

std::optional<std::int64_t> Query::optional_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

int Query::columns() const { return sqlite3_column_count(statement_); }
std::string Query::column_name(int column) const {
  const char* name = sqlite3_column_name(statement_, column);
  return name ? name : "";
}

Query::Kind Query::kind(int column) const {
  switch (sqlite3_column_type(statement_, column)) {
    case SQLITE_INTEGER: return Kind::integer;
    case SQLITE_FLOAT: return Kind::real;
    case SQLITE_TEXT: return Kind::text;
    case SQLITE_BLOB: return Kind::blob;
    default: return Kind::null;
  }
}

Result<Database> Database::open(const std::string& path, Mode mode) {
  if (mode != Mode::create && !std::filesystem::exists(path)) {
    return Error{Error::Code::not_found, "there is no such desk; parley ingest --desk FILE makes one", path};
  }
  const int flags = mode == Mode::read ? SQLITE_OPEN_READONLY
                    : mode == Mode::write
                        ? SQLITE_OPEN_READWRITE
                        : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  if (code != SQLITE_OK) {
    Error error = sqlite_error(handle, "the desk does not open");
    error.where = path;
    sqlite3_close_v2(handle);
    return error;
  }
  Database out(handle, path);
  sqlite3_busy_timeout(handle, 5000);
  return out;
}

Database::Database(Database&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)),
      path_(std::move(other.path_)),
      statements_(std::move(other.statements_)),
      function_(std::move(other.function_)) {
  other.statements_.clear();
}

Database& Database::operator=(Database&& other) noexcept {
  if (this == &other) return *this;
  close();
  handle_ = std::exchange(other.handle_, nullptr);
  path_ = std::move(other.path_);
  statements_ = std::move(other.statements_);
  function_ = std::move(other.function_);
  other.statements_.clear();
  return *this;
}

Database::~Database() { close(); }

void Database::close() {
  for (auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  statements_.clear();
  if (handle_) sqlite3_close_v2(handle_);
  handle_ = nullptr;
}

Result<Done> Database::execute(std::string_view sql) {
  const std::string text(sql);
  if (sqlite3_exec(handle_, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return sqlite_error(handle_, "the desk");
  }
  return Done{};
}

Result<Query> Database::prepare(std::string_view sql) {
  const auto found = statements_.find(std::string(sql));
  if (found != statements_.end()) return Query(found->second, handle_);
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement,
                         nullptr) != SQLITE_OK) {
    return sqlite_error(handle_, "the desk");
  }
  statements_.emplace(std::string(sql), statement);
  return Query(statement, handle_);
}

Result<Query> Database::prepare_once(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  if (sqlite3_prepare_v2(handle_, sql.data(), static_cast<int>(sql.size()), &statement, &rest) != SQLITE_OK) {
    return sqlite_error(handle_, "the statement");
  }
  if (!statement) return Error{Error::Code::usage, "the statement is empty; try: SELECT count(*) FROM report", ""};
  return Query(statement, handle_, true);
}

std::int64_t Database::last_row() const { return sqlite3_last_insert_rowid(handle_); }
int Database::changes() const { return sqlite3_changes(handle_); }
void Database::interrupt() { sqlite3_interrupt(handle_); }

Result<Done> Database::add_function(const char* name, TextFunction function) {
  function_ = std::make_unique<TextFunction>(std::move(function));
  const auto call = [](sqlite3_context* context, int, sqlite3_value** values) {
    const auto& wanted = *static_cast<TextFunction*>(sqlite3_user_data(context));
    if (sqlite3_value_type(values[0]) != SQLITE_INTEGER) return sqlite3_result_null(context);
    const auto text = wanted(sqlite3_value_int64(values[0]));
    if (!text) return sqlite3_result_error(context, text.error().message.c_str(), -1);
    sqlite3_result_text64(context, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  };
  if (sqlite3_create_function_v2(handle_, name, 1, SQLITE_UTF8, function_.get(), call, nullptr, nullptr,
                                 nullptr) != SQLITE_OK) {
    return sqlite_error(handle_, "the desk");
  }
  return Done{};
}

Result<Transaction> Transaction::begin(Database& database) {
  PARLEY_TRY(database.execute("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::~Transaction() {
  if (database_) (void)database_->execute("ROLLBACK");
}

Result<Done> Transaction::commit() {
  PARLEY_TRY(database_->execute("COMMIT"));
  database_ = nullptr;
  return Done{};
}

}  // namespace parley::desk
