// Batches: JSON lines, files, bad ones among good ones.
#include <filesystem>

#include "batch.h"

namespace parley {
namespace {

using page_test::with_cues;

class Batch : public page_test::BatchTest {
 protected:
  static std::string code(const InputItem& item) {
    return item.document.ok() ? "ok" : name(item.document.error().code);
  }
};

TEST_F(Batch, ABadLineIsAnItemAndTheRunGoesOn) {
  const std::string path = write(
      "in.jsonl",
      "{\"id\":\"a\",\"text\":\"Both sides met.\",\"published\":\"2021-05-03\",\"publisher\":\"The Daily\"}\n"
      "{\"id\":\"b\",\"text\":\"unterminated\n"
      "\n"
      "{\"id\":3,\"html\":\"<p>Both sides met in the hotel by the lake, an official said on Monday.</p>\"}\n"
      "{\"id\":\"d\",\"text\":\"half \\ud800 a pair\"}\n"
      "{\"id\":\"e\"}\n"
      "[1,2]\n"
      "{\"text\":\"No id here.\",\"title\":\"Given\"}");
  const std::vector<InputItem> items = read({path});
  ASSERT_EQ(items.size(), 7U);
  EXPECT_EQ(items[0].id, "a");
  ASSERT_TRUE(items[0].document.ok());
  EXPECT_EQ(items[0].document->published, "2021-05-03");
  EXPECT_EQ(items[0].document->publisher, "The Daily");
  EXPECT_EQ(items[1].id, "b");
  EXPECT_EQ(code(items[1]), "malformed");
  EXPECT_EQ(items[1].document.error().where, path + ":2");
  EXPECT_EQ(items[2].id, "3");
  EXPECT_EQ(code(items[2]), "ok");
  EXPECT_EQ(items[3].id, "d");
  EXPECT_EQ(code(items[3]), "malformed") << "a lone surrogate is no character";
  EXPECT_EQ(items[4].id, "e");
  EXPECT_EQ(code(items[4]), "empty");
  EXPECT_EQ(code(items[5]), "malformed");
  EXPECT_EQ(items[6].id, path + ":8");
  EXPECT_EQ(items[6].document->title, "Given");
}

TEST_F(Batch, AnEndlessLineIsRefusedWithoutBeingKept) {
  const std::string path = write("in.jsonl", "{\"id\":\"long\",\"text\":\"" + std::string(3 << 20, 'x') +
                                                 "\"}\n{\"id\":\"next\",\"text\":\"Both sides met.\"}\n");
  ReadOptions options = with_cues();
  options.max_bytes = 1 << 20;
  const std::vector<InputItem> items = read({path}, Format::jsonl, options);
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].id, "long");
  EXPECT_EQ(code(items[0]), "too_large");
  EXPECT_EQ(items[1].id, "next");
  EXPECT_EQ(code(items[1]), "ok");
}

TEST_F(Batch, FilesOfEveryKindAndMissingOnes) {
  const std::vector<InputItem> items =
      read({write("a.txt", "Both sides met in the hotel."), (folder_ / "missing.txt").string(),
            write("b.html", "<html><body><p>Both sides met in the hotel by the lake, an official said on Monday.</p>"),
            write("empty.txt", ""), write("c.bin", "PK\x03\x04zip")});
  ASSERT_EQ(items.size(), 5U);
  EXPECT_EQ(code(items[0]), "ok");
  EXPECT_EQ(code(items[1]), "not_found");
  EXPECT_EQ(code(items[2]), "ok");
  EXPECT_EQ(code(items[3]), "empty");
  EXPECT_EQ(code(items[4]), "not_text");
}

TEST_F(Batch, ALargeFileIsRefused) {
  ReadOptions options = with_cues();
  options.max_bytes = 100;
  const std::vector<InputItem> items = read({write("a.txt", std::string(1000, 'x'))}, Format::text, options);
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(code(items[0]), "too_large");
}

TEST(Sniff, TellsFormatsApart) {
  EXPECT_EQ(sniff("<!DOCTYPE html><html>"), Format::html);
  EXPECT_EQ(sniff("\n  <div>x</div>"), Format::html);
  EXPECT_EQ(sniff("{\"id\": 1, \"text\": \"x\"}\n"), Format::jsonl);
  EXPECT_EQ(sniff("{ the talks } went on", "a.txt"), Format::text);
  EXPECT_EQ(sniff("not json", "a.jsonl"), Format::jsonl);
  EXPECT_EQ(sniff("Talks resume\n\nBoth sides met."), Format::text);
}

}  // namespace
}  // namespace parley
