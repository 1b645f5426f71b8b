// What goes into a desk comes out of it; the same report is stored once, a newer one beside the older.
#include "brief/json.h"
#include "desk/ingest.h"
#include "desk/record_rows.h"
#include "page/page.h"
#include "parley/pipeline.h"
#include "support.h"

namespace parley::testing {
namespace {

TEST(Store, EveryExampleReportComesBackFieldForField) {
  const auto pipeline = Pipeline::load({});
  ASSERT_TRUE(pipeline) << pipeline.error().text();
  ReadOptions options;
  const auto cues = load_cues(source_dir() / "data/page");
  ASSERT_TRUE(cues);
  options.cues = *cues;
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(source_dir() / "examples/reports")) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path().string());
  }
  const Folder folder;
  desk::Writer writer = open_writer(folder.desk());
  InputReader reader(files, Format::automatic, options);
  std::size_t stored = 0;
  while (auto item = reader.next()) {
    ASSERT_TRUE(item->document) << item->document.error().text();
    const Record record = pipeline->read(*item->document);
    const auto row = writer.store(record, true);
    ASSERT_TRUE(row) << row.error().text();
    const auto back = desk::load_record(writer.database(), row->report);
    ASSERT_TRUE(back) << back.error().text();
    EXPECT_EQ(to_json(*back), to_json(record)) << record.document.id;
    ++stored;
  }
  ASSERT_TRUE(writer.commit());
  EXPECT_GE(stored, 10U);
}

TEST(Store, TheSameReportTwiceIsOne) {
  const Folder folder;
  desk::Writer writer = open_writer(folder.desk());
  const Record first = report("a", "Envoys met in Orla on Monday.");
  EXPECT_EQ(writer.store(first, true)->outcome, desk::Outcome::added);
  EXPECT_EQ(writer.store(first, true)->outcome, desk::Outcome::unchanged);
  ASSERT_TRUE(writer.commit());
  EXPECT_EQ(writer.store(first, true)->outcome, desk::Outcome::unchanged);
  EXPECT_EQ(number(writer.database(), "SELECT count(*) FROM report"), 1);
}

TEST(Store, AFileUnderAnotherNameIsTheSameReport) {
  const Folder folder;
  desk::Writer writer = open_writer(folder.desk());
  EXPECT_EQ(writer.store(report("monday/a.txt", "Envoys met in Orla on Monday."), false)->outcome, desk::Outcome::added);
  EXPECT_EQ(writer.store(report("copy/a.txt", "Envoys met in Orla on Monday."), false)->outcome, desk::Outcome::unchanged);
  // Two reports with ids of their own are two, however alike.
  EXPECT_EQ(writer.store(report("other", "Envoys met in Orla on Monday."), true)->outcome, desk::Outcome::added);
}

TEST(Store, AnUpdateIsANewVersionAndSaysWhatChanged) {
  const Folder folder;
  desk::Writer writer = open_writer(folder.desk());
  Record first = report("a", "Rebels shelled Kardo. The attack killed 1,100 people.");
  event(first, EventType::assault, {}, {}, "shelled", "2031-02-03");
  figure(first, Measure::killed, 1100, "1,100", "people");
  Record second = report("a", "Rebels shelled Kardo. The attack killed 1,170 people, doctors said.");
  event(second, EventType::assault, {}, {}, "shelled", "2031-02-03");
  figure(second, Measure::killed, 1170, "1,170", "people");
  ASSERT_TRUE(writer.store(first, true));
  ASSERT_TRUE(writer.commit());
  const auto stored = writer.store(second, true);
  ASSERT_TRUE(stored) << stored.error().text();
  ASSERT_TRUE(writer.commit());
  EXPECT_EQ(stored->outcome, desk::Outcome::updated);
  EXPECT_EQ(stored->version, 2);
  ASSERT_EQ(stored->changes.size(), 1U);
  EXPECT_EQ(stored->changes[0].note, "killed (people) raised from 1,100 to 1,170");
  // The older version is kept and takes no part in anything.
  desk::Database& db = writer.database();
  EXPECT_EQ(number(db, "SELECT count(*) FROM report"), 2);
  EXPECT_EQ(number(db, "SELECT count(*) FROM report WHERE current = 1"), 1);
  EXPECT_EQ(number(db, "SELECT count(*) FROM figure WHERE current = 1"), 1);
  EXPECT_EQ(number(db, "SELECT sum(mentions) FROM happening"), 1);
  EXPECT_EQ(number(db, "SELECT sum(reports) FROM story"), 1);
  EXPECT_EQ(number(db, "SELECT count(*) FROM search WHERE search MATCH 'doctors'"), 1);
  EXPECT_EQ(number(db, "SELECT count(*) FROM search WHERE search MATCH 'shelled'"), 1);
}

