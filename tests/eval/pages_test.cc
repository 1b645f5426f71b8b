// How pages are scored, on an archive written by hand.
#include "eval/pages.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace parley::eval {
namespace {

/// One file as tar (POSIX ustar) has it.
std::string member(const std::string& name, const std::string& content) {
  std::string head(512, '\0');
  head.replace(0, name.size(), name);
  const auto octal = [&](std::size_t at, unsigned value, int digits) {
    char text[24];
    std::snprintf(text, sizeof text, "%0*o", digits, value);
    head.replace(at, static_cast<std::size_t>(digits), text);
  };
  octal(100, 0644, 7);
  octal(108, 0, 7);
  octal(116, 0, 7);
  octal(124, static_cast<unsigned>(content.size()), 11);
  octal(136, 0, 11);
  head[156] = '0';
  head.replace(257, 8, std::string("ustar\0" "00", 8));
  head.replace(148, 8, "        ");
  unsigned sum = 0;
  for (const char c : head) sum += static_cast<unsigned char>(c);
  octal(148, sum, 6);
  head[154] = '\0';
  std::string out = head + content;
  out.resize((out.size() + 511) / 512 * 512, '\0');
  return out;
}

std::filesystem::path archive(const std::string& list) {
  const auto path = std::filesystem::temp_directory_path() / ("parley-" + std::to_string(::getpid()) + "-pages.tar");
  std::ofstream(path, std::ios::binary) << member("evaldata.json", list) + member("cache/a.html", "<p>A</p>") +
                                               member("eval/b.html", "<p>B</p>") + std::string(1024, '\0');
  return path;
}

TEST(PageScores, CountSegmentsAndFields) {
  const auto path = archive(R"({
    "https://a.example/": {"file": "a.html", "with": ["one", "two"], "without": ["menu"], "title": "The “Truce”",
                           "author": "Von Ada Quist und Odo Vane", "date": "2022-3-4"},
    "https://b.example/": {"file": "b.html", "with": ["three"], "without": ["menu", "share"], "title": "B", "date": "", "author": ["Ada Quist", "AB"]}})");
  auto set = PageSet::read(path);
  ASSERT_TRUE(set) << set.error().text();
  ASSERT_EQ(set->pages().size(), 2U);
  EXPECT_EQ(set->pages()[0].html, "<p>A</p>");
  set->add(0, {"one … menu", "the 'truce'", "2022-03-04T10:00Z", {"Odo Vane", "Ada Quist"}});
  Json figures = set->figures();  // the second page has no answer
  EXPECT_EQ(figures["segments"].dump(), R"({"p":0.5,"r":0.3333,"f1":0.4})");
  EXPECT_EQ(figures["expected"].dump(), R"({"n":3,"found":1.0})");
  EXPECT_EQ(figures["forbidden"].dump(), R"({"n":3,"found":1.0})");
  EXPECT_EQ(figures["title"].dump(), R"({"n":2,"right":1,"p":1.0,"r":0.5})");
  EXPECT_EQ(figures["date"].dump(), R"({"n":1,"right":1,"p":1.0,"r":1.0})");
  EXPECT_EQ(figures["author"].dump(), R"({"n":2,"right":1,"p":1.0,"r":0.5})");
  set->add(1, {"three", "A", "2022-01-01", {"Ada Quist"}});
  figures = set->figures();
  EXPECT_EQ(figures["title"]["p"], 0.5);
  EXPECT_EQ(figures["author"]["p"], 0.5) << "one of two names is not all";
  std::filesystem::remove(path);
}

TEST(PageScores, SayWhatIsWrongWithTheirData) {
  auto path = archive(R"({"https://a.example/": {"file": "c.html", "with": [], "without": []}})");
  auto set = PageSet::read(path);
  ASSERT_FALSE(set);
  EXPECT_NE(set.error().text().find("https://a.example/"), std::string::npos) << set.error().text();
  path = archive("[]");
  EXPECT_FALSE(PageSet::read(path));
  std::filesystem::remove(path);
  EXPECT_FALSE(PageSet::read("/nowhere/pages.tar"));
}

}  // namespace
}  // namespace parley::eval
