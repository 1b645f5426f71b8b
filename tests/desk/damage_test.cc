// What can go wrong with a desk: each case has its own words, and what was stored stays stored.
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "desk/record_rows.h"
#include "support.h"

namespace parley::testing {
namespace {

std::string text_number(int n) {
  return fmt::format("Report {}: envoys met in Orla on day {} and spoke of prisoner list number {}.", n, n, n * 7919 % 1000);
}

/// Stores reports until it is killed; writes each id to the pipe once its commit is over.
[[noreturn]] void store_until_killed(const std::string& desk, int first, int pipe) {
  auto writer = desk::Writer::open(desk, writer_options());
  if (!writer) _exit(1);
  // Small pages of log, so that many kills fall into checkpoints.
  (void)writer->database().execute("PRAGMA wal_autocheckpoint = 4");
  for (int n = first;; n += 2) {
    const auto one = writer->store(report("r" + std::to_string(n), text_number(n)), true);
    const auto two = writer->store(report("r" + std::to_string(n + 1), text_number(n + 1)), true);
    if (!one || !two || !writer->commit()) _exit(2);
    const std::string lines = one->key + "\n" + two->key + "\n";
    if (::write(pipe, lines.data(), lines.size()) < 0) _exit(3);
  }
}

TEST(Damage, NothingReportedAsStoredIsLostByKilling) {
  const char* wanted = std::getenv("PARLEY_KILLS");
  const int kills = wanted ? std::atoi(wanted) : 10;
  const Folder folder;
  std::mt19937 random(20310203);
  std::set<std::string> promised;
  int unreadable = 0;
  int first = 1;
  for (int round = 0; round < kills; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(ends[0]);
      store_until_killed(folder.desk(), first, ends[1]);
    }
    ::close(ends[1]);
    // Seeded moments: from before the first commit to some hundred commits in.
    std::this_thread::sleep_for(std::chrono::microseconds(20000 + static_cast<int>(random() % 300000)));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with code " << WEXITSTATUS(status);
    std::string said;
    char buffer[4096];
    for (ssize_t got = 0; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;) said.append(buffer, static_cast<std::size_t>(got));
    ::close(ends[0]);
    for (std::size_t at = 0, end = 0; (end = said.find('\n', at)) != std::string::npos; at = end + 1) {
      promised.insert(said.substr(at, end - at));
    }
    if (!fs::exists(folder.desk())) continue;
    auto writer = desk::Writer::open(folder.desk(), writer_options());
    if (!writer) {
      ++unreadable;
      ADD_FAILURE() << writer.error().text();
      continue;
    }
    auto check = writer->database().prepare_once("PRAGMA quick_check");
    ASSERT_TRUE(check && check->step());
    EXPECT_EQ(check->text(0), "ok");
    first = static_cast<int>(number(writer->database(), "SELECT ifnull(max(id), 0) FROM report")) + 1;
    EXPECT_EQ(number(writer->database(), "SELECT (SELECT count(*) FROM report) - (SELECT count(*) FROM content)"), 0);
  }
  auto writer = open_writer(folder.desk());
  for (const std::string& key : promised) {
    EXPECT_EQ(number(writer.database(), "SELECT count(*) FROM report WHERE key = '" + key + "'"), 1) << key;
  }
  EXPECT_EQ(unreadable, 0);
  EXPECT_GT(promised.size(), 0U);
  RecordProperty("kills", kills);
  RecordProperty("stored", static_cast<int>(promised.size()));
}

/// Kills this process in the middle of one write of SQLite's, half of its bytes written; says before into which file.
struct WriteKiller {
  static inline ssize_t (*real)(int, const void*, size_t, off_t) = nullptr;
  static inline int left = 0;
  static inline int pipe = -1;
  static inline std::string desk;

