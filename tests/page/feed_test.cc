// Feeds and sitemaps: a feed above, its reports below. The publishers are made up.
#include <chrono>

#include "batch.h"

namespace parley {
namespace {

class Feed : public page_test::BatchTest {};

TEST_F(Feed, Rss2WithContentWithSummariesAndWithABrokenItem) {
  const std::string file = write("news.xml", R"(<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Lake Courier</title><link>https://courier.example/</link><language>en-gb</language>
<image><url>https://courier.example/x.png</url><title>Logo</title></image>
<item><title>Truce &amp; talks</title><link>https://courier.example/1</link><guid isPermaLink="false">77</guid>
<pubDate>Mon, 03 May 2021 10:30:00 +0200</pubDate><dc:creator>Jane Doe</dc:creator><description>In short.</description>
<content:encoded><![CDATA[<p>Both sides met in the hotel by the lake on Monday, mediators said, and will meet again.</p>
<p>No date was given for the next round of talks, an official of the host country said.</p><item>]]></content:encoded></item>
<item><title>A summary</title><link>https://courier.example/2</link><description>Rebels left the &lt;b&gt;bridge&lt;/b&gt; &amp;amp; the road.</description></item>
<item><title>Broken</title><link>https://courier.example/3</lin></item>
<item><guid>88</guid><title>Old style of year</title><pubDate>4 May 21 08:05 GMT</pubDate><author>jd@courier.example (John Roe)</author>
<content:encoded>The column of forty lorries reached the camp.</content:encoded></item>
</channel></rss>)");
  const std::vector<InputItem> items = read({file});
  ASSERT_EQ(items.size(), 4U);
  EXPECT_EQ(read_list({file}),
            "https://courier.example/1 | Truce & talks | 2021-05-03T10:30:00+02:00 | Both sides met in the hotel by the lake on "
            "Monday, mediators said, and will meet again. / No date was given for the next round of talks, an official of the "
            "host country said.\n"
            "https://courier.example/2 | A summary | - | Rebels left the bridge & the road. (link only)\n"
            "news.xml:3 ! malformed | news.xml: byte 1042\n"
            "88 | Old style of year | 2021-05-04T08:05Z | The column of forty lorries reached the camp.\n");
  EXPECT_EQ(items[0].document->publisher, "The Lake Courier");
  EXPECT_EQ(items[0].document->language, "en-gb");
  EXPECT_EQ(items[0].document->byline, std::vector<std::string>{"Jane Doe"});
  EXPECT_EQ(items[0].document->dek, "In short.");
  EXPECT_EQ(items[0].document->uri, "https://courier.example/1");
  EXPECT_EQ(items[3].document->byline, std::vector<std::string>{"John Roe"});
}

TEST_F(Feed, AtomWithItsThreeKindsOfContent) {
  const std::string file = write("atom", R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
<title type="text">Le Phare</title><updated>2021-05-03T10:00:00Z</updated><author><name>Everybody</name></author>
<entry><title type="html">Tr&amp;ecirc;ve</title><link rel="self" href="https://phare.example/self"/>
<link rel="alternate" href="https://phare.example/a"/><id>tag:phare.example,2021:a</id>
<updated>2021-05-03T12:00:00Z</updated><published>2021-05-03T10:00:00.250+02:00</published>
<author><name>Ana Silva</name></author><author><name>Ola Berg</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>La tr&#234;ve tient depuis trois jours dans toute la vall&#233;e.</p></div></content></entry>
<entry><title>B</title><link href="https://phare.example/b"/><content type="html">&lt;p&gt;Les deux arm&#233;es ont quitt&#233; le pont.&lt;/p&gt;</content></entry>
<entry><title>C</title><link href="https://phare.example/c"/><content type="text">2 &lt; 3, dit-il.</content></entry>
</feed>)");
  EXPECT_EQ(read_list({file}),
            "https://phare.example/a | Trêve | 2021-05-03T10:00:00+02:00 | La trêve tient depuis trois jours dans toute la vallée.\n"
            "https://phare.example/b | B | - | Les deux armées ont quitté le pont.\n"
            "https://phare.example/c | C | - | 2 < 3, dit-il.\n");
  const std::vector<InputItem> items = read({file});
  EXPECT_EQ(items[0].document->byline, (std::vector<std::string>{"Ana Silva", "Ola Berg"}));
  EXPECT_EQ(items[0].document->updated, "2021-05-03T12:00:00Z");
  EXPECT_EQ(items[1].document->language, "fr");
}

TEST_F(Feed, Rss1) {
  EXPECT_EQ(read_list({write("rdf.xml", R"(<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://old.example/"><title>Old News</title><items><rdf:Seq><rdf:li resource="https://old.example/1"/></rdf:Seq></items></channel>
<item rdf:about="https://old.example/1"><title>Envoys arrive</title><dc:date>2021-05-03</dc:date><description>They came by boat.</description></item>
</rdf:RDF>)")}),
            "https://old.example/1 | Envoys arrive | 2021-05-03 | They came by boat. (link only)\n");
}

TEST_F(Feed, NewsSitemapAndIndex) {
  const std::string map = write("map.xml", R"(<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://courier.example/1</loc><lastmod>2021-05-04</lastmod><news:news><news:publication><news:name>The Lake Courier</news:name>
<news:language>en</news:language></news:publication><news:publication_date>2021-05-03T10:30Z</news:publication_date>
<news:title>Truce signed</news:title></news:news></url>
<url><loc>https://courier.example/about</loc></url></urlset>)");
  EXPECT_EQ(read_list({map}),
            "https://courier.example/1 | Truce signed | 2021-05-03T10:30Z |  (link only)\n"
            "https://courier.example/about ! empty | map.xml: byte 472\n");
  EXPECT_EQ(read({map})[0].document->publisher, "The Lake Courier");
  EXPECT_EQ(read_list({write("index.xml", "<sitemapindex><sitemap><loc>https://courier.example/map.xml</loc></sitemap></sitemapindex>")}),
            "index.xml:1 ! empty | index.xml\n");
}

TEST_F(Feed, JsonFeed) {
  const std::string file = write("feed.json", R"({
  "version": "https://jsonfeed.org/version/1.1", "title": "The Lake Courier", "language": "en",
  "items": [
    {"id": "https://courier.example/1", "url": "https://courier.example/1", "title": "Truce signed",
     "content_html": "<p>Both sides signed the truce.</p>", "date_published": "2021-05-03T10:30:00Z", "authors": [{"name": "Jane Doe"}]},
    {"id": "2", "url": "https://courier.example/2", "title": "Only a link", "summary": "In short."}
  ]})");
  EXPECT_EQ(read_list({file}),
            "https://courier.example/1 | Truce signed | 2021-05-03T10:30:00Z | Both sides signed the truce.\n"
            "2 | Only a link | - | In short. (link only)\n");
  const std::vector<InputItem> items = read({file}, Format::feed);
  EXPECT_EQ(items[0].document->publisher, "The Lake Courier");
  EXPECT_EQ(items[0].document->byline, std::vector<std::string>{"Jane Doe"});
  EXPECT_EQ(items[1].document->uri, "https://courier.example/2");
}

TEST_F(Feed, InTheEncodingItNames) {
  std::string feed = "<?xml version='1.0' encoding='windows-1251'?><rss><channel><title>x</title><item><title>\xCF\xE5\xF0\xE5\xEC\xE8\xF0\xE8\xE5</title>"
                     "<link>https://x.example/1</link><description>\xE4\xE0</description></item></channel></rss>";
  EXPECT_EQ(read_list({write("feed.rss", feed)}), "https://x.example/1 | Перемирие | - | да (link only)\n");
}

TEST_F(Feed, EntitiesOfADoctypeAreNotExpanded) {
  std::string bomb = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'ha'>";
  for (char c = 'b'; c < 'm'; ++c) {
    bomb += std::string("<!ENTITY ") + c + " '";
    for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ';';
    bomb += "'>";
  }
  bomb += "]><rss><channel><title>x</title><item><title>Says &l; &nbsp;&eacute;</title><link>https://x.example/1</link></item></channel></rss>";
  EXPECT_EQ(read_list({write("bomb.xml", bomb)}), "https://x.example/1 | Says &l; é | - |  (link only)\n");
}

TEST_F(Feed, CutOffEmptyOrTooLarge) {
  const std::string item = "<item><title>One</title><link>https://x.example/1</link></item>";
  EXPECT_EQ(read_list({write("cut.xml", "<rss><channel>" + item + "<item><title>Tw")}),
            "https://x.example/1 | One | - |  (link only)\ncut.xml:2 ! malformed | cut.xml: byte 77\n");
  EXPECT_EQ(read_list({write("none.xml", "<rss><channel><title>x</title></channel></rss>")}), "none.xml ! empty | none.xml\n");
  EXPECT_EQ(read_list({write("text.txt", "Both sides met.")}, Format::feed), "text.txt ! malformed | text.txt\n");
  ReadOptions small = page_test::with_cues();
  small.max_bytes = 1000;
  EXPECT_EQ(read_list({write("large.xml", "<rss><channel><item><title>" + std::string(5000, 'x') + "</title></item>" + item + "</channel></rss>")},
                      Format::automatic, small),
            "large.xml:1 ! too_large | large.xml: byte 14\nhttps://x.example/1 | One | - |  (link only)\n");
}

TEST_F(Feed, ThatNestsDeeply) {
  std::string deep = "<rss><channel><item><title>Deep</title><link>https://x.example/1</link>";
  for (int i = 0; i < 100000; ++i) deep += "<a>";
  for (int i = 0; i < 100000; ++i) deep += "</a>";
  EXPECT_EQ(read_list({write("deep.xml", deep + "</item></channel></rss>")}), "https://x.example/1 | Deep | - |  (link only)\n");
  std::string news = "<urlset><url><loc>https://x.example/1</loc>";
  for (int i = 0; i < 300000; ++i) news += "<n:news>";
  for (int i = 0; i < 300000; ++i) news += "</n:news>";
  EXPECT_EQ(read_list({write("news.xml", news + "<n:title>Deep</n:title></url></urlset>")}), "https://x.example/1 | Deep | - |  (link only)\n")
      << "also where what is nested is looked into";
}

TEST_F(Feed, ThatIsHostileEndsSoon) {
  const std::string item = "<item><title>One</title><link>https://x.example/1</link>";
  const std::string end = "</item></channel></rss>";
  const std::string one = "https://x.example/1 | One | - |  (link only)\n";
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(read_list({write("open.xml", "<rss><channel>" + std::string(1000000, '<') + item + end)}), one);
  std::string declared;
  for (int i = 0; i < 300000; ++i) declared += "<![";
  EXPECT_EQ(read({write("declared.xml", "<rss><channel>" + declared + item + end)}).size(), 1U);
  std::string authors;
  for (int i = 0; i < 200000; ++i) authors += "<author>A" + std::to_string(i) + "</author>";
  EXPECT_EQ(read_list({write("authors.xml", "<rss><channel>" + item + authors + end)}), one);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST_F(Feed, InUtf16OverTheLimit) {
  std::string feed = "<rss><channel><item><title>One</title><link>https://x.example/1</link></item></channel></rss>";
  std::string wide = "\xFF\xFE";
  for (const char c : feed + std::string(1000, ' ')) wide += {c, '\0'};
  ReadOptions small = page_test::with_cues();
  EXPECT_EQ(read_list({write("wide.rss", wide)}, Format::feed, small), "https://x.example/1 | One | - |  (link only)\n");
  small.max_bytes = 1000;
  EXPECT_EQ(read_list({write("wide.rss", wide)}, Format::feed, small), "wide.rss ! too_large | wide.rss\n");
}

}  // namespace
}  // namespace parley
