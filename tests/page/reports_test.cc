// Sixteen scraped reports, each with other furniture, and what a careful reader finds in them.
#include <filesystem>

#include "support.h"

namespace parley {
namespace {

using page_test::described;
using page_test::expect_sound;
using page_test::read_file;
using page_test::with_cues;

class ScrapedReport : public testing::TestWithParam<std::string> {};

TEST_P(ScrapedReport, IsReadAsExpected) {
  const std::string base = std::string(PARLEY_SOURCE_DIR) + "/tests/page/reports/" + GetParam();
  const Result<Document> document = read_text(read_file(base + ".txt"), with_cues());
  ASSERT_TRUE(document.ok()) << document.error().text();
  expect_sound(*document);
  EXPECT_EQ(described(*document), read_file(base + ".expected"));
}

INSTANTIATE_TEST_SUITE_P(All, ScrapedReport,
                         testing::Values("01_wire_dateline", "02_share_bars", "03_wrapped_mail",
                                         "04_takeaways_first", "05_cut_off", "06_entities_and_spaces",
                                         "07_numbered_facts", "08_no_blank_lines", "09_plain_statement",
                                         "10_lost_bullets", "11_portal_furniture", "12_corrected_wire",
                                         "13_heads_in_line", "14_print_wrapped", "15_live_entries",
                                         "16_press_release"),
                         [](const auto& report) { return report.param; });

TEST(ScrapedReport, LosesNoWord) {
  // Everything but spaces, bullets' shapes and entities is still in the text, in order.
  const std::string folder = std::string(PARLEY_SOURCE_DIR) + "/tests/page/reports/";
  for (const char* name : {"01_wire_dateline", "02_share_bars", "03_wrapped_mail", "07_numbered_facts",
                           "08_no_blank_lines", "10_lost_bullets"}) {
    const std::string raw = read_file(folder + name + ".txt");
    const Result<Document> document = read_text(raw, with_cues());
    ASSERT_TRUE(document.ok());
    std::istringstream given(raw);
    std::istringstream kept(document->text());
    std::string left;
    std::string right;
    while (given >> left) {
      ASSERT_TRUE(kept >> right) << name << " stops before " << left;
      EXPECT_EQ(left, right) << name;
    }
    EXPECT_FALSE(kept >> right) << name << " has more: " << right;
  }
}

TEST(ScrapedReport, ArticleBodyIsTheParagraphs) {
  const std::string base = std::string(PARLEY_SOURCE_DIR) + "/tests/page/reports/01_wire_dateline.txt";
  const Result<Document> document = read_text(read_file(base), with_cues());
  ASSERT_TRUE(document.ok());
  const std::string body = article_body(*document);
  EXPECT_EQ(body.rfind("GENEVA (Agency) - Delegates of the government", 0), 0U) << body;
  EXPECT_EQ(body.find("Reporting by"), std::string::npos);
  EXPECT_NE(body.find(".\n\nThe paper provides"), std::string::npos);
}

}  // namespace
}  // namespace parley
