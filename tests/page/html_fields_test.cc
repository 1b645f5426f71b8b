// Headline, authors, dates, publisher, from every place where pages put them.
#include "support.h"

namespace parley {
namespace {

using page_test::joined;
using page_test::with_cues;

const std::string kText =
    "<p>The ferry between the two islands runs again from Monday, the harbour master said, after nine weeks in which no ship had left the port.</p>"
    "<p>Traders on both shores had asked for it since the spring, and the mediators had put it first on their list of small steps.</p>";

Document page(const std::string& head, const std::string& above = "", const std::string& below = "", const std::string& lang = "en") {
  const Result<Document> document =
      read_html("<html lang=" + lang + "><head>" + head + "</head><body><main>" + above + kText + below + "</main></body></html>", with_cues());
  EXPECT_TRUE(document.ok());
  return document.ok() ? *document : Document();
}

std::string json(const std::string& members) {
  return "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\"," + members + "}</script>";
}

std::string published(const Document& document) { return document.published.value_or("-"); }

TEST(HtmlDates, FromThePagesOwnData) {
  EXPECT_EQ(published(page(json(R"("@type":"NewsArticle","datePublished":"2022-03-04T08:15:00+02:00")"))), "2022-03-04T08:15:00+02:00");
  EXPECT_EQ(published(page(json(R"("@graph":[{"@type":"WebPage","datePublished":"2022-03-04"}])"))), "2022-03-04");
  EXPECT_EQ(published(page("<meta property=article:published_time content=2022-03-04>")), "2022-03-04");
  EXPECT_EQ(published(page("<meta name=DC.date.issued content=2022-03-04>")), "2022-03-04");
  EXPECT_EQ(published(page("<meta name=pubdate content=\"4 March 2022\">")), "2022-03-04");
  EXPECT_EQ(published(page("", "<h1>Ferry sails again</h1><span itemprop=datePublished content=2022-03-04></span>")), "2022-03-04");
  EXPECT_EQ(published(page("", "<h1>Ferry sails again</h1><time datetime=2022-03-04T10:00>Friday</time>")), "2022-03-04T10:00");
  EXPECT_EQ(published(page("<link rel=canonical href=https://strait.example/2022/03/04/ferry.html>")), "2022-03-04");
  EXPECT_EQ(published(page("<meta property=article:modified_time content=2022-03-05>")), "2022-03-05") << "only the change is known";
}

TEST(HtmlDates, FromTheText) {
  const struct {
    const char* language;
    const char* line;
  } cases[] = {
      {"en", "Published March 4, 2022 at 10:15"}, {"en", "Friday, 4th of March 2022"}, {"en-US", "3/4/2022"}, {"en-GB", "04 Mar 2022"},
      {"de", "Veröffentlicht am 4. März 2022"}, {"de", "04.03.2022"}, {"de", "4.3.22, 10:15 Uhr"}, {"fr", "Publié le 4 mars 2022 à 10h15"},
      {"es", "4 de marzo de 2022"}, {"pt", "4 de março de 2022"}, {"it", "4 marzo 2022"}, {"nl", "vrijdag 4 maart 2022"}, {"pl", "4 marca 2022"},
      {"ru", "4 марта 2022, 10:15"}, {"uk", "4 березня 2022"}, {"id", "Jumat, 4 Maret 2022"}, {"tr", "4 Mart 2022"}, {"ar", "4 مارس 2022"},
      {"ja", "2022年3月4日 10時15分"}, {"zh", "2022年03月04日"}, {"ko", "2022년 3월 4일"}, {"ko", "입력 2022.03.04 10:15"}, {"fr", "04/03/2022"},
  };
  for (const auto& one : cases) {
    const Document document = page("", std::string("<h1>Ferry sails again</h1><div class=info>") + one.line + "</div>", "", one.language);
    EXPECT_EQ(published(document).substr(0, 10), "2022-03-04") << one.language << ": " << one.line;
  }
}

TEST(HtmlDates, DayAndMonthThatCouldBeEitherAreNoDate) {
  EXPECT_EQ(published(page("", "<h1>Ferry sails again</h1><div>03/04/2022</div>", "", "en")), "-");
}

TEST(HtmlDates, DatesOfOtherStoriesAreNotTheArticles) {
  EXPECT_EQ(published(page("", "<h1>Ferry sails again</h1><div class=date>4 March 2022</div>",
                           "<div class=related><time datetime=2019-01-01>x</time><span class=date>1 January 2019</span></div>")),
            "2022-03-04");
}

TEST(HtmlDates, TheDayIsTheReadersDay) {
  EXPECT_EQ(published(page("<meta property=article:published_time content=2022-03-03T23:00:00Z>",
                           "<h1>Ferry sails again</h1><div class=date>4 March 2022</div>")),
            "2022-03-04");
  EXPECT_EQ(published(page("<meta property=article:published_time content=2022-03-03T23:00:00Z>",
                           "<h1>Ferry sails again</h1><div class=date>9 March 2022</div>")),
            "2022-03-03T23:00:00Z")
      << "another day is another thing";
}

TEST(HtmlDates, DataThatMayMeanSomethingElseStandBackBehindWhatReadersSee) {
  const std::string shown = "<h1>Ferry sails again</h1><div class=date>4 March 2022</div>";
  EXPECT_EQ(published(page("<meta name=date content=2022-03-09>", shown)), "2022-03-04");
  EXPECT_EQ(published(page("<meta name=DC.date content=2022-03-09>", shown)), "2022-03-04");
  EXPECT_EQ(published(page("<meta property=article:published_time content=2022-03-09>", shown)), "2022-03-09") << "this means nothing else";
  EXPECT_EQ(published(page("<meta name=date content=2022-03-09>", "<div>4 March 2022</div><nav>x</nav>")), "2022-03-04");
  EXPECT_EQ(published(page("<meta name=date content=2022-03-04T10:00>", "<h1>Ferry sails again</h1><div>9 March 2022</div><div>4 March 2022</div>")), "2022-03-04T10:00")
      << "of two dates there the one that the data name";
}

TEST(HtmlDates, APagePublishedAnewHasTheDayItShows) {
  const std::string data = json(R"("@type":"NewsArticle","datePublished":"2021-12-01T08:00:00+01:00","dateModified":"2022-03-04T09:00:00+01:00")");
  EXPECT_EQ(published(page(data, "<h1>Ferry sails again</h1><div class=date>4 March 2022</div>")), "2022-03-04");
  EXPECT_EQ(published(page(data, "<h1>Ferry sails again</h1><div class=date>Updated 4 March 2022</div>")), "2021-12-01T08:00:00+01:00");
  EXPECT_EQ(published(page(data, "<h1>Ferry sails again</h1><div>Last updated</div><div class=date>4 March 2022</div>")), "2021-12-01T08:00:00+01:00");
}

TEST(HtmlDates, WordsBeforeADateSayWhichItIs) {
  const Document document = page("", "<h1>Ferry sails again</h1><div>Last updated: 9 March 2022 - 14:49, Published on: 4 March 2022</div>");
  EXPECT_EQ(published(document), "2022-03-04");
  EXPECT_EQ(document.updated, "2022-03-09T14:49");
  EXPECT_EQ(published(page("", "<h1>Ferry sails again</h1><p>4 March 2022</p>", "<p>Report of 1 March 2022, read on 2 March 2022</p>")), "2022-03-04");
}

TEST(HtmlDates, LastResorts) {
  EXPECT_EQ(published(page("<link rel=canonical href=https://strait.example/news/04-03-2022>")), "2022-03-04");
  EXPECT_EQ(published(page("<link rel=canonical href=https://strait.example/2022/03/20220304_ferry.html>")), "-") << "no day stands there";
  EXPECT_EQ(published(page(json(R"("@type":"Recipe","datePublished":"2022-03-04")"))), "2022-03-04");
  EXPECT_EQ(published(page("<script>window.state={\"publishedAt\":\"2022-03-04T10:00:00Z\",\"title\":\"Ferry\"}</script>")), "2022-03-04");
  EXPECT_EQ(published(page("<script>x=[{\"publishedAt\":\"2022-03-04\"},{\"publishedAt\":\"2022-03-05\"}]</script>")), "-") << "of several reports";
  EXPECT_EQ(published(page("<title>Ferry sails again (4 March 2022)</title>")), "2022-03-04");
}

TEST(HtmlDates, NoZoneIsTenHoursAhead) {
  EXPECT_EQ(published(page("<meta property=article:published_time content=2022-03-03T09:00:00Z>", "<h1>Ferry sails again</h1><div class=date>4 March 2022</div>")),
            "2022-03-03T09:00:00Z")
      << "the date of the day in the page's head is no date of the report";
}

TEST(HtmlAuthors, NamesGoBeforeLogIns) {
  const std::string login = json(R"("@type":"NewsArticle","author":{"@type":"Person","name":"aquist"})");
  EXPECT_EQ(joined(page(login).byline), "aquist");
  EXPECT_EQ(joined(page(login, "<h1>Ferry sails again</h1><div>By Ada Quist</div>").byline), "Ada Quist");
  EXPECT_EQ(joined(page(login + "<meta name=author content=\"Ada Quist\">").byline), "Ada Quist");
}

TEST(HtmlAuthors, MoreMarks) {
  const auto authors = [](const std::string& head, const std::string& above = "", const std::string& below = "") { return joined(page(head, above, below).byline); };
  EXPECT_EQ(authors("<meta name=twitter:label1 content=\"Written by\"><meta name=twitter:data1 content=\"Ada Quist\">"), "Ada Quist");
  EXPECT_EQ(authors("", "<h1>Ferry sails again</h1><div><a href=/autor/ada-quist>Ada Quist</a></div>"), "Ada Quist");
  EXPECT_EQ(authors("", "<h1>Ferry sails again</h1><div>4 March 2022 - Ada Quist</div>"), "Ada Quist");
  EXPECT_EQ(authors("", "<h1>Ferry sails again</h1><div>Ada Quist, 4 March 2022</div>"), "Ada Quist");
  EXPECT_EQ(authors("", "<h1>Ferry sails again</h1><div>Posted by aquist on Friday 4 March 2022</div>"), "aquist");
  EXPECT_EQ(authors("", "<h1>Ferry sails again</h1>", "<p>Ada Quist</p>"), "Ada Quist") << "signed";
  EXPECT_EQ(authors("<meta name=author content=山田太郎>"), "山田太郎");
  EXPECT_EQ(authors(json(R"("@type":"WebPage","author":{"@type":"Person","name":"Ada Quist"})")), "Ada Quist");
  EXPECT_EQ(authors("", "<h1>Ferry sails again</h1><span class=author>By</span>"), "-") << "a cue is no name";
}

TEST(HtmlAuthors, TheHouseIsNoPerson) {
  EXPECT_EQ(joined(page(json(R"("@type":"NewsArticle","author":{"@type":"Person","name":"Strait Post"},"publisher":{"@type":"Organization","name":"Strait Post"})"),
                        "<h1>Ferry sails again</h1><div>By Ada Quist</div>").byline),
            "Ada Quist");
}

TEST(HtmlAuthors, FromThePagesOwnData) {
  const auto authors = [](const std::string& head, const std::string& above = "") { return joined(page(head, above).byline); };
  EXPECT_EQ(authors(json(R"("@type":"NewsArticle","author":{"@type":"Person","name":"Ada Quist"})")), "Ada Quist");
  EXPECT_EQ(authors(json(R"("@type":"NewsArticle","author":["Ada Quist",{"name":"By Odo Vane"}])")), "Ada Quist; Odo Vane");
  EXPECT_EQ(authors(json(R"("@graph":[{"@type":"NewsArticle","author":{"@id":"#a"}},{"@type":"Person","@id":"#a","name":"Ada Quist"}])")), "Ada Quist");
  EXPECT_EQ(authors("<meta name=author content=\"Ada Quist\">"), "Ada Quist");
  EXPECT_EQ(authors("<meta name=author content=\"By Ada Quist and Odo Vane\">"), "Ada Quist; Odo Vane");
  EXPECT_EQ(authors("", "<h1>Ferry sails again</h1><a rel=author href=/q>Ada Quist</a>"), "Ada Quist");
  EXPECT_EQ(authors("", "<h1>Ferry sails again</h1><div itemprop=author>Ada Quist, correspondent</div>"), "Ada Quist");
}

TEST(HtmlAuthors, FromTheText) {
  const auto authors = [](const std::string& above) { return joined(page("", "<h1>Ferry sails again</h1>" + above).byline); };
  EXPECT_EQ(authors("<div>By Ada Quist and Odo Vane</div>"), "Ada Quist; Odo Vane");
  EXPECT_EQ(authors("<div>By Ada A. Quist, Odo S.A. Vane, and Lin-Mei Rao</div>"), "Ada A. Quist; Odo S.A. Vane; Lin-Mei Rao");
  EXPECT_EQ(authors("<div>Von Ada Quist</div>"), "Ada Quist");
  EXPECT_EQ(authors("<div>Par Ada Quist</div>"), "Ada Quist");
  EXPECT_EQ(authors("<div>Oleh: Ada Quist</div>"), "Ada Quist");
  EXPECT_EQ(authors("<div>4 March 2022 by Ada Quist</div>"), "Ada Quist");
  EXPECT_EQ(authors("<span class=author>Ada Quist</span>"), "Ada Quist");
  EXPECT_EQ(authors("<span class=author><a href=/p>View all posts by Ada Quist</a></span>"), "Ada Quist");
}

TEST(HtmlAuthors, APersonGoesBeforeTheHouse) {
  EXPECT_EQ(joined(page(json(R"("@type":"NewsArticle","author":{"@type":"Organization","name":"The Strait Post"})"),
                        "<h1>Ferry sails again</h1><div>By Ada Quist</div>").byline),
            "Ada Quist");
  EXPECT_EQ(joined(page(json(R"("@type":"NewsArticle","author":{"@type":"Organization","name":"The Strait Post"})")).byline), "The Strait Post");
}

TEST(HtmlTitles, AreTheHeadlineWithoutTheSite) {
  const auto title = [](const std::string& head, const std::string& above = "") { return page(head, above).title.value_or("-"); };
  EXPECT_EQ(title("<title>Ferry sails again after nine weeks | The Strait Post</title><meta property=og:site_name content=\"The Strait Post\">"),
            "Ferry sails again after nine weeks");
  EXPECT_EQ(title("<title>x</title><meta property=og:title content=\"Ferry sails again after nine weeks - The Strait Post\"><meta property=og:site_name content=\"The Strait Post\">"),
            "Ferry sails again after nine weeks");
  EXPECT_EQ(title("<title>Ferry sails again - Strait</title>", "<h1>The Strait Post</h1><h2>Ferry sails again</h2>"), "Ferry sails again");
  EXPECT_EQ(title("<meta property=og:title content=\"Ferry sails again after nine weeks\">", "<h1><span>Islands </span>Ferry sails again after nine weeks</h1>"),
            "Ferry sails again after nine weeks")
      << "a kicker stands in front";
  EXPECT_EQ(title("", "<h1>Ferry sails again</h1>"), "Ferry sails again");
}

TEST(HtmlTitles, OfSeveralHeadings) {
  const auto title = [](const std::string& head, const std::string& above) { return page(head, above).title.value_or("-"); };
  const auto blog = read_html("<html><head><title>Strait Post Weekly » Archive » Ferry sails again</title></head><body><div><h1><a href=/>Strait Post Weekly</a></h1></div>"
                              "<div><h2><a href=/f>Ferry sails again</a></h2>" + kText + "</div></body></html>", with_cues());
  ASSERT_TRUE(blog.ok());
  EXPECT_EQ(blog->title, "Ferry sails again") << "the site's name links to its front page";
  EXPECT_EQ(title("", "<h1><span class=kicker>Islands</span> Ferry sails again</h1>"), "Ferry sails again");
  EXPECT_EQ(title("", "<h1><span class=overline>Islands</span>: <span>Ferry sails again</span></h1>"), "Ferry sails again");
  EXPECT_EQ(title("<meta property=og:title content=\"Ferry sails again after nine weeks in port\">", "<h1>Ferry sails again after nine…</h1>"),
            "Ferry sails again after nine weeks in port");
  EXPECT_EQ(title("<div></div><title>Ferry sails again</title>", ""), "Ferry sails again") << "a title that stands in the body";
}

TEST(HtmlFacts, PublisherAddressLanguage) {
  const Document document = page(json(R"("@type":"NewsArticle","publisher":{"@type":"Organization","name":"The Strait Post"})") +
                                 "<link rel=canonical href=https://strait.example/ferry>");
  EXPECT_EQ(document.publisher, "The Strait Post");
  EXPECT_EQ(document.uri, "https://strait.example/ferry");
  EXPECT_EQ(document.language, "en");
}

}  // namespace
}  // namespace parley
