// Reports in JSON: lists, objects around lists, the names that programs give their fields.
#include "batch.h"

namespace parley {
namespace {

class Json : public page_test::BatchTest {};

TEST_F(Json, AListOfReportsAndAnObjectAroundOne) {
  const std::string reports = R"([{"id": "a", "text": "Both sides met."}, {"id": 7, "body": ["They met.", "They left."]},
    {"headline": "No text", "id": "c"}, 12, {"url": "https://n.example/5", "content": "[{\"}, she said.", "tags": [{"a": []}]}])";
  const std::string expected = "a | - | - | Both sides met.\n7 | - | - | They met. / They left.\nc ! empty | ";
  const std::string list = read_list({write("list.json", reports)});
  EXPECT_EQ(list.substr(0, expected.size()), expected);
  EXPECT_NE(list.find("list.json:4 ! malformed | list.json: byte "), std::string::npos) << list;
  EXPECT_NE(list.find("https://n.example/5 | - | - | [{\"}, she said.\n"), std::string::npos) << list;
  for (const char* around : {R"({"status": "ok", "articles": %, "more": [1, 2]})", R"({"response": {"total": 5, "docs": %}, "took": 3})",
                             R"(  {"data": {"news": {"items": %}}})"}) {
    std::string wrapped = around;
    wrapped.replace(wrapped.find('%'), 1, reports);
    EXPECT_EQ(read_list({write("around.json", wrapped)}, Format::json).substr(0, expected.size()), expected) << around;
  }
}

TEST_F(Json, OneReportOverSeveralLines) {
  const std::string file = write("one.json", "{\n  \"title\": \"Truce\",\n  \"text\": \"Both sides met.\",\n  \"items\": [{\"a\": 1}]\n}\n");
  EXPECT_EQ(read_list({file}), "one.json | Truce | - | Both sides met.\n");
}

TEST_F(Json, TheNamesOfManyPrograms) {
  const std::string file = write("names.jsonl",
      R"({"guid": "1", "Article_Body": "Both sides met.", "headline": "H &amp; H", "publishedAt": "2021-05-03T10:30:00+02:00", "source": {"id": null, "name": "The Courier"}, "url": "https://n.example/1", "author": "By Jane Doe and John Roe", "description": "In short.", "inLanguage": "en_GB"})"
      "\n"
      R"({"maintext": "They left.", "date_publish": "2021-05-03 10:30:00", "date_modify": "x", "source_domain": "n.example", "authors": ["Ana Silva", {"name": "Ola Berg"}], "language": "en"})"
      "\n"
      R"({"id": "3", "content": "<p>They <b>met</b> again.</p><p>Nobody said where.</p>", "timestamp": 1620037800})"
      "\n");
  EXPECT_EQ(read_list({file}), "1 | H & H | 2021-05-03T10:30:00+02:00 | Both sides met.\n"
                               "names.jsonl:2 | - | 2021-05-03T10:30:00 | They left.\n"
                               "3 | - | 2021-05-03T10:30:00Z | They met again. / Nobody said where.\n");
  const std::vector<InputItem> items = read({file});
  EXPECT_EQ(items[0].document->publisher, "The Courier");
  EXPECT_EQ(items[0].document->uri, "https://n.example/1");
  EXPECT_EQ(items[0].document->byline, (std::vector<std::string>{"Jane Doe", "John Roe"}));
  EXPECT_EQ(items[0].document->dek, "In short.");
  EXPECT_EQ(items[0].document->language, "en-GB");
  EXPECT_EQ(items[1].document->byline, (std::vector<std::string>{"Ana Silva", "Ola Berg"}));
}

TEST_F(Json, CutOffOrNone) {
  EXPECT_EQ(read_list({write("cut.json", R"([{"id": "a", "text": "Both sides met."}, {"id": "b", "te)")}),
            "a | - | - | Both sides met.\ncut.json:2 ! malformed | cut.json: byte 56\n");
  EXPECT_EQ(read_list({write("open.json", R"({"articles": [{"id": "a", "text": "Both sides met."})")}, Format::json),
            "a | - | - | Both sides met.\nopen.json:2 ! malformed | open.json: byte 52\n");
  EXPECT_EQ(read_list({write("text.json", "Both sides met.")}, Format::json), "text.json:1 ! malformed | text.json: byte 1\n");
  EXPECT_EQ(read_list({write("stray.json", R"([{"id": "a", "text": "They met."}} , {"id": "b", "text": "They left."}])")}),
            "a | - | - | They met.\nstray.json:2 ! malformed | stray.json: byte 34\n");
  EXPECT_EQ(read_list({write("none.json", " [ ] ")}, Format::json), "none.json:1 ! empty | none.json: byte 5\n");
}

TEST_F(Json, AReportOverTheLimitCostsItselfAlone) {
  ReadOptions small = page_test::with_cues();
  small.max_bytes = 100000;
  const std::string file = write("large.json", R"([{"id": "a", "text": ")" + std::string(300000, 'x') + R"("}, {"id": "b", "text": "They met."}])");
  EXPECT_EQ(read_list({file}, Format::automatic, small), "a ! too_large | large.json: byte 1\nb | - | - | They met.\n");
}

TEST_F(Json, NestedDeeply) {
  const std::string deep = R"([{"id": "a", "text": "They met.", "x": )" + std::string(100000, '[') + std::string(100000, ']') + "}]";
  EXPECT_EQ(read_list({write("deep.json", deep)}), "a ! malformed | deep.json: byte 1\n") << "more levels than a parser should follow";
}

}  // namespace
}  // namespace parley