  static ssize_t write(int file, const void* bytes, size_t size, off_t at) {
    if (--left > 0) return real(file, bytes, size, at);
    std::error_code failure;
    const std::string name = fs::read_symlink("/proc/self/fd/" + std::to_string(file), failure).string();
    const char* where = name == desk ? "!desk\n" : name == desk + "-wal" ? "!log\n" : "!other\n";
    (void)!::write(pipe, where, std::strlen(where));
    (void)!real(file, bytes, size / 2, at);
    ::raise(SIGKILL);
    return -1;
  }
  static void arm(const std::string& path, int to, int writes) {
    desk = path;
    pipe = to;
    left = writes;
    sqlite3_vfs* vfs = sqlite3_vfs_find(nullptr);
    for (const char* name : {"pwrite", "pwrite64"}) {
      const auto found = vfs->xGetSystemCall(vfs, name);
      if (!found) continue;
      real = reinterpret_cast<decltype(real)>(found);
      vfs->xSetSystemCall(vfs, name, reinterpret_cast<sqlite3_syscall_ptr>(&WriteKiller::write));
    }
  }
};

TEST(Damage, NothingIsLostByDyingInTheMiddleOfAWrite) {
  const char* wanted = std::getenv("PARLEY_KILLS");
  const int kills = wanted ? std::atoi(wanted) : 20;
  const Folder folder;
  std::mt19937 random(20310204);
  std::set<std::string> promised;
  std::map<std::string, int> where;
  int first = 1;
  for (int round = 0; round < kills; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    // A batch is some 100 writes to the log, and as many to the desk when it is taken over.
    const int writes = 1 + static_cast<int>(random() % 600);
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(ends[0]);
      WriteKiller::arm(fs::canonical(folder.path()).string() + "/desk.db", ends[1], writes);
      store_until_killed(folder.desk(), first, ends[1]);
    }
    ::close(ends[1]);
    std::string said;
    char buffer[4096];
    for (ssize_t got = 0; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;) said.append(buffer, static_cast<std::size_t>(got));
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with code " << WEXITSTATUS(status);
    for (std::size_t at = 0, end = 0; (end = said.find('\n', at)) != std::string::npos; at = end + 1) {
      const std::string line = said.substr(at, end - at);
      if (line.starts_with('!')) {
        ++where[line];
      } else {
        promised.insert(line);
      }
    }
    auto writer = desk::Writer::open(folder.desk(), writer_options());
    ASSERT_TRUE(writer) << writer.error().text();
    auto check = writer->database().prepare_once("PRAGMA integrity_check");
    ASSERT_TRUE(check && check->step());
    ASSERT_EQ(check->text(0), "ok");
    first = static_cast<int>(number(writer->database(), "SELECT ifnull(max(id), 0) FROM report")) + 1;
    for (const std::string& key : promised) {
      EXPECT_EQ(number(writer->database(), "SELECT count(*) FROM report WHERE key = '" + key + "'"), 1) << key;
    }
  }
  EXPECT_GT(where["!log"], 0) << "inside commits";
  EXPECT_GT(where["!desk"], 0) << "inside checkpoints";
  RecordProperty("in_commits", where["!log"]);
  RecordProperty("in_checkpoints", where["!desk"]);
  RecordProperty("elsewhere", where["!other"]);
  RecordProperty("stored", static_cast<int>(promised.size()));
}

Record attack_on_kardo(const std::string& id) {
  Record out = report(id, fmt::format("The Northern Army shelled Kardo on Monday, wrote {}.", id));
  const Id army = entity(out, EntityKind::organisation, "Northern Army");
  event(out, EventType::assault, {army}, {entity(out, EntityKind::place, "Kardo")}, "shelled", "2031-02-03");
  return out;
}