TEST(Store, ASyndicatedCopyKnowsItsOriginal) {
  const Folder folder;
  desk::Writer writer = open_writer(folder.desk());
  const std::string agency =
      "Envoys of the two sides met in the port of Orla on Monday and spoke for six hours about the exchange of "
      "prisoners and the opening of the road to the north, their host said. No date for another round was set, but "
      "both promised to keep the line open until the end of the month.";
  const auto late = writer.store(report("paper", "By our staff. " + agency, "2031-02-04"), true);
  const auto early = writer.store(report("agency", agency, "2031-02-03"), true);
  ASSERT_TRUE(late && early);
  // The one published first is the original, whichever came in first.
  EXPECT_EQ(early->original, 0);
  EXPECT_EQ(number(writer.database(), "SELECT original FROM report WHERE key = 'paper'"), early->report);
  EXPECT_EQ(late->story, early->story);
  const auto third = writer.store(report("radio", agency + " More soon.", "2031-02-05"), true);
  EXPECT_EQ(third->original, early->report);
}

TEST(Store, TwoAccountsOfOneAttackAreOneHappening) {
  const Folder folder;
  desk::Writer writer = open_writer(folder.desk());
  const auto tell = [&](const char* id, const char* text, const char* date, Status status) {
    Record r = report(id, text);
    const Id army = entity(r, EntityKind::organisation, "Northern Army", "XAA");
    const Id town = entity(r, EntityKind::place, "Kardo", "XBB");
    event(r, EventType::assault, {army}, {town}, "shelled", date).status = status;
    ASSERT_TRUE(writer.store(r, true));
  };
  tell("a", "The Northern Army shelled Kardo on Monday.", "2031-02-03", Status::actual);
  tell("b", "Kardo was shelled by the Northern Army for hours.", "2031-02-03", Status::actual);
  tell("c", "Northern Army: we never shelled Kardo.", "2031-02-03", Status::denied);
  tell("d", "The Northern Army shelled Kardo again.", "2031-02-19", Status::actual);
  desk::Database& db = writer.database();
  EXPECT_EQ(number(db, "SELECT count(*) FROM happening"), 2);
  EXPECT_EQ(number(db, "SELECT max(mentions) FROM happening"), 3);
  EXPECT_EQ(number(db, "SELECT count(*) FROM happening WHERE status = 'actual'"), 2);
  // The denial stands once against what it denies, however often that is told.
  EXPECT_EQ(number(db, "SELECT count(*) FROM disagreement WHERE kind = 'happened'"), 1);
}

TEST(Store, FiguresOfOneDayThatExcludeEachOtherDisagree) {
  const Folder folder;
  desk::Writer writer = open_writer(folder.desk());
  const auto tell = [&](const char* id, double toll, const char* words) {
    Record r = report(id, std::string("The quake at Kardo killed ") + words + " people, and rescuers dig on in Kardo and Orla.");
    figure(r, Measure::killed, toll, words, "people");
    ASSERT_TRUE(writer.store(r, true));
  };
  tell("a", 40, "40");
  tell("b", 40, "forty");
  tell("c", 61, "61");
  desk::Database& db = writer.database();
  EXPECT_EQ(number(db, "SELECT count(*) FROM story"), 1);
  EXPECT_EQ(number(db, "SELECT count(*) FROM disagreement WHERE kind = 'figure'"), 1);
  EXPECT_EQ(number(db, "SELECT count(*) FROM disagreement WHERE note = 'killed: 61 here, 40 there'"), 1);
}

TEST(Store, StoriesGoOnAfterTheDeskWasClosed) {
  const Folder folder;
  std::int64_t story = 0;
  {
    desk::Writer writer = open_writer(folder.desk());
    story = writer.store(report("a", "Governor Tarek Aludin signed the Orla harbour lease with Veltmar."), true)->story;
    ASSERT_TRUE(writer.finish());
  }
  desk::Writer writer = open_writer(folder.desk());
  EXPECT_EQ(writer.store(report("b", "The Orla harbour lease signed by Tarek Aludin gives Veltmar the docks."), true)->story, story);
  EXPECT_NE(writer.store(report("c", "Floods closed schools along the Messine river."), true)->story, story);
}

}  // namespace
}  // namespace parley::testing
