// robots.txt as RFC 9309 has it; its own examples are among the cases.
#include "watch/robots.h"

#include <gtest/gtest.h>

namespace parley::watch {
namespace {

TEST(Robots, TheLongestRuleThatFitsDecides) {
  const Robots robots = Robots::parse("User-Agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\nDisallow: /private\n", "parley");
  EXPECT_TRUE(robots.allows("/example/page/1.html"));
  EXPECT_FALSE(robots.allows("/example/page/disallowed.gif"));
  EXPECT_FALSE(robots.allows("/private"));
  EXPECT_FALSE(robots.allows("/privateer")) << "a rule fits the beginning of a path";
  EXPECT_TRUE(robots.allows("/"));
  EXPECT_TRUE(robots.allows(""));
}

TEST(Robots, AllowWinsWhereTwoRulesAreAsLong) {
  const Robots robots = Robots::parse("user-agent: *\ndisallow: /page\nallow: /page\n", "parley");
  EXPECT_TRUE(robots.allows("/page"));
}

TEST(Robots, GroupsThatNameUsCountTogetherAndBeforeThoseForAll) {
  const char* text =
      "User-agent: *\nDisallow: /\n\n"
      "User-agent: other\nUser-agent: Parley/2.0\nDisallow: /a\n\n"
      "User-agent: parley\nDisallow: /b\n\n"
      "User-agent: parleyx\nDisallow: /c\n";
  const Robots robots = Robots::parse(text, "parley");
  EXPECT_FALSE(robots.allows("/a"));
  EXPECT_FALSE(robots.allows("/b"));
  EXPECT_TRUE(robots.allows("/c"));
  EXPECT_FALSE(Robots::parse(text, "someone").allows("/anything"));
}

TEST(Robots, ARuleBeforeAnyNameBelongsToNobody) {
  EXPECT_TRUE(Robots::parse("Disallow: /\nUser-agent: other\nDisallow: /x\n", "parley").allows("/x"));
}

TEST(Robots, OtherLinesDoNotEndAGroupsNames) {
  const Robots robots = Robots::parse("User-agent: other\nSitemap: https://example.org/s.xml\nUser-agent: parley\nDisallow: /x\n", "parley");
  EXPECT_FALSE(robots.allows("/x"));
}

TEST(Robots, StarsAndAnchors) {
  const Robots robots = Robots::parse("User-agent: *\nDisallow: /*.gif$\nDisallow: /a*b*c\nDisallow: /end$\n", "parley");
  EXPECT_FALSE(robots.allows("/x/y.gif"));
  EXPECT_TRUE(robots.allows("/x/y.gif?z"));
  EXPECT_FALSE(robots.allows("/a-b-c-d"));
  EXPECT_TRUE(robots.allows("/a-c-b"));
  EXPECT_FALSE(robots.allows("/end"));
  EXPECT_TRUE(robots.allows("/ending"));
}

TEST(Robots, OnePathHasOneSpelling) {
  const Robots robots = Robots::parse("User-agent: *\nDisallow: /foo/bar/%e3%83%84\nDisallow: /%7Ejoe\nDisallow: /a%2fb\nDisallow: /caf\xC3\xA9\n", "parley");
  EXPECT_FALSE(robots.allows("/foo/bar/\xE3\x83\x84"));
  EXPECT_FALSE(robots.allows("/~joe"));
  EXPECT_FALSE(robots.allows("/a%2Fb"));
  EXPECT_TRUE(robots.allows("/a/b"));
  EXPECT_FALSE(robots.allows("/caf%C3%A9"));
}

TEST(Robots, CommentsBlanksAndAnEmptyRule) {
  const Robots robots = Robots::parse("\xEF\xBB\xBF# hello\r\nUser-agent : * # all\r\nDisallow:\r\nDisallow : /x # no\r\n", "parley");
  EXPECT_FALSE(robots.allows("/x"));
  EXPECT_TRUE(robots.allows("/y"));
  EXPECT_TRUE(Robots::parse("", "parley").allows("/x"));
}

TEST(Robots, TheRulesThemselvesMayAlwaysBeRead) {
  EXPECT_TRUE(Robots::parse("User-agent: *\nDisallow: /\n", "parley").allows("/robots.txt"));
  EXPECT_FALSE(Robots::none().allows("/"));
}

TEST(Robots, AskedForPausesAreKeptWithinReason) {
  EXPECT_EQ(Robots::parse("User-agent: *\nCrawl-delay: 2.5\n", "parley").crawl_delay(), 2.5);
  EXPECT_EQ(Robots::parse("User-agent: *\nCrawl-delay: 86400\n", "parley").crawl_delay(), 60.0);
  EXPECT_EQ(Robots::parse("User-agent: *\nCrawl-delay: soon\n", "parley").crawl_delay(), std::nullopt);
}

TEST(Robots, OnlyTheFirstFiveHundredKibibytesAreRead) {
  const std::string text = "User-agent: *\n#" + std::string(500 * 1024, 'x') + "\nDisallow: /x\n";
  EXPECT_TRUE(Robots::parse(text, "parley").allows("/x"));
}

}  // namespace
}  // namespace parley::watch
