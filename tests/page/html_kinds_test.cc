// Kinds of pages other than one article of paragraphs: live reports, AMP, galleries, leads set apart.
#include "support.h"

namespace parley {
namespace {

using page_test::sections;
using page_test::with_cues;

const std::string kFirst = "The ferry between the two islands runs again from Monday, the harbour master said, after nine weeks in which no ship had left the port.";
const std::string kSecond = "Traders on both shores had asked for it since the spring, and the mediators had put it first on their list of small steps.";
const std::string kThird = "A pilot who brought the last ship over in the winter said that the buoys were still in place, and that he would sail at dawn.";

std::string p(const std::string& text) { return "<p>" + text + "</p>"; }

Document read(const std::string& html) {
  const Result<Document> document = read_html(html, with_cues());
  EXPECT_TRUE(document.ok()) << document.error().text();
  if (!document) return {};
  page_test::expect_sound(*document);
  return *document;
}

TEST(LivePages, EntriesKeepTheirTimesInTheOrderOfThePage) {
  std::string html = "<html><head><title>Ferry day: live | The Strait Post</title></head><body><main><article><h1>Ferry day: live</h1>";
  html += "<div class=live-entry><time class=entry-time datetime=2022-03-07T10:40>10:40</time><h3>First ship out</h3>" + p(kFirst) + "</div>";
  html += "<div class=live-entry><time class=entry-time datetime=2022-03-07T09:15>09:15</time><h3>Queues</h3>" + p(kSecond) + "</div>";
  html += "<div class=live-entry><time class=entry-time datetime=2022-03-07T08:02>08:02 GMT</time><h3>The wind drops</h3>" + p(kThird) + "</div>";
  EXPECT_EQ(sections(read(html + "</article></main></body></html>")),
            "headline | Ferry day: live\n"
            "label | 10:40\nbody | First ship out\nbody | " + kFirst + "\nlabel | 09:15\nbody | Queues\nbody | " + kSecond +
            "\nlabel | 08:02 GMT\nbody | The wind drops\nbody | " + kThird + "\n");
}

TEST(LivePages, EntriesInJsonHaveTheirTimes) {
  const Document document = read(
      "<html><body><div id=live></div><script type=\"application/ld+json\">{\"@type\":\"LiveBlogPosting\",\"headline\":\"Ferry day\",\"liveBlogUpdate\":["
      "{\"@type\":\"BlogPosting\",\"headline\":\"First ship out\",\"datePublished\":\"2022-03-07T10:40:00+02:00\",\"articleBody\":\"" + kFirst + "\"},"
      "{\"@type\":\"BlogPosting\",\"headline\":\"Queues\",\"datePublished\":\"2022-03-07T09:15:00+02:00\",\"articleBody\":\"" + kSecond + "\"}]}</script></body></html>");
  EXPECT_EQ(sections(document), "headline | Ferry day\nlabel | 10:40\nbody | First ship out\nbody | " + kFirst +
                                    "\nlabel | 09:15\nbody | Queues\nbody | " + kSecond + "\n");
}

TEST(AmpPages, TheirOwnElementsAreFurnitureOrPictures) {
  const Document document = read(
      "<html amp lang=en><head><title>Ferry sails again</title></head><body><amp-sidebar id=menu layout=nodisplay><ul><li><a href=/>Home</a></li></ul></amp-sidebar>"
      "<article><h1>Ferry sails again</h1><amp-img src=a.jpg width=4 height=3></amp-img>" + p(kFirst) + "<amp-ad width=300 height=250>Buy rope</amp-ad>" +
      p(kSecond) + "<amp-social-share type=email></amp-social-share>" + p(kThird) + "</article><amp-consent>We value your privacy, as do our partners.</amp-consent></body></html>");
  EXPECT_EQ(sections(document), "headline | Ferry sails again\nbody | " + kFirst + "\nbody | " + kSecond + "\nbody | " + kThird + "\n");
}

TEST(Galleries, TheTextStandsWithThePictures) {
  std::string html = "<html><body><h1>The ferry in pictures</h1>";
  for (const std::string& text : {kFirst, kSecond, kThird}) html += "<div class=slide><figure><img src=a.jpg><figcaption>" + text + "</figcaption></figure></div>";
  EXPECT_EQ(article_body(read(html + "</body></html>")), kFirst + "\n\n" + kSecond + "\n\n" + kThird);
}

TEST(Leads, AboveTheBodysOwnPartArePartOfTheReport) {
  const std::string parts = p(kSecond) + p(kThird);
  for (const std::string& lead : {"<div class=teaser-text>" + p(kFirst) + "</div>", "<p class=perex>" + kFirst + "</p>", "<h2 class=big>" + kFirst + "</h2>",
                                  "<div class=intro><span>" + kFirst + "</span></div>"}) {
    SCOPED_TRACE(lead.substr(0, 30));
    const Document document = read("<html><body><main><h1>Ferry sails again</h1>" + lead + "<div class=article-body>" + parts + "</div></main></body></html>");
    EXPECT_EQ(article_body(document), kFirst + "\n\n" + kSecond + "\n\n" + kThird);
  }
}

TEST(Leads, WhatStandsThereAndIsNoneStaysOut) {
  for (const std::string& other : {"<div class=newsletter>" + p(kFirst) + "</div>", "<div hidden>" + p(kFirst) + "</div>", p("Subscribe now to our letter on ships and harbours, which comes every Friday, free of charge."),
                                   "<figure><figcaption>" + kFirst + "</figcaption></figure>"}) {
    SCOPED_TRACE(other.substr(0, 30));
    const Document document = read("<html><body><main><h1>Ferry sails again</h1>" + other + "<div class=article-body>" + p(kSecond) + p(kThird) + "</div></main></body></html>");
    EXPECT_EQ(article_body(document), kSecond + "\n\n" + kThird);
  }
}

TEST(Captions, AnAgencySignsAParagraphAsItSignsAPicture) {
  const std::string signed_paragraph = "両岸の商人は春から再開を求めており、仲介者はこれを小さな一歩の第一に挙げていた。(c)AFP/Ada QUIST";
  const Document document = read("<html lang=ja><body><main><h1>船が再び動く</h1><p>港の責任者は、九週間止まっていた両島の間の船が月曜日から再び動くと述べた。</p><p>" +
                                 signed_paragraph + "</p></main></body></html>");
  EXPECT_NE(sections(document).find("body | " + signed_paragraph), std::string::npos) << sections(document);
}

TEST(DoubtfulNames, OfALinkInTheMiddleOfASentenceDropNoWords) {
  const std::string linked = "<p>Traders on both shores had asked for it since the <a class=search-link href=/s>spring</a>, and the <a class=tag href=/m>mediators</a> had put it first on their list of small steps.</p>";
  const std::string text = article_body(read("<html><body><main><h1>Ferry sails again</h1>" + p(kFirst) + linked + "<p>A pilot was glad. <a class=share-button href=/x>Share</a></p></main></body></html>"));
  EXPECT_NE(text.find(kSecond), std::string::npos) << text;
  EXPECT_EQ(text.find("Share"), std::string::npos) << text;
}

TEST(DoubtfulNames, ThatHoldMostOfTheProseMeanSomethingElse) {
  std::string html = "<html><body><main><h1>Ferry sails again</h1>" + p(kFirst) + p(kSecond);
  for (const char* day : {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}) {
    html += std::string("<div class=embed><p>On ") + day + ", " + kThird.substr(2) + "</p></div>";
  }
  EXPECT_NE(article_body(read(html + "</main></body></html>")).find("On Saturday, pilot who"), std::string::npos);
}

}  // namespace
}  // namespace parley
