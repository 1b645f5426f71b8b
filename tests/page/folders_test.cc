// Folders, patterns, FIFOs, links, files that vanish.
#include <fcntl.h>
#include <sys/stat.h>

#include <thread>

#include "batch.h"

namespace parley {
namespace {

class Folders : public page_test::BatchTest {
 protected:
  std::string text(const std::string& name) { return write(name, "They met in " + name.substr(0, 1) + "."); }
  static std::string read_line(const std::string& name) { return name + " | - | - | They met in " + name.substr(name.rfind('/') + 1, 1) + ".\n"; }
};

TEST_F(Folders, AreWalkedInTheOrderOfNames) {
  write("news/b.txt", "They met in b.");
  write("news/a.txt", "They met in a.");
  write("news/old/c.txt", "They met in c.");
  write("news/.hidden", "They met in h.");
  write("news/style.css", "p { }");
  write("news/feed.xml", "<rss><channel><item><title>Truce</title><link>https://x.example/1</link></item></channel></rss>");
  InputReader reader({path("news")}, Format::automatic, page_test::with_cues());
  std::string ids;
  while (const std::optional<InputItem> item = reader.next()) ids += item->id.substr(item->id.find("news/") == std::string::npos ? 0 : item->id.find("news/")) + '\n';
  EXPECT_EQ(ids, "news/a.txt\nnews/b.txt\nhttps://x.example/1\nnews/old/c.txt\n");
  EXPECT_EQ(reader.passed_over(), 1U) << "the style sheet";
}

TEST_F(Folders, ThatLeadBackToThemselves) {
  write("news/a.txt", "They met in a.");
  std::filesystem::create_directory(folder_ / "news/old");
  std::filesystem::create_directory_symlink(folder_ / "news", folder_ / "news/old/again");
  std::filesystem::create_symlink(folder_ / "nowhere", folder_ / "news/dangling");
  std::filesystem::create_symlink(folder_ / "news/self", folder_ / "news/self");
  EXPECT_EQ(read_list({path("news")}), read_line("news/a.txt") + "news/dangling ! not_found | news/dangling\n"
                                       "news/old/again ! unreadable | news/old/again\nnews/self ! not_found | news/self\n");
}

TEST_F(Folders, NotOneButTwoLinksToTheSamePlaceAreNoLoop) {
  write("shared/a.txt", "They met in a.");
  std::filesystem::create_directories(folder_ / "news");
  std::filesystem::create_directory_symlink(folder_ / "shared", folder_ / "news/x");
  std::filesystem::create_directory_symlink(folder_ / "shared", folder_ / "news/y");
  EXPECT_EQ(read_list({path("news")}), read_line("news/x/a.txt") + read_line("news/y/a.txt"));
}

TEST_F(Folders, Patterns) {
  text("a.txt");
  text("b.txt");
  text("[c].txt");
  EXPECT_EQ(read_list({path("?.txt")}), read_line("a.txt") + read_line("b.txt"));
  EXPECT_EQ(read_list({path("[c].txt")}), "[c].txt | - | - | They met in [.\n") << "a file of that very name goes first";
  EXPECT_EQ(read_list({path("*.html")}), "*.html ! not_found | *.html\n");
  std::filesystem::create_directory(folder_ / "empty");
  EXPECT_EQ(read_list({path("empty"), path("b.txt")}), "empty ! empty | empty\n" + read_line("b.txt"));
}

TEST_F(Folders, AFileThatVanishes) {
  write("news/a.txt", "They met in a.");
  write("news/b.txt", "They met in b.");
  write("news/c.txt", "They met in c.");
  InputReader reader({path("news")}, Format::automatic, page_test::with_cues());
  std::vector<InputItem> items;
  items.push_back(*reader.next());
  std::filesystem::remove(folder_ / "news/b.txt");
  while (std::optional<InputItem> item = reader.next()) items.push_back(*std::move(item));
  ASSERT_EQ(items.size(), 3U);
  ASSERT_FALSE(items[1].document.ok());
  EXPECT_EQ(items[1].document.error().code, Error::Code::not_found);
  EXPECT_TRUE(items[2].document.ok());
}

TEST_F(Folders, AFileThatIsCutWhileItIsRead) {
  std::string lines;
  for (int i = 0; i < 40000; ++i) lines += "{\"id\":\"" + std::to_string(i) + "\",\"text\":\"They met.\"}\n";
  const std::string file = write("a.jsonl", lines);
  InputReader reader({file}, Format::automatic, page_test::with_cues());
  std::size_t count = 0;
  std::optional<InputItem> last;
  while (std::optional<InputItem> item = reader.next()) {
    if (++count == 10) std::filesystem::resize_file(file, lines.size() / 2 + 7);
    last = std::move(item);
  }
  ASSERT_TRUE(last);
  EXPECT_GT(count, 10U);
  EXPECT_LT(count, 40000U);
  EXPECT_FALSE(last->document.ok()) << "the line that it ends in";
}

TEST_F(Folders, Fifos) {
  const std::string fifo = path("fifo");
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_EQ(read_list({folder_.string()}), "fifo ! unreadable | fifo\n") << "met in a folder it is not waited for";
  ReadOptions hasty = page_test::with_cues();
  hasty.max_seconds = 0.05;
  EXPECT_EQ(read_list({fifo}, Format::automatic, hasty), "fifo ! unreadable | fifo\n") << "nobody writes";
  std::thread writer([&] {
    std::ofstream out(fifo);
    out << "They met in the hotel by the lake.";
  });
  EXPECT_EQ(read_list({fifo}), "fifo | - | - | They met in the hotel by the lake.\n");
  writer.join();
}

TEST_F(Folders, ThatMayNotBeRead) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const std::string file = text("a.txt");
  std::filesystem::permissions(file, std::filesystem::perms::none);
  EXPECT_EQ(read_list({file}), "a.txt ! unreadable | a.txt\n");
}

}  // namespace
}  // namespace parley
