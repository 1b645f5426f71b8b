// Records as JSON, to the schema in docs/record.schema.json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parley/record.h"
#include "parley/result.h"

namespace parley {

/// The top-level keys, in output order: "document", "entities" … "discrepancies".
const std::vector<std::string>& record_keys();

struct JsonOptions {
  bool pretty = false;
  /// Keys to print, a subset of `record_keys()`; empty means all. "id" is always there.
  std::vector<std::string> only;
};

/// One object, without a line end. Every key of the schema is there: lists that have nothing are
/// `[]`, values that are not known are `null`. Linear in the size of the record.
std::string to_json(const Record& record, const JsonOptions& options = {});

/// `{"id": …, "error": {"code": …, "message": …}}`, the line that stands in for an item that failed.
std::string error_json(std::string_view id, const Error& error);

}  // namespace parley
