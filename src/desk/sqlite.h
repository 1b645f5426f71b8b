// SQLite with errors as values: a database, its statements, a transaction that rolls back when it is
// left. Nothing here knows what a report is.
//
// A connection is used by one thread at a time. Statements are prepared once and kept by the database
// under their text, so that code may ask for the same SQL in a loop.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "parley/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace parley::desk {

/// What a function that gives nothing but success gives.
using Done = std::monostate;

/// A prepared statement, borrowed from its database. Bind from 1; `step` gives true for a row. It is
/// reset, with its values gone, when it goes out of scope.
class Query {
 public:
  /// `owned`: its own, gone with it.
  explicit Query(sqlite3_stmt* statement, sqlite3* database, bool owned = false)
      : statement_(statement), database_(database), owned_(owned) {}
  Query(Query&& other) noexcept : statement_(other.statement_), database_(other.database_), owned_(other.owned_) {
    other.statement_ = nullptr;
  }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  Query& operator=(Query&&) = delete;
  ~Query();

  Query& bind(int index, std::int64_t value);
  Query& bind(int index, int value) { return bind(index, std::int64_t{value}); }
  Query& bind(int index, std::uint32_t value) { return bind(index, std::int64_t{value}); }
  Query& bind(int index, bool value) { return bind(index, std::int64_t{value}); }
  Query& bind(int index, double value);
  /// The text is copied.
  Query& bind(int index, std::string_view value);
  Query& bind(int index, const char* value) { return bind(index, std::string_view(value)); }
  Query& bind(int index, const std::string& value) { return bind(index, std::string_view(value)); }
  Query& bind_blob(int index, std::string_view value);
  Query& bind_null(int index);
  template <typename T>
  Query& bind(int index, const std::optional<T>& value) {
    return value ? bind(index, *value) : bind_null(index);
  }
  /// 1, 2, 3 …: all values of a row at once.
  template <typename... T>
  Query& all(const T&... values) {
    int index = 0;
    (bind(++index, values), ...);
    return *this;
  }

  /// A row (true), the end (false), or what went wrong.
  Result<bool> step();
  /// Steps to the end and resets, for statements that give no rows.
  Result<Done> run();
  void reset();

  std::int64_t integer(int column) const;
  double real(int column) const;
  /// Valid until the next step.
  std::string_view text(int column) const;
  std::string_view blob(int column) const;
  bool is_null(int column) const;
  std::optional<std::string> optional_text(int column) const;
  std::optional<double> optional_real(int column) const;
  std::optional<std::int64_t> optional_integer(int column) const;
  int columns() const;
  std::string column_name(int column) const;
  enum class Kind : std::uint8_t { null, integer, real, text, blob };
  Kind kind(int column) const;

 private:
  sqlite3_stmt* statement_;
  sqlite3* database_;
  bool owned_;
};

class Database {
 public:
  enum class Mode : std::uint8_t { create, write, read };

  /// Errors: not_found, unreadable (permissions, a full disk, a damaged file), mismatch (no database).
  static Result<Database> open(const std::string& path, Mode mode);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// One or several statements without values.
  Result<Done> execute(std::string_view sql);
  /// The statement for this text, prepared at its first use. REQUIRES: it is not in use already.
  Result<Query> prepare(std::string_view sql);
  /// The same for SQL that is not worth keeping (a user's): the statement goes with the query.
  Result<Query> prepare_once(std::string_view sql);
  std::int64_t last_row() const;
  int changes() const;
  /// A function of one integer that gives text, for use in SQL.
  using TextFunction = std::function<Result<std::string>(std::int64_t)>;
  Result<Done> add_function(const char* name, TextFunction function);
  /// Asks a running statement of any thread to end with an error.
  void interrupt();
  const std::string& path() const { return path_; }
  sqlite3* handle() const { return handle_; }

 private:
  Database(sqlite3* handle, std::string path) : handle_(handle), path_(std::move(path)) {}
  void close();

  sqlite3* handle_ = nullptr;
  std::string path_;
  std::unordered_map<std::string, sqlite3_stmt*> statements_;
  std::unique_ptr<TextFunction> function_;
};

/// Rolled back unless `commit` succeeded.
class Transaction {
 public:
  /// Takes the write lock at once, so that no statement inside has to wait for it.
  static Result<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept : database_(other.database_) { other.database_ = nullptr; }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Result<Done> commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

/// The error of the last call on this connection, in words that say what to do.
Error sqlite_error(sqlite3* database, std::string_view doing);

}  // namespace parley::desk

/// Gives the error of a Result to the caller, from inside a function that gives a Result.
#define PARLEY_TRY(expression)                              \
  do {                                                      \
    auto parley_try_result = (expression);                  \
    if (!parley_try_result) return parley_try_result.error(); \
  } while (false)