TEST(Damage, ADeskOfTheFirstVersionIsBroughtUpToDate) {
  const Folder folder;
  {
    desk::Writer writer = open_writer(folder.desk());
    ASSERT_TRUE(writer.store(report("a", text_number(1)), true));
    ASSERT_TRUE(writer.store(attack_on_kardo("k1"), true));
    ASSERT_TRUE(writer.finish());
    // What the first version did not have.
    ASSERT_TRUE(writer.database().execute("DROP TABLE watched; DROP TABLE account; DELETE FROM meta; PRAGMA user_version = 1"));
  }
  const auto reader = desk::open_for_reading(folder.desk());
  ASSERT_FALSE(reader);
  EXPECT_NE(reader.error().message.find("older version"), std::string::npos) << reader.error().text();
  desk::Writer writer = open_writer(folder.desk());
  EXPECT_EQ(number(writer.database(), "PRAGMA user_version"), 3);
  EXPECT_EQ(number(writer.database(), "SELECT count(*) FROM watched"), 0);
  EXPECT_EQ(number(writer.database(), "SELECT count(*) FROM report WHERE key = 'a'"), 1);
  // What its happenings are found by was made anew.
  ASSERT_TRUE(writer.store(attack_on_kardo("k2"), true));
  ASSERT_TRUE(writer.finish());
  EXPECT_EQ(number(writer.database(), "SELECT count(*) FROM happening"), 1);
}

TEST(Damage, AWriterThatWasKilledLeavesWhatCopiesAndStoriesAreFoundBy) {
  const std::string words = "Nine ships wait outside the harbour of Orla and their crews have asked for water, a port official said. ";
  const auto counts = [&](bool killed) {
    const Folder folder;
    auto writer = std::make_unique<desk::Writer>(open_writer(folder.desk()));
    EXPECT_TRUE(writer->store(report("a", words + words), true));
    EXPECT_TRUE(writer->commit());
    // Not finished: its bands and words were not written.
    EXPECT_EQ(number(writer->database(), "SELECT count(*) FROM minhash"), 0);
    if (killed) {
      writer.reset();
      writer = std::make_unique<desk::Writer>(open_writer(folder.desk()));
    }
    const auto copy = writer->store(report("b", words + words + "More soon."), true);
    EXPECT_TRUE(copy);
    if (copy) {
      EXPECT_EQ(copy->original, 1);
    }
    EXPECT_TRUE(writer->finish());
    return std::pair(number(writer->database(), "SELECT count(*) FROM minhash"),
                     number(writer->database(), "SELECT sum(reports) FROM term_count"));
  };
  EXPECT_GT(counts(false).first, 0);
  EXPECT_GT(counts(false).second, 0);
  EXPECT_EQ(counts(true), counts(false));
}

TEST(Damage, TwoWritersAreOneTooMany) {
  const Folder folder;
  desk::Writer first = open_writer(folder.desk());
  const auto second = desk::Writer::open(folder.desk(), writer_options());
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().message.find("another program is writing"), std::string::npos) << second.error().text();
}

TEST(Damage, ReadersSeeWhatIsCommittedWhileAnotherWrites) {
  const Folder folder;
  desk::Writer writer = open_writer(folder.desk());
  ASSERT_TRUE(writer.store(report("a", text_number(1)), true));
  ASSERT_TRUE(writer.commit());
  ASSERT_TRUE(writer.store(report("b", text_number(2)), true));
  auto reader = desk::open_for_reading(folder.desk());
  ASSERT_TRUE(reader) << reader.error().text();
  EXPECT_EQ(number(*reader, "SELECT count(*) FROM report"), 1);
  EXPECT_EQ(number(*reader, "SELECT length(report_text(1)) = chars FROM report WHERE id = 1"), 1);
  ASSERT_TRUE(writer.commit());
  EXPECT_EQ(number(*reader, "SELECT count(*) FROM report"), 2);
}

TEST(Damage, ADeskOfANewerVersionIsRefused) {
  const Folder folder;
  { desk::Writer writer = open_writer(folder.desk()); }
  {
    auto raw = desk::Database::open(folder.desk(), desk::Database::Mode::write);
    ASSERT_TRUE(raw && raw->execute("PRAGMA user_version = 99"));
  }
  for (const Error& error : {desk::Writer::open(folder.desk(), writer_options()).error(), desk::open_for_reading(folder.desk()).error()}) {
    EXPECT_EQ(error.code, Error::Code::mismatch);
    EXPECT_NE(error.message.find("version 99"), std::string::npos) << error.text();
  }
}

