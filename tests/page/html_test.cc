// Pages: the article out of its furniture, hostile markup.
#include <chrono>

#include "page/html_filter.h"
#include "support.h"

namespace parley {
namespace {

using page_test::expect_sound;
using page_test::sections;
using page_test::with_cues;

std::string filtered(const std::string& html) { return page::filter_html(html, 512, 256).html; }

TEST(HtmlFilter, KeepsWhatSpeaksOfTheArticle) {
  EXPECT_EQ(filtered("<div class=story onclick=x><b>Truce</b> holds<script>var a='</div>';</script></span></div>"),
            "<div class=\"story\">Truce holds</div>");
  EXPECT_EQ(filtered("a<!-- <p>no</p> -->b<!-->c<style>p{}</style>"), "abc");
  EXPECT_EQ(filtered("3 < 4"), "3 &lt; 4");
}

TEST(HtmlFilter, ReadsScriptsAsBrowsersDo) {
  EXPECT_EQ(filtered("<script><!-- <script>x</script> --></script>after"), "after");
  EXPECT_EQ(filtered("<script>a < b </scripty></script>after"), "after");
  EXPECT_EQ(filtered("<script>never closed <p>text"), "");
  const auto with_data = page::filter_html("<script type='application/ld+json'>{\"a\":1}</script>", 512, 256);
  ASSERT_EQ(with_data.json_ld.size(), 1U);
  EXPECT_EQ(with_data.json_ld[0], "{\"a\":1}");
}

TEST(HtmlFilter, DropsTagsWithImpossibleNames) {
  EXPECT_EQ(filtered("<a\"b c>x</a\"b>y"), "xy");
  // A cut at the longest name allowed would fall inside a character.
  EXPECT_EQ(filtered("<" + std::string(63, 'a') + "é>x"), "x");
}

TEST(HtmlFilter, DropsEndTagsWithoutTheirBeginnings) {
  EXPECT_EQ(filtered("<div><span class=a></div></span>x"), "<div><span class=\"a\"></div>x");
  EXPECT_EQ(filtered("<div></section>x</div>"), "<div>x</div>");
}

const char* const kPage = R"(<!DOCTYPE html><html lang="en"><head><title>Truce holds | The Daily</title>
<meta property="og:site_name" content="The Daily"><link rel="canonical" href="https://example.org/truce">
<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],
"headline":"Truce holds for a third day","datePublished":"2021-05-03T10:30:00+0000","dateModified":"2021-05-04",
"author":[{"@type":"Person","name":"Jane Doe"},{"name":"John Roe"}],"publisher":{"name":"The Daily"}}]}</script>
</head><body class="has-sidebar"><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<main><article><header><h1>Truce holds for a third day</h1>
<p class="standfirst">Both armies kept to their lines on Monday, observers said.</p>
<div class="byline">By Jane Doe and John Roe</div></header>
<figure><img src="x.jpg"><figcaption>Observers on the bridge on Monday</figcaption></figure>
<div class="story-body"><p>LAKE TOWN (Agency) &#8211; No shot was heard along the river on Monday, the third day of the truce, the
head of the <em>observers</em> said.</p>
<p>She said that both armies had pulled back their guns, and that the road would be open by the weekend.</p>
<h2>What comes next</h2>
<p>The delegations meet again on Friday, when the mediators want an answer to their draft of nine articles.</p>
<div class="newsletter-signup"><p>Sign up for our newsletter, which brings you the news of the day, every morning.</p></div>
<h3>Key takeaways</h3><ul><li>No shot on the third day, observers said</li><li>The road opens at the weekend</li></ul>
<p>The winter closes the road from November, said a driver who has waited for nine days at the pass.</p></div>
<aside class="related"><h3>More</h3><p>Another story that is long enough to look like prose, with commas, and a stop.</p></aside>
</article></main><footer><p>© 2021 The Daily. All rights reserved, everywhere and for ever, in all media.</p></footer></body></html>)";

TEST(Html, GivesTheArticleWithItsParts) {
  ReadOptions options = with_cues();
  const Result<Document> document = read_html(kPage, options);
  ASSERT_TRUE(document.ok()) << document.error().text();
  expect_sound(*document);
  EXPECT_EQ(sections(*document),
            "headline | Truce holds for a third day\n"
            "dek | Both armies kept to their lines on Monday, observers said.\n"
            "byline | By Jane Doe and John Roe\n"
            "caption | Observers on the bridge on Monday\n"
            "dateline | LAKE TOWN (Agency)\n"
            "body | No shot was heard along the river on Monday, the third day of the truce, the head of the "
            "observers said.\n"
            "body | She said that both armies had pulled back their guns, and that the road would be open by "
            "the weekend.\n"
            "body | What comes next\n"
            "body | The delegations meet again on Friday, when the mediators want an answer to their draft of "
            "nine articles.\n"
            "label | Key takeaways\n"
            "key_takeaways | No shot on the third day, observers said\n"
            "key_takeaways | The road opens at the weekend\n"
            "body | The winter closes the road from November, said a driver who has waited for nine days at "
            "the pass.\n");
  EXPECT_EQ(document->title, "Truce holds for a third day");
  EXPECT_EQ(document->byline, (std::vector<std::string>{"Jane Doe", "John Roe"}));
  EXPECT_EQ(document->published, "2021-05-03T10:30:00Z");
  EXPECT_EQ(document->updated, "2021-05-04");
  EXPECT_EQ(document->publisher, "The Daily");
  EXPECT_EQ(document->uri, "https://example.org/truce");
  EXPECT_EQ(document->language, "en");
  EXPECT_EQ(document->takeaways.size(), 2U);
}

