// Every kind of furniture around an article, in pages of fictional publishers: what is the article's comes
// out, what is not stays out.
#include "support.h"

namespace parley {
namespace {

using page_test::with_cues;

const std::string kFirst =
    "<p>The ferry between the two islands runs again from Monday, the harbour master said, after nine weeks in which no ship had left the port.</p>";
const std::string kSecond =
    "<p>Traders on both shores had asked for it since the spring, and the mediators had put it first on their list of small steps.</p>";
const std::string kThird =
    "<p>A pilot who brought the last ship over in the winter said that the buoys were still in place, and that he would sail at dawn.</p>";

std::string body(const std::string& html) {
  const Result<Document> document = read_html(html, with_cues());
  if (!document) return "error: " + document.error().text();
  page_test::expect_sound(*document);
  return article_body(*document);
}

/// The three paragraphs with `part` in the place named.
std::string in_article(const std::string& part) {
  return body("<html><body><header><a href=/>The Strait Post</a></header><main><article><h1>Ferry sails again</h1>" + kFirst + part +
              kSecond + kThird + "</article></main></body></html>");
}
std::string behind_article(const std::string& part) {
  return body("<html><body><div class=page><div class=text-column><h1>Ferry sails again</h1>" + kFirst + kSecond + kThird +
              "</div>" + part + "</div></body></html>");
}

void expect_article_only(const std::string& text, const std::string& furniture) {
  for (const char* words : {"The ferry between", "Traders on both", "A pilot who"}) {
    EXPECT_NE(text.find(words), std::string::npos) << words << "\n" << text;
  }
  EXPECT_EQ(text.find(furniture), std::string::npos) << text;
}

const std::string kOther = "<p>Elsewhere in the region the rain has filled the reservoirs, which had been empty for two years, engineers said.</p>";

TEST(HtmlFurniture, StaysOutWhereverItStands) {
  const std::string parts[] = {
      "<aside>" + kOther + "</aside>",
      "<div class=\"c-newsletter-signup\">" + kOther + "</div>",
      "<div class=relatedArticles>" + kOther + "</div>",
      "<div id=cookie-notice>" + kOther + kOther + kOther + kOther + "</div>",
      "<div role=dialog>" + kOther + "</div>",
      "<div class=\"share-bar\">" + kOther + "</div>",
      "<div class=\"author-bio\">" + kOther + "</div>",
      "<div class=\"ad-slot ad-slot--middle\">" + kOther + "</div>",
      "<div class=paywall-overlay>" + kOther + "</div>",
      "<div hidden>" + kOther + "</div>",
      "<div style=\"display:none\">" + kOther + "</div>",
      "<ul class=tag-list><li><a href=/a>Elsewhere in the region</a></li><li><a href=/b>Ferries</a></li></ul>",
      "<p><a href=/x>Read more: Elsewhere in the region the rain has filled the reservoirs</a></p>",
      "<div><a href=/1>Elsewhere in the region the rain falls</a> <a href=/2>The price of rope</a></div>",
      "<p>Read also: Elsewhere in the region</p>",
      "<p>Lesen Sie auch: Elsewhere in the region</p>",
      "<form>" + kOther + "</form>",
  };
  for (const std::string& part : parts) {
    SCOPED_TRACE(part.substr(0, 60));
    expect_article_only(in_article(part), "Elsewhere");
    expect_article_only(behind_article(part), "Elsewhere");
  }
}

TEST(HtmlFurniture, CommentsAreLongerThanTheArticle) {
  std::string comments = "<section class=\"comments\"><h2>Comments</h2>";
  for (int i = 0; i < 40; ++i) comments += "<div class=comment-text>" + kOther + "</div>";
  expect_article_only(behind_article(comments + "</section>"), "Elsewhere");
}

TEST(HtmlFurniture, SectionsUnderARelatedHeading) {
  const std::string cards = "<div><h2>Related stories</h2><div><h3><a href=/1>Rain at last</a></h3>" + kOther + "</div><div><h3><a href=/2>Rope is dear</a></h3>" +
                            kOther + "</div></div>";
  expect_article_only(in_article(cards), "Elsewhere");
  const std::string unnamed = "<div class=x1><h3><a href=/1>Rain at last</a></h3>" + kOther + "</div><div class=x1><h3><a href=/2>Rope is dear</a></h3><p>Elsewhere, "
                              "a trader said, rope costs twice what it did in the last year of the war.</p></div>";
  expect_article_only(behind_article(unnamed), "Elsewhere");
}

TEST(HtmlFurniture, NamesThatHoldEverythingDropNothing) {
  const std::string text = kFirst + kSecond + kThird;
  for (const std::string& open : {std::string("<body class=\"has-sidebar no-comments\">"), std::string("<body><form id=aspnetForm>"),
                                  std::string("<body><div class=overlay>"), std::string("<body><div class=\"widget banner\">"),
                                  std::string("<body><div style=\"display:none\">")}) {
    SCOPED_TRACE(open);
    expect_article_only(body("<html>" + open + text + "</html>"), "Elsewhere");
  }
}

TEST(HtmlFurniture, TheBodyMayComeInParts) {
  const std::string text = body("<html><body><main><div class=text-body>" + kFirst + "</div><div class=teaser-ad><a href=x>Buy rope</a></div><div class=text-body>" +
                                kSecond + "</div><div class=text-body>" + kThird + "</div></main></body></html>");
  expect_article_only(text, "Buy rope");
}

TEST(HtmlFurniture, KeepsListsTablesQuotesAndHeadings) {
  const std::string text = in_article(
      "<h2>What the timetable says</h2><ul><li>Monday: two crossings</li><li>Friday: one crossing</li></ul>"
      "<table><tr><th>Port</th><th>Ships</th></tr><tr><td>North</td><td>3</td></tr></table>"
      "<blockquote>I shall be on the first one, whatever the weather does.</blockquote><pre>North 06:10</pre>");
  for (const char* words : {"What the timetable says", "Monday: two crossings", "Friday: one", "Port", "Ships", "North", "I shall be on the first", "North 06:10"}) {
    EXPECT_NE(text.find(words), std::string::npos) << words << "\n" << text;
  }
}

TEST(HtmlFurniture, CaptionsAreNoBodyUnlessTheyAreTheStory) {
  const std::string picture = "<figure><img src=a.jpg><figcaption>The quay on Sunday evening, seen from the pilots' house</figcaption></figure>";
  expect_article_only(in_article(picture), "The quay on Sunday");
  std::string gallery;
  for (int i = 0; i < 6; ++i) gallery += "<figure><img src=a.jpg>" + kFirst + kSecond + "</figure>";
  EXPECT_NE(body("<html><body><h1>The ferry in pictures</h1>" + gallery + "</body></html>").find("The ferry between"), std::string::npos);
}

TEST(HtmlFurniture, ReadsScriptsWithoutSpacesBetweenWords) {
  const std::string text = body(
      "<html lang=ja><body><nav><a href=/>ホーム</a></nav><div class=x><p>港の責任者は、九週間止まっていた両島の間の船が月曜日から再び動くと述べた。</p>"
      "<p>両岸の商人は春から再開を求めており、仲介者はこれを小さな一歩の第一に挙げていた。</p></div>"
      "<div class=y><a href=/1>関連する話題</a><a href=/2>天気</a></div></body></html>");
  EXPECT_NE(text.find("月曜日から再び"), std::string::npos) << text;
  EXPECT_NE(text.find("両岸の商人"), std::string::npos) << text;
  EXPECT_EQ(text.find("関連する話題"), std::string::npos) << text;
  const std::string ruby = body("<html><body><p>" + std::string("<ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>の責任者は、九週間止まっていた両島の間の船が月曜日から再び動くと述べた。</p></body></html>"));
  EXPECT_NE(ruby.find("港の責任者"), std::string::npos) << ruby;
}

TEST(HtmlRecovery, TextThatStandsOnlyInNoscript) {
  expect_article_only(body("<html><body><div id=app>Loading</div><noscript>" + kFirst + kSecond + kThird + "</noscript></body></html>"), "Loading the");
}

TEST(HtmlRecovery, TextThatStandsOnlyInJson) {
  const std::string json = "\"articleBody\":\"<p>The ferry between the two islands runs again.</p><p>Traders on both shores had asked for it, "
                           "and the mediators had put it first on their list. A pilot who brought the last ship over was glad, he said, and would sail at dawn on Monday.</p>\"";
  const std::string text = body("<html><body><div id=app></div><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\"," + json + "}</script></body></html>");
  expect_article_only(text, "<p>");
  EXPECT_NE(text.find("again.\n\nTraders"), std::string::npos) << text;
}

TEST(HtmlRecovery, LiveBlogsGiveTheirEntries) {
  const std::string text = body(
      "<html><body><div id=live></div><script type=\"application/ld+json\">{\"@type\":\"LiveBlogPosting\",\"headline\":\"Ferry day\",\"liveBlogUpdate\":["
      "{\"@type\":\"BlogPosting\",\"headline\":\"10:40 First ship out\",\"articleBody\":\"The first ship has left the northern port with sixty people on board, the harbour master said.\"},"
      "{\"@type\":\"BlogPosting\",\"headline\":\"09:15 Queues\",\"articleBody\":\"Traders on both shores have waited since dawn, and the queue is a mile long by now.\"}]}</script></body></html>");
  for (const char* words : {"10:40 First ship out", "The first ship has left", "09:15 Queues", "Traders on both shores"}) {
    EXPECT_NE(text.find(words), std::string::npos) << words << "\n" << text;
  }
}

TEST(HtmlRecovery, AScriptThatNeverEndsByTheStandard) {
  expect_article_only(body("<html><body><script>x='<!-- <script >';</script>" + kFirst + kSecond + kThird + "</body></html>"), "<script");
}

}  // namespace
}  // namespace parley
