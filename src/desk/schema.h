// The desk's tables, and how a desk of an earlier version becomes one of this version.
#pragma once

#include "desk/sqlite.h"

namespace parley::desk {

/// PRAGMA user_version of a desk that this program writes.
inline constexpr int kSchemaVersion = 3;
/// PRAGMA application_id: "Prly".
inline constexpr int kApplicationId = 0x50726c79;

/// Brings the desk to kSchemaVersion. Each step is one transaction, so a kill in between leaves a desk
/// of the version before it. Errors: mismatch (made by a newer Parley, or no desk at all).
Result<Done> migrate(Database& database);
/// The same without changing anything: mismatch also for a desk that is older.
Result<Done> check_version(Database& database);

}  // namespace parley::desk
