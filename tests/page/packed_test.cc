// Packed inputs: members strung together, damage, bombs.
#include "batch.h"

namespace parley {
namespace {

using page_test::gzip;
using page_test::zstd;

class Packed : public page_test::BatchTest {
 protected:
  static std::string line(const std::string& id) { return "{\"id\":\"" + id + "\",\"text\":\"They met in " + id + ".\"}\n"; }
  static std::string read_line(const std::string& id) { return id + " | - | - | They met in " + id + ".\n"; }
  // Lines that packing makes little of.
  static std::string many(int count) {
    std::string out;
    unsigned noise = 1;
    for (int i = 0; i < count; ++i) {
      std::string words;
      for (int j = 0; j < 20; ++j) words += static_cast<char>('a' + (noise = noise * 1664525 + 1013904223) / 165191050);
      out += "{\"id\":\"" + std::to_string(i) + "\",\"text\":\"They met in " + words + ".\"}\n";
    }
    return out;
  }
};

TEST_F(Packed, MembersOneAfterTheOther) {
  EXPECT_EQ(read_list({write("a.jsonl.gz", gzip(line("a")) + gzip("") + gzip(line("b")))}), read_line("a") + read_line("b"));
  EXPECT_EQ(read_list({write("a.jsonl.zst", zstd(line("a")) + zstd("") + zstd(line("b")))}), read_line("a") + read_line("b"));
  EXPECT_EQ(read_list({write("twice.jsonl.gz.zst", zstd(gzip(line("a"))))}), read_line("a"));
  EXPECT_EQ(read_list({write("a.txt.gz", gzip("They met in the hotel."))}), "a.txt.gz | - | - | They met in the hotel.\n");
  // A line that goes on in the next member.
  EXPECT_EQ(read_list({write("split.gz", gzip(line("a").substr(0, 20)) + gzip(line("a").substr(20)))}), read_line("a"));
}

TEST_F(Packed, CutOffWhatCameBeforeIsRead) {
  for (const bool with_gzip : {true, false}) {
    const std::string whole = with_gzip ? gzip(many(20000)) : zstd(many(20000));
    const std::string file = write("cut", whole.substr(0, whole.size() * 3 / 4));
    const std::vector<InputItem> items = read({file, write("b.jsonl", line("b"))}, Format::jsonl);
    ASSERT_GT(items.size(), 10000U);
    EXPECT_EQ(items[9999].id, "9999");
    ASSERT_FALSE(items[items.size() - 2].document.ok());
    const Error& error = items[items.size() - 2].document.error();
    EXPECT_EQ(error.code, Error::Code::malformed);
    EXPECT_EQ(error.where, file + ": byte " + std::to_string(whole.size() * 3 / 4));
    EXPECT_NE(error.message.find("cut off"), std::string::npos) << error.message;
    EXPECT_EQ(items.back().id, "b") << "the rest of the batch is done";
  }
}

TEST_F(Packed, Damaged) {
  for (const bool with_gzip : {true, false}) {
    std::string bytes = with_gzip ? gzip(many(5000)) : zstd(many(5000));
    for (std::size_t i = 0; i < 40; ++i) bytes[bytes.size() / 2 + i] = '\x55';
    const std::vector<InputItem> items = read({write("bad", bytes)}, Format::jsonl);
    ASSERT_FALSE(items.empty());
    ASSERT_FALSE(items.back().document.ok());
    EXPECT_EQ(items.back().document.error().code, Error::Code::malformed);
    EXPECT_NE(items.back().document.error().where.find("bad: byte "), std::string::npos);
  }
  EXPECT_EQ(read_list({write("tail.gz", gzip(line("a")) + "tail")}), read_line("a") + "tail.gz ! malformed | tail.gz: byte " + std::to_string(gzip(line("a")).size()) + "\n");
  EXPECT_EQ(read_list({write("short.gz", std::string("\x1F\x8B\x08", 3))}), "short.gz ! malformed | short.gz: byte 3\n");
}

TEST_F(Packed, BombsAreGivenUp) {
  const std::string zeros(100 << 20, ' ');
  for (const bool with_gzip : {true, false}) {
    const std::string bomb = with_gzip ? gzip(zeros) : zstd(zeros);
    const std::string file = write("bomb", bomb);
    const std::vector<InputItem> items = read({file, write("b.jsonl", line("b"))}, Format::jsonl);
    ASSERT_EQ(items.size(), 2U);
    ASSERT_FALSE(items[0].document.ok());
    EXPECT_EQ(items[0].document.error().code, Error::Code::too_large);
    EXPECT_EQ(items[1].id, "b");
    // One file that is one report stops at the limit of a report long before.
    const std::vector<InputItem> text = read({file}, Format::text);
    ASSERT_EQ(text.size(), 1U);
    ASSERT_FALSE(text[0].document.ok());
    EXPECT_EQ(text[0].document.error().code, Error::Code::too_large);
  }
  ReadOptions patient = page_test::with_cues();
  patient.max_ratio = 0;
  EXPECT_EQ(read_list({write("fine.gz", gzip(zeros + "\n" + line("a")))}, Format::jsonl, patient),
            "fine.gz:1 ! too_large | fine.gz:1\n" + read_line("a")) << "a blank line of 100 MB is a line over the limit";
}

}  // namespace
}  // namespace parley
