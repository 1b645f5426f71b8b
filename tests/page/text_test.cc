// Plain text: what single lines are, hostile bytes, limits.
#include "page/cues.h"
#include "page/draft.h"
#include "page/lineroles.h"
#include "page/lines.h"
#include "support.h"
#include "text/utf8.h"

namespace parley {
namespace {

using namespace page;
using page_test::expect_sound;
using page_test::sections;
using page_test::with_cues;

const Cues& cues() {
  static const ReadOptions options = with_cues();
  return *options.cues;
}

std::string code_of(const Result<Document>& result) {
  return result.ok() ? "ok" : name(result.error().code);
}

TEST(Lines, SayWhatTheyAre) {
  struct Case {
    const char* line;
    Role role;
  };
  const Case cases[] = {
      {"Key Takeaways", Role::takeaways_heading},
      {"» KEY POINTS:", Role::takeaways_heading},
      {"Why it matters", Role::why_heading},
      {"Why this matters: the road is closed from November.", Role::why_inline},
      {"Why it matters for the valley: the road is closed.", Role::why_inline},
      {"What this means is that nobody knows.", Role::none},
      {"Updated On", Role::label},
      {"5 min read", Role::label},
      {"Published on 3 May 2021", Role::published},
      {"Last updated: May 3, 2021, 4:50 PM EDT", Role::updated},
      {"May 3, 2021", Role::published},
      {"May 3, 2021 was the day on which the first lorries crossed.", Role::none},
      {"By Jane Doe and John Roe in Geneva", Role::byline},
      {"By Tuesday the army had taken both hills and the road between them.", Role::none},
      {"Sources close to the talks said that the draft has nine articles.", Role::none},
      {"Source: Ministry of Health", Role::boilerplate},
      {"(Additional reporting by Jane Doe; Editing by John Roe)", Role::boilerplate},
      {"Read more: what the agreement says", Role::related},
      {"Related matters were put off until the spring.", Role::none},
      {"© 2021 The Daily", Role::boilerplate},
      {"FILE PHOTO: The bridge in May", Role::caption},
      {"The bridge in May. Jane Doe/Getty Images", Role::caption},
      {"File by file, the clerks copied the list.", Role::none},
  };
  for (const Case& c : cases) EXPECT_EQ(role_of_line(c.line, cues()).role, c.role) << c.line;
}

TEST(Datelines, AreToldFromProse) {
  struct Case {
    const char* text;
    const char* dateline;
  };
  const Case cases[] = {
      {"GENEVA (Agency) - Both sides met.", "GENEVA (Agency)"},
      {"PORT ELISE, Nov 8 (AFP) — Twelve men were freed.", "PORT ELISE, Nov 8 (AFP)"},
      {"Kyiv, Ukraine (AP) — Both sides met.", "Kyiv, Ukraine (AP)"},
      {"NORTH HARBOUR: The first ship left.", "NORTH HARBOUR"},
      {"The delegation — the largest so far — left.", ""},
      {"He said: Nobody won.", ""},
      {"A long-held truce - one of three - broke.", ""},
      {"UN - backed talks resumed.", ""},
  };
  for (const Case& c : cases) {
    const Dateline found = find_dateline(c.text, cues());
    const std::string dateline = found.text_begin > 0 ? std::string(c.text).substr(0, found.end) : "";
    EXPECT_EQ(dateline, c.dateline) << c.text;
  }
}

TEST(Datelines, DateAReportThatNothingElseDates) {
  const std::string prose = "Negotiators of both sides signed the truce in the old town hall on Friday evening.";
  const auto published = [&](const std::string& before) {
    const Result<Document> document = read_text("Both Sides Sign a Truce\n\n" + before + prose + "\n\nIt holds for a month.", with_cues());
    return document->published.value_or("-");
  };
  EXPECT_EQ(published("PORT ELISE, June 9, 2023 - "), "2023-06-09");
  EXPECT_EQ(published("PORT ELISE, June 9, 2023\n\n"), "2023-06-09");
  EXPECT_EQ(published("Published 10 June 2023\n\nPORT ELISE, June 9, 2023 - "), "2023-06-10");
  EXPECT_EQ(published("PORT ELISE, June 9 - "), "-");
}

TEST(Dates, BecomeIso) {
  struct Case {
    const char* text;
    const char* iso;
  };
  const Case cases[] = {
      {"3 May 2021", "2021-05-03"},
      {"Monday, May 3rd, 2021 at 4:50 p.m. EDT", "2021-05-03T16:50-04:00"},
      {"10:30 GMT, 3 May 2021", "2021-05-03T10:30Z"},
      {"2021-05-03T10:30:00Z", "2021-05-03T10:30:00Z"},
      {"25/12/2021", "2021-12-25"},
      {"May 2021", "2021-05"},
      {"03/05/2021", ""},
      {"31 February 2021", ""},
      {"soon", ""},
  };
  for (const Case& c : cases) {
    const auto found = parse_date(c.text, cues());
    EXPECT_EQ(found ? found->iso : "", c.iso) << c.text;
  }
  EXPECT_EQ(tidy_iso_date("2021-05-03T10:30:00+0000"), "2021-05-03T10:30:00Z");
  EXPECT_EQ(tidy_iso_date("2021-05-03T10:30:00,250+02:00"), "2021-05-03T10:30:00+02:00");
  EXPECT_EQ(tidy_iso_date("2021-05-03T10:30:99Z"), "2021-05-03T10:30Z") << "no minute has a hundred seconds";
  EXPECT_EQ(tidy_iso_date("yesterday"), std::nullopt);
}

TEST(WrappedLines, AreJoinedAndParagraphsKept) {
  const auto blocks = blocks_from_text(
      "The delegations meet again on Friday,\n"
      "and nobody expects an answer before\n"
      "the winter closes the mountain road.\n"
      "No date was given for what follows.\n"
      "Both armies have kept to their lines\n"
      "since the truce of last November.\n");
  ASSERT_GE(blocks.size(), 1U);
  EXPECT_NE(blocks[0].text.find("Friday, and nobody expects an answer before the winter"),
            std::string::npos);
}

TEST(WrappedLines, ALineForEachParagraphStaysSo) {
  const auto blocks = blocks_from_text(
      "The delegations of both sides meet again on Friday in the lake town, the mediators said after nine days of talks about the road, the bridge and the two towns behind it.\n"
      "No date was given.\n"
      "Both armies have kept to their lines since November.\n");
  EXPECT_EQ(blocks.size(), 3U);
}

TEST(Repeats, TheSecondCaptionIsSetAside) {
  const Result<Document> document = read_text(
      "Talks resume in lake town\n\nThe hotel where they meet\n\nThe hotel where they meet\n\n"
      "Mediators met both delegations on Monday in the hotel by the lake, an official said.\n",
      with_cues());
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(sections(*document),
            "headline | Talks resume in lake town\n"
            "caption | The hotel where they meet\n"
            "boilerplate | The hotel where they meet\n"
            "body | Mediators met both delegations on Monday in the hotel by the lake, an official said.\n");
}

TEST(CutOff, IsFlaggedAndNeverCompleted) {
  const std::string closed = "Both sides met on Monday in the hotel by the lake, an official said.\n\n";
  const auto cut = [&](const std::string& last) {
    const Result<Document> document = read_text(closed + last, with_cues());
    return document.ok() && document->truncated;
  };
  EXPECT_TRUE(cut("They will meet again when the draft of the second article is rea"));
  EXPECT_TRUE(cut("They will meet again. It is not known whethe"));
  EXPECT_TRUE(cut("They will meet again on [+1843 chars]"));
  EXPECT_TRUE(cut("They will meet again …"));
  EXPECT_FALSE(cut("They will meet again when the draft is ready."));
  EXPECT_FALSE(cut("\"We shall see,\" he said, \"what the draft says.\""));
  EXPECT_FALSE(cut("Jane Doe"));
}

TEST(Title, GivenFromOutsideLeadsTheText) {
  ReadOptions options = with_cues();
  options.title = "Talks resume";
  const std::string body = "Mediators met both delegations on Monday in the hotel by the lake.";
  const Result<Document> document = read_text(body, options);
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(sections(*document), "headline | Talks resume\nbody | " + body + "\n");
  const Result<Document> there = read_text("Talks resume\n\n" + body, options);
  ASSERT_TRUE(there.ok());
  EXPECT_EQ(sections(*there), sections(*document)) << "it is not said twice";
}

TEST(Plain, IsTheTextAsGiven) {
  ReadOptions options = with_cues();
  options.plain = true;
  options.title = "Never in the text";
  options.updated = "2021-05-04";
  options.dek = "In short.";
  options.byline = {"Jane Doe"};
  const std::string text = "Headline\r\n\r\nKey Takeaways\n\u00A0• one &amp; two";
  const Result<Document> document = read_text(text, options);
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->text(), text);
  EXPECT_EQ(document->sections.size(), 1U);
  EXPECT_EQ(document->title, "Never in the text");
  EXPECT_EQ(document->updated, "2021-05-04");
  EXPECT_EQ(document->dek, "In short.");
  EXPECT_EQ(document->byline, std::vector<std::string>{"Jane Doe"}) << "what is known from outside is known of plain text too";
}

TEST(HostileText, HasItsErrors) {
  EXPECT_EQ(code_of(read_text("", with_cues())), "empty");
  EXPECT_EQ(code_of(read_text(" \n\t\u00A0\n", with_cues())), "empty");
  EXPECT_EQ(code_of(read_text("\x89PNG\r\n\x1A\n....", with_cues())), "not_text");
  std::string noise;
  for (int i = 0; i < 4096; ++i) noise += static_cast<char>((i * 37) % 31);
  EXPECT_EQ(code_of(read_text(noise, with_cues())), "not_text");
  ReadOptions small = with_cues();
  small.max_bytes = 10;
  const Result<Document> large = read_text("more than ten bytes", small);
  EXPECT_EQ(code_of(large), "too_large");
  EXPECT_NE(large.error().message.find("limit of 10"), std::string::npos);
}

TEST(HostileText, InvalidBytesAreReplacedAndNulsPassedOver) {
  const Result<Document> broken = read_text("Tr\xC3\xA9ve à Gen\xE2\x82ve, dit-on, pour trois jours.", with_cues());
  ASSERT_TRUE(broken.ok());
  EXPECT_NE(broken->text().find("Tréve à Gen\uFFFDve"), std::string::npos) << broken->text();
  std::string nul = "The truce holds for a third day in the whole of the valley, both sides said.";
  nul.insert(9, 1, '\0');
  const Result<Document> passed = read_text(nul, with_cues());
  ASSERT_TRUE(passed.ok());
  EXPECT_EQ(passed->text().find('\0'), std::string::npos);
  EXPECT_EQ(passed->text().rfind("The truce holds", 0), 0U);
}

TEST(Encodings, AreFound) {
  // windows-1251: "Перемирие соблюдается третий день. Наблюдатели говорят, что обе стороны отвели войска."
  const std::string cyrillic =
      "\xCF\xE5\xF0\xE5\xEC\xE8\xF0\xE8\xE5 \xF1\xEE\xE1\xEB\xFE\xE4\xE0\xE5\xF2\xF1\xFF "
      "\xF2\xF0\xE5\xF2\xE8\xE9 \xE4\xE5\xED\xFC. "
      "\xCD\xE0\xE1\xEB\xFE\xE4\xE0\xF2\xE5\xEB\xE8 \xE3\xEE\xE2\xEE\xF0\xFF\xF2, \xF7\xF2\xEE "
      "\xEE\xE1\xE5 \xF1\xF2\xEE\xF0\xEE\xED\xFB \xEE\xF2\xE2\xE5\xEB\xE8 \xE2\xEE\xE9\xF1\xEA\xE0.";
  const Result<Document> document = read_text(cyrillic, with_cues());
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->text().rfind("Перемирие соблюдается третий день.", 0), 0U) << document->text();
  const Result<Document> wide = read_text(std::string("\xFF\xFET\0r\0u\0c\0e\0", 12), with_cues());
  ASSERT_TRUE(wide.ok());
  EXPECT_EQ(wide->text(), "Truce");
  const Result<Document> marked = read_text("\xEF\xBB\xBFTruce holds", with_cues());
  ASSERT_TRUE(marked.ok());
  EXPECT_EQ(marked->text(), "Truce holds");
}

TEST(CueFiles, NameEveryMistake) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / ("parley_cues-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "xx.toml") << "[byline]\nopenings = [\"By\", 7]\nopenigns = [\"Von\"]\n"
                                       "[dates.months]\nMai = 15\n";
  const auto cue_lists = load_cues(folder);
  ASSERT_FALSE(cue_lists.ok());
  const std::string message = cue_lists.error().message;
  EXPECT_NE(message.find("xx.toml:2:19: error"), std::string::npos) << message;
  EXPECT_NE(message.find("'byline.openigns'"), std::string::npos) << message;
  EXPECT_NE(message.find("xx.toml:5:7: error"), std::string::npos) << message;
  std::filesystem::remove_all(folder);
  EXPECT_EQ(load_cues("/nowhere/at/all").error().code, Error::Code::not_found);
}

TEST(Size, ThirtyThousandLinesTakeNoLongerThanTheyMust) {
  std::string text = "Truce holds\n\n";
  for (int i = 0; i < 8000; ++i) text += "- a\nWhy it matters\nKey points\nx y z w\n";
  const Result<Document> document = read_text(text, with_cues());
  ASSERT_TRUE(document.ok());
  expect_sound(*document);
}

}  // namespace
}  // namespace parley