TEST(Html, BelievesTheMetaOnlyWhereBytesAllow) {
  const std::string text =
      "<html><head><meta charset=iso-8859-1></head><body><p>La tr\xEAve \x93tient\x94 depuis trois jours, "
      "disent les observateurs, et la route reste ouverte.</p></body></html>";
  const Result<Document> latin = read_html(text, with_cues());
  ASSERT_TRUE(latin.ok());
  EXPECT_NE(latin->text().find("La trêve “tient” depuis"), std::string::npos) << latin->text();
  const Result<Document> utf8 = read_html(
      "<html><head><meta charset=iso-8859-1></head><body><p>La trêve tient depuis trois jours, disent "
      "les observateurs, et la route reste ouverte.</p></body></html>", with_cues());
  ASSERT_TRUE(utf8.ok());
  EXPECT_NE(utf8->text().find("La trêve tient"), std::string::npos);
}

TEST(Html, TakesTheArticleFromJsonWhereTheTextIsNotInThePage) {
  const Result<Document> document = read_html(
      "<html><body><div id=app></div><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\","
      "\"headline\":\"Truce holds\",\"articleBody\":\"No shot was heard along the river on Monday, the "
      "third day of the truce.\\n\\nThe delegations meet again on Friday in the hotel by the lake. The "
      "mediators want an answer to their draft, which has nine articles and two annexes.\"}</script></body></html>",
      with_cues());
  ASSERT_TRUE(document.ok()) << document.error().text();
  EXPECT_EQ(document->sections.size(), 3U) << sections(*document);
}

TEST(Html, ATagOpenedBehindTheLastEndOfOneInAJsonBodyIsText) {
  const Result<Document> document = read_html(
      "<html><body><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Truce holds\","
      "\"articleBody\":\"<p>No shot was heard along the river on Monday, the third day of the truce. The delegations meet again "
      "on Friday in the hotel by the lake, where the mediators want an answer to their draft.</p> The envoy wrote: <a\"}"
      "</script></body></html>",
      with_cues());
  ASSERT_TRUE(document) << document.error().text();
  EXPECT_NE(document->text().find("their draft."), std::string::npos);
  EXPECT_NE(document->text().find("The envoy wrote: <a"), std::string::npos);
}

TEST(HostileHtml, EndsSoonAndKeepsTheText) {
  const std::string words = "<p>No shot was heard along the river on Monday, the third day of the truce.</p>";
  const auto repeat = [](const std::string& piece, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += piece;
    return out;
  };
  const std::string cases[] = {
      repeat("<div>", 100000) + words,
      repeat("<span class=a>", 100000) + words + repeat("</div>", 100000),
      repeat("<b>", 100000) + repeat("<p>x", 1000) + words,
      repeat("<font size=1 class=q>", 2000) + repeat(words, 50),
      repeat("<a href=x></a><table><tr><td>", 20000) + words,
      repeat("<svg>", 50000) + words,
      repeat("<li>", 100000) + words,
      repeat("<ul><li>", 50000) + words,
      repeat("<form>", 1000) + repeat("<select><option>", 1000) + words,
      "<div " + repeat("a=b ", 100000) + ">" + words,
      "<div class='" + std::string(1000000, 'x') + "'>" + words,
      words + "<div class=\"never closed",
      words + "<!-- never closed",
      words + "<p>3 < 4 <",
      repeat(words, 10) + std::string(4, '\0') + "<p",
      repeat("<ruby><rt>", 50000) + words,
      repeat("<dl><dd>", 50000) + words,
      repeat("<button><p>", 50000) + words,
      repeat("<h1><h2>", 50000) + words,
      repeat("<nobr><a></div>", 50000) + "</a>" + words,
  };
  const std::string json = "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",";
  const std::string costly[] = {
      // The site's name again and again in front of the title.
      "<meta property='og:site_name' content='Courier'>" + json + "\"headline\":\"" + repeat("Courier | ", 100000) + "\"}</script>" + words,
      // Tags that never end, in the text that a script has.
      json + "\"articleBody\":\"No shot was heard.</" + repeat("<a", 400000) + "\"}</script>" + words,
      // Links behind spaces without end; marks of authors in one another.
      "<p>" + repeat("&#32;", 300000) + repeat("<a href=x></a>", 50000) + "</p>" + words,
      repeat("<div itemprop=author>", 500) + repeat(words, 5000),
      // Headings of other stories, all in one part of the page.
      repeat(words, 20) + "<div>" + repeat("<h3><a href=x>Other</a></h3>", 50000) + std::string(600000, 'x') + repeat("<i></i>", 10) + "</div>",
  };
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string& html : costly) {
    const Result<Document> document = read_html(html, with_cues());
    ASSERT_TRUE(document.ok()) << html.substr(0, 40) << ": " << document.error().text();
    EXPECT_NE(document->text().find("No shot was heard"), std::string::npos) << html.substr(0, 40);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  for (const std::string& html : cases) {
    const Result<Document> document = read_html(html, with_cues());
    ASSERT_TRUE(document.ok()) << html.substr(0, 40) << ": " << document.error().text();
    EXPECT_NE(document->text().find("No shot was heard"), std::string::npos) << html.substr(0, 40);
  }
}

TEST(HostileHtml, HasItsErrors) {
  const auto code = [](const Result<Document>& r) { return std::string(r.ok() ? "ok" : name(r.error().code)); };
  EXPECT_EQ(code(read_html("", with_cues())), "empty");
  EXPECT_EQ(code(read_html("<html><body><nav><a href=x>Home</a></nav></body></html>", with_cues())), "empty");
  EXPECT_EQ(code(read_html("%PDF-1.7 …", with_cues())), "not_text");
}

}  // namespace
}  // namespace parley
