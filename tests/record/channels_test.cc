// Ways for aid and their state: passages marked by hand (channels_gold.jsonl), scored by MATCHING.md's rules.
#include <array>

#include "record/marked_passages.h"

namespace parley {
namespace {

struct Count {
  int met = 0, wanted = 0, found = 0;
  double precision() const { return found == 0 ? 0.0 : 1.0 * met / found; }
  double recall() const { return wanted == 0 ? 0.0 : 1.0 * met / wanted; }
  double f1() const { return wanted + found == 0 ? 0.0 : 2.0 * met / (wanted + found); }
  void print(const char* what) const {
    std::printf("channels %-16s P %.3f  R %.3f  F1 %.3f  (%d wanted, %d found)\n", what, precision(), recall(), f1(), wanted, found);
  }
};

constexpr std::array<const char*, 3> kCounted{": found", ": with state", ": by whom"};

TEST(MarkedChannels, AreFoundWithTheirState) {
  ASSERT_NE(pipeline(), nullptr);
  const bool tell = std::getenv("PARLEY_SHOW_MISSES") != nullptr;
  std::map<int, std::array<Count, 3>> batches;
  for (const json& passage : passages("channels_gold.jsonl")) {
    auto& [found, state, by] = batches[passage["batch"].get<int>()];
    const Record record = pipeline()->read(document_of(passage));
    const auto& got = record.channels;
    std::vector<bool> used(got.size(), false);
    found.found += static_cast<int>(got.size());
    state.found += static_cast<int>(got.size());
    for (const json& want : passage["channels"]) {
      ++found.wanted;
      ++state.wanted;
      std::size_t best = got.size();
      for (std::size_t i = 0; i < got.size(); ++i) {
        const bool overlaps = got[i].span.begin < want["end"].get<std::uint32_t>() &&
                              want["begin"].get<std::uint32_t>() < got[i].span.end;
        if (used[i] || !overlaps || name(got[i].kind) != want["kind"].get<std::string>()) continue;
        // Of several states of one way, the one that is marked.
        if (best == got.size() || name(got[i].state) == want["state"].get<std::string>()) best = i;
      }
      if (best == got.size()) {
        if (tell) std::printf("%s: missed %s %s\n", passage["id"].get<std::string>().c_str(), want["exact"].get<std::string>().c_str(), want["state"].get<std::string>().c_str());
        continue;
      }
      used[best] = true;
      ++found.met;
      if (name(got[best].state) == want["state"].get<std::string>()) {
        ++state.met;
      } else if (tell) {
        std::printf("%s: %s is %s, not %s\n", passage["id"].get<std::string>().c_str(), want["exact"].get<std::string>().c_str(), want["state"].get<std::string>().c_str(), name(got[best].state));
      }
      by.found += static_cast<int>(got[best].by.size());
      if (!want["by"].is_null()) {
        ++by.wanted;
        for (const Id& id : got[best].by) {
          const Entity* entity = record.entity(id);
          if (entity != nullptr && entity->name.find(want["by"].get<std::string>()) != std::string::npos) {
            ++by.met;
            break;
          }
        }
      }
    }
    for (std::size_t i = 0; i < got.size() && tell; ++i) {
      if (!used[i]) std::printf("%s: extra %s %s\n", passage["id"].get<std::string>().c_str(), got[i].name.c_str(), name(got[i].state));
    }
  }
  std::array<Count, 3> all;
  for (const auto& [batch, counts] : batches) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      counts[i].print((std::to_string(batch) + kCounted[i]).c_str());
      all[i].met += counts[i].met, all[i].wanted += counts[i].wanted, all[i].found += counts[i].found;
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) all[i].print((std::string("all") + kCounted[i]).c_str());
#ifndef PARLEY_INSTRUMENTED
  EXPECT_GE(all[0].f1(), 0.5);
  EXPECT_GE(all[1].f1(), 0.5);
#endif
}

}  // namespace
}  // namespace parley
