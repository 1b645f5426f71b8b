// Errors as values. Nothing in the public interface throws on bad input.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace parley {

/// What went wrong. Every message says what, where, and what to do about it.
struct Error {
  enum class Code {
    usage,        ///< the call itself is wrong: an unknown option, an impossible combination
    not_found,    ///< a file or an item that was named is not there
    unreadable,   ///< it is there but cannot be read: permissions, an I/O error
    empty,        ///< there is nothing in it
    not_text,     ///< binary data where text was expected
    malformed,    ///< text that breaks its format's grammar
    too_large,    ///< over a limit (size, depth, time) that an option can raise
    mismatch,     ///< a model or data file of another version, or damaged
    internal,     ///< a defect of Parley's
  };

  Code code = Code::internal;
  std::string message;  ///< one line, without a full stop's need for context: what, and the remedy
  std::string where;    ///< file, `file:line:column`, or `file: byte N`; empty when there is no place

  /// `where: message`, or the message alone.
  std::string text() const { return where.empty() ? message : where + ": " + message; }
};

/// The code as it stands in JSON output: `"malformed"`.
const char* name(Error::Code code);

/// A value or the error that stood in its way.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  /// REQUIRES: ok().
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }

  /// REQUIRES: !ok().
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

}  // namespace parley
