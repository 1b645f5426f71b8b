// The example reports' records, as they were read and checked by a person. Rewrite them with
// PARLEY_UPDATE_GOLDEN=1 and read the difference before it is committed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "brief/json.h"
#include "support.h"

namespace parley {
namespace {

using Json = nlohmann::ordered_json;

/// What stays when numbers that only express how sure the model is are left out: small differences
/// between processors' instructions move them.
Json without_confidence(Json value) {
  for (Json& event : value["events"]) event["by"].erase("confidence");
  return value;
}

TEST(Golden, ExampleReports) {
  const std::filesystem::path folder = testing::source_dir() / "tests/golden";
  const bool update = std::getenv("PARLEY_UPDATE_GOLDEN") != nullptr;
  for (const auto& [name, record] : testing::example_records()) {
    JsonOptions options;
    options.pretty = true;
    const std::string got = to_json(record, options);
    const auto path = folder / (name + ".json");
    if (update) {
      std::ofstream(path) << got << '\n';
      continue;
    }
    const Json want = Json::parse(testing::slurp(path), nullptr, false);
    ASSERT_FALSE(want.is_discarded()) << path << " is missing; make it with PARLEY_UPDATE_GOLDEN=1";
#ifdef PARLEY_INSTRUMENTED
    continue;  // instrumented loops add in another order: a near tie may fall the other way
#endif
    const Json a = without_confidence(want);
    const Json b = without_confidence(Json::parse(got));
    for (const auto& [key, value] : a.items()) {
      EXPECT_EQ(value, b[key]) << name << ": '" << key << "' differs: " << Json::diff(value, b[key]).dump(1).substr(0, 2000);
    }
  }
}

}  // namespace
}  // namespace parley
