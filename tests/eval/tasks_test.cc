// Each task's counting, on gold and records written by hand.
#include "eval/task.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "eval/bio.h"
#include "eval/files.h"

namespace parley::eval {
namespace {

class Tasks : public ::testing::Test {
 protected:
  std::filesystem::path file(const std::string& name, const std::string& content) {
    const auto path = std::filesystem::temp_directory_path() /
                      ("parley-" + std::to_string(::getpid()) + "-" + name);
    std::ofstream(path) << content;
    made_.push_back(path);
    return path;
  }
  ~Tasks() override {
    for (const auto& path : made_) std::filesystem::remove(path);
  }

 private:
  std::vector<std::filesystem::path> made_;
};

Record with(std::vector<Entity> entities, std::vector<Event> events) {
  Record out;
  out.entities = std::move(entities);
  out.events = std::move(events);
  return out;
}

TEST_F(Tasks, PloverClassesAndCountries) {
  auto task = make_record_task("gsr", file("gsr.json", R"([
    {"id": "a", "text": "Chad met Niger.", "event": "CONSULT", "source": [{"code": "TCD"}], "target": [{"code": "NER"}]},
    {"id": "b", "text": "Japan demanded.", "event": "demand", "source": [{"code": "JAP"}], "target": []}])"));
  ASSERT_TRUE(task) << task.error().text();
  ASSERT_EQ((*task)->inputs().size(), 2U);
  Entity chad{"e1", EntityKind::country, "Chad", {"TCD", {}, {}}, {}};
  Entity niger{"e2", EntityKind::country, "Niger", {"NER", {}, {}}, {}};
  Event met;
  met.type = EventType::consult;
  met.actors = {"e1", "e2"};
  Event denied;  // what did not happen is no answer
  denied.type = EventType::assault;
  denied.auxiliary = {"negation"};
  (*task)->add(0, with({chad, niger}, {met, denied}));
  Event asked;
  asked.type = EventType::request;
  asked.actors = {"e1"};
  Event accused;
  accused.type = EventType::accuse;
  (*task)->add(1, with({Entity{"e1", EntityKind::country, "Japan", {"JPN", {}, {}}, {}}}, {asked, accused}));
  const Json figures = (*task)->figures();
  EXPECT_EQ(figures["class"]["r"], 1.0);
  EXPECT_EQ(figures["class"]["p"], rounded(2.0 / 3));
  EXPECT_EQ(figures["actor_country"], 1.0);
  EXPECT_EQ(figures["recipient_country"], 1.0) << "a reciprocal event has its parties among the actors";
}

TEST_F(Tasks, NamesByExactSpanAndType) {
  auto task = make_record_task("ner", file("ner.bio", "Ann B-person\nmet O\nthe O\nUN B-organisation\n\n"));
  ASSERT_TRUE(task);
  EXPECT_EQ((*task)->inputs()[0].text, "Ann met the UN");
  Record record;
  record.entities = {Entity{"e1", EntityKind::organisation, "Ann", {}, {{{0, 3}, MentionForm::name}}},
                     Entity{"e2", EntityKind::organisation, "UN", {}, {{{12, 14}, MentionForm::name}, {{0, 2}, MentionForm::pronoun}}}};
  (*task)->add(0, record);
  const Json figures = (*task)->figures();
  EXPECT_EQ(figures["typed"]["f1"], 0.5);
  EXPECT_EQ(figures["untyped"]["f1"], 1.0);
}

TEST_F(Tasks, SourcesAndTargets) {
  auto task = make_record_task("source-target", file("st.bio", "a O\nrebel B-S\narmy I-S\nhit O\nTroy B-T\n\n"));
  ASSERT_TRUE(task);
  Event event;
  event.actor_spans = {{2, 7}};
  event.recipient_spans = {{17, 21}};
  (*task)->add(0, with({}, {event}));
  const Json figures = (*task)->figures();
  EXPECT_EQ(figures["exact"]["f1"], 0.5);
  EXPECT_EQ(figures["overlap"]["f1"], 1.0);
}

TEST_F(Tasks, TheMostConfidentEventGivesTheQuadClass) {
  auto task = make_record_task("quad", file("quad.tsv", "They met.\t1\nIt rained.\t0\n"));
  ASSERT_TRUE(task);
  Event met;
  met.quad = 1;
  met.confidence = 0.9;
  Event hit;
  hit.quad = 4;
  hit.confidence = 0.4;
  (*task)->add(0, with({}, {hit, met}));
  (*task)->add(1, with({}, {}));
  EXPECT_EQ((*task)->figures()["accuracy"], 1.0);
}

TEST(Bio, AnInsideAfterAnotherLabelBegins) {
  const auto sentences = read_bio("1 I-PER\nx I-LOC\ny I-LOC\n\n");
  ASSERT_EQ(sentences.size(), 1U);
  ASSERT_EQ(sentences[0].spans.size(), 2U);
  EXPECT_EQ(sentences[0].spans[1].span, (Span{2, 5}));
}

TEST(Files, QuotedFieldsKeepTabsAndLineEnds) {
  const auto rows = read_table("a\tb\n\"x\t\"\"y\"\"\"\t\"1\n2\"\n");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1], (std::vector<std::string>{"x\t\"y\"", "1\n2"}));
}

TEST(Files, AnUnknownTaskNamesThoseThereAre) {
  const auto task = make_record_task("nonsense", "gold");
  ASSERT_FALSE(task);
  EXPECT_NE(task.error().message.find("attribution"), std::string::npos);
}

TEST_F(Tasks, PlacesFoundAndPlaced) {
  auto task = make_record_task("places", file("places.xml", R"(<?xml version="1.0"?>
<articles><article docid="a"><text>From Accra to Lomé and Kpalimé.</text><toponyms>
<toponym><start>5</start><end>10</end><gaztag><lat>5.55</lat><lon>-0.2</lon></gaztag></toponym>
<toponym><start>14</start><end>18</end><gaztag><lat>6.13</lat><lon>1.22</lon></gaztag></toponym>
<toponym><start>23</start><end>30</end></toponym></toponyms></article></articles>)"));
  ASSERT_TRUE(task) << task.error().text();
  ASSERT_EQ((*task)->inputs().size(), 1U);
  EXPECT_EQ((*task)->inputs()[0].text, "From Accra to Lomé and Kpalimé.");
  Record record;
  Place accra{"p1", {5, 10}, PlaceUse::literal, "Accra", "GHA", {}, 5.6, -0.2, {}};     // 6 km off
  Place lome{"p2", {14, 18}, PlaceUse::literal, "Lomé", "TGO", {}, 48.0, 2.0, {}};      // far off
  Place extra{"p3", {0, 4}, PlaceUse::literal, "From", {}, {}, {}, {}, {}};
  record.places = {extra, accra, lome};
  (*task)->add(0, record);
  const Json figures = (*task)->figures();
  EXPECT_EQ(figures["recognition"]["p"], 0.6667);
  EXPECT_EQ(figures["recognition"]["r"], 0.6667);
  EXPECT_EQ(figures["acc@161km"], 0.5);
  EXPECT_EQ(figures["end_to_end@161km"], 0.5);
}

TEST_F(Tasks, PlacesThatAreNoXmlAreRefusedWithTheByte) {
  const auto task = make_record_task("places", file("broken.xml", "<articles><article>"));
  ASSERT_FALSE(task);
  EXPECT_NE(task.error().text().find("byte"), std::string::npos) << task.error().text();
}

}  // namespace
}  // namespace parley::eval