TEST(Damage, AnotherDatabaseIsNoDesk) {
  const Folder folder;
  {
    auto raw = desk::Database::open(folder.desk(), desk::Database::Mode::create);
    ASSERT_TRUE(raw && raw->execute("CREATE TABLE bookmarks (url TEXT)"));
  }
  EXPECT_NE(desk::open_for_reading(folder.desk()).error().message.find("no desk"), std::string::npos);
  std::ofstream(folder.path() / "words.txt") << std::string(5000, 'x');
  EXPECT_EQ(desk::open_for_reading((folder.path() / "words.txt").string()).error().code, Error::Code::mismatch);
  EXPECT_EQ(desk::open_for_reading((folder.path() / "none.db").string()).error().code, Error::Code::not_found);
}

TEST(Damage, AFolderThatCannotBeWrittenSaysSo) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write anywhere";
  const Folder folder;
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  const auto writer = desk::Writer::open(folder.desk(), writer_options());
  ASSERT_FALSE(writer);
  EXPECT_NE(writer.error().message.find("written"), std::string::npos) << writer.error().text();
}

TEST(Damage, QuestionsCannotChangeADesk) {
  const Folder folder;
  { desk::Writer writer = open_writer(folder.desk()); }
  auto reader = desk::open_for_reading(folder.desk());
  ASSERT_TRUE(reader);
  auto query = reader->prepare_once("DELETE FROM report");
  const auto run = query ? query->run() : Result<desk::Done>(query.error());
  ASSERT_FALSE(run);
  EXPECT_EQ(run.error().code, Error::Code::unreadable) << run.error().text();
}

TEST(Damage, AFullDiskEndsTheBatchAndKeepsWhatWasStored) {
  const Folder folder;
  desk::Writer writer = open_writer(folder.desk());
  ASSERT_TRUE(writer.store(report("a", text_number(1)), true));
  ASSERT_TRUE(writer.commit());
  // SQLite's own limit on a file's size gives the error that a full disk gives.
  const std::int64_t pages = number(writer.database(), "PRAGMA page_count");
  ASSERT_TRUE(writer.database().execute("PRAGMA max_page_count = " + std::to_string(pages + 2)));
  std::optional<Error> error;
  for (int n = 2; n < 2000 && !error; ++n) {
    const auto stored = writer.store(report("n" + std::to_string(n), text_number(n)), true);
    if (!stored) error = stored.error();
  }
  ASSERT_TRUE(error);
  EXPECT_NE(error->message.find("free some space"), std::string::npos) << error->text();
  auto reader = desk::open_for_reading(folder.desk());
  ASSERT_TRUE(reader);
  EXPECT_EQ(number(*reader, "SELECT count(*) FROM report"), 1);
}

TEST(Damage, ADamagedPageIsNamedAndTheRestIsRead) {
  const Folder folder;
  std::int64_t root = 0;
  {
    desk::Writer writer = open_writer(folder.desk());
    for (int n = 1; n <= 60; ++n) ASSERT_TRUE(writer.store(report("n" + std::to_string(n), text_number(n)), true));
    ASSERT_TRUE(writer.finish());
    root = number(writer.database(), "SELECT rootpage FROM sqlite_schema WHERE name = 'content'");
  }
  {
    std::fstream file(folder.desk(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp((root - 1) * 4096);
    file << std::string(4096, '\xA5');
  }
  auto reader = desk::open_for_reading(folder.desk());
  ASSERT_TRUE(reader) << reader.error().text();
  const auto text = desk::load_text(*reader, 1);
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, Error::Code::mismatch);
  EXPECT_NE(text.error().message.find("damaged"), std::string::npos) << text.error().text();
  EXPECT_EQ(number(*reader, "SELECT count(*) FROM report"), 60);
}

}  // namespace
}  // namespace parley::testing
