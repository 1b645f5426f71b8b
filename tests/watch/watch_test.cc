// Rounds over feeds of a local server that misbehaves. Time is made up: pauses are counted, not waited for.
#include "watch/watch.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "desk/desk.h"
#include "server.h"

namespace parley::testing {
namespace {

namespace fs = std::filesystem;
using watch::WatchOptions;
using watch::WatchSummary;

std::string page(const std::string& headline, const std::string& words) {
  return "<!DOCTYPE html><html><head><title>" + headline + "</title></head><body><article><h1>" + headline + "</h1><p>" + words +
         "</p><p>The envoys of both sides will meet again in the harbour town next week, an official of the port said on Monday. "
         "Ships have waited outside the harbour for nine days now, and the crews have asked for water and food.</p></article></body></html>";
}

std::string item(const std::string& link, const std::string& title, const std::string& date = "Mon, 03 Feb 2031 10:00:00 GMT") {
  return "<item><title>" + title + "</title><link>" + link + "</link><pubDate>" + date + "</pubDate></item>";
}

std::string rss(const std::string& items) {
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>The Harbour Post</title>" + items + "</channel></rss>";
}

std::string html(const std::string& body) { return answer(200, "Content-Type: text/html; charset=utf-8\r\n", body); }
std::string xml(const std::string& body, const std::string& more = "") { return answer(200, "Content-Type: application/rss+xml\r\n" + more, body); }

/// A desk of its own, a clock that moves only when somebody waits.
class Watch : public ::testing::Test {
 protected:
  Watch() {
    std::string pattern = (fs::temp_directory_path() / "parley-watch-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    static const auto cues = load_cues(fs::path(PARLEY_SOURCE_DIR) / "data/page");
    EXPECT_TRUE(cues) << cues.error().text();
    options_.read.cues = *cues;
    options_.fetch.agent = "parley/test";
    options_.fetch.seconds = 5;
    options_.host_delay = 2;
    options_.now = [this] { return clock_; };
    options_.wait = [this](double seconds) {
      waited_.push_back(seconds);
      clock_ += seconds;
    };
    options_.chance = [] { return 1.0; };
    options_.stored = [this](const desk::Stored& stored) { stored_.push_back(stored.key); };
    options_.failed = [this](const Error& error) { errors_.push_back(error.text()); };
  }
  ~Watch() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  WatchSummary round(const std::vector<std::string>& feeds) {
    desk::Writer::Options how;
    how.background = fs::path(PARLEY_SOURCE_DIR) / "data/story/background.tsv";
    auto writer = desk::Writer::open((folder_ / "desk.db").string(), how);
    EXPECT_TRUE(writer) << writer.error().text();
    if (!writer) std::abort();
    waited_.clear();
    const auto summary = watch::watch_round(
        feeds, *writer,
        [](const Document& document) {
          Record out;
          out.document = document;
          return out;
        },
        options_);
    EXPECT_TRUE(summary) << summary.error().text();
    return summary ? *summary : WatchSummary{};
  }

  std::string text_of(const std::string& key) {
    auto database = desk::open_for_reading((folder_ / "desk.db").string());
    if (!database) return database.error().text();
    auto query = database->prepare("SELECT report_text(id) FROM report WHERE key = ? AND current = 1");
    if (!query) return query.error().text();
    query->bind(1, key);
    const auto row = query->step();
    return row && *row ? std::string(query->text(0)) : "nothing";
  }

  double most_waited() const { return waited_.empty() ? 0.0 : *std::max_element(waited_.begin(), waited_.end()); }
  std::string errors() const { return fmt::format("{}", fmt::join(errors_, "\n")); }

  fs::path folder_;
  WatchOptions options_;
  double clock_ = 1'900'000'000;
  std::vector<double> waited_;
  std::vector<std::string> stored_;
  std::vector<std::string> errors_;
};

TEST_F(Watch, NewReportsAreFetchedOnceHoweverOftenTheFeedNamesThem) {
  std::string here;
  Server server([&](const Request& r) {
    if (r.target == "/feed") return xml(rss(item(here + "/a", "Ships wait") + item(here + "/b", "Envoys meet") + item(here + "/a", "Ships wait")));
    if (r.target == "/a") return html(page("Ships wait", "Nine ships wait outside the harbour of Orla, the port said."));
    if (r.target == "/b") return html(page("Envoys meet", "Envoys of the two sides met in Orla on Sunday to speak of a truce."));
    return answer(404, "", "");
  });
  here = server.url("");
  const WatchSummary first = round({server.url("/feed")});
  EXPECT_EQ(first.added, 2U) << errors();
  EXPECT_EQ(first.failed, 0U) << errors();
  EXPECT_NE(text_of(here + "/a").find("Nine ships wait"), std::string::npos);
  const WatchSummary second = round({server.url("/feed")});
  EXPECT_EQ(second.added, 0U);
  EXPECT_EQ(second.unchanged, 3U) << "all three items are known";
  EXPECT_EQ(server.asked("/a"), 1U);
  EXPECT_EQ(server.asked("/robots.txt"), 2U) << "once a round";
}

TEST_F(Watch, AFeedThatDidNotChangeSaysSo) {
  std::string here;
  Server server([&](const Request& r) {
    if (r.target == "/feed") {
      if (r.has("If-None-Match: \"v1\"") && r.has("If-Modified-Since: Mon, 03 Feb 2031 10:00:00 GMT")) {
        return std::string("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
      }
      return xml(rss(item(here + "/a", "Ships wait")), "ETag: \"v1\"\r\nLast-Modified: Mon, 03 Feb 2031 10:00:00 GMT\r\n");
    }
    if (r.target == "/a") return html(page("Ships wait", "Nine ships wait outside the harbour."));
    return answer(404, "", "");
  });
  here = server.url("");
  EXPECT_EQ(round({server.url("/feed")}).added, 1U) << errors();
  const WatchSummary second = round({server.url("/feed")});
  EXPECT_EQ(second.feeds_unchanged, 1U);
  EXPECT_EQ(second.added + second.unchanged, 0U);
}

TEST_F(Watch, ALaterDateInTheFeedBringsANewVersion) {
  std::string here;
  int version = 1;
  Server server([&](const Request& r) {
    if (r.target == "/feed") return xml(rss(item(here + "/a", "Ships wait", version == 1 ? "Mon, 03 Feb 2031 10:00:00 GMT" : "Tue, 04 Feb 2031 10:00:00 GMT")));
    if (r.target == "/a") return html(page("Ships wait", version == 1 ? "Nine ships wait." : "Eleven ships wait now."));
    return answer(404, "", "");
  });
  here = server.url("");
  EXPECT_EQ(round({server.url("/feed")}).added, 1U) << errors();
  version = 2;
  EXPECT_EQ(round({server.url("/feed")}).updated, 1U) << errors();
  EXPECT_NE(text_of(here + "/a").find("Eleven ships"), std::string::npos);
}

TEST_F(Watch, RequestsToOneHostKeepTheirDistance) {
  std::string here;
  Server server([&](const Request& r) {
    if (r.target == "/robots.txt") return answer(200, "", "User-agent: *\nCrawl-delay: 7\n");
    if (r.target == "/feed") return xml(rss(item(here + "/a", "One") + item(here + "/b", "Two")));
    return html(page("Ships " + r.target, "Ships wait outside the harbour at " + r.target));
  });
  here = server.url("");
  const double start = clock_;
  EXPECT_EQ(round({server.url("/feed")}).added, 2U) << errors();
  EXPECT_GE(clock_ - start, 21.0) << "a pause of seven seconds before the feed and before each page";
  EXPECT_NEAR(most_waited(), 7.0, 0.001);
}

TEST_F(Watch, WhatRobotsTxtDisallowsIsLeftAlone) {
  std::string here;
  Server server([&](const Request& r) {
    if (r.target == "/robots.txt") return answer(200, "", "User-agent: parley\nDisallow: /private/\n");
    if (r.target == "/feed") return xml(rss(item(here + "/private/a", "One") + item(here + "/b", "Two")));
    return html(page("Ships wait", "Ships wait outside the harbour."));
  });
  here = server.url("");
  const WatchSummary summary = round({server.url("/feed")});
  EXPECT_EQ(summary.added, 1U);
  EXPECT_EQ(summary.disallowed, 1U);
  EXPECT_EQ(summary.failed, 0U) << errors();
  EXPECT_EQ(server.asked("/private/a"), 0U);
}

TEST_F(Watch, ASiteWhoseRulesCannotBeReadIsLeftAloneUntilTheyCan) {
  std::string here;
  bool down = true;
  Server rules([&](const Request& r) {
    if (r.target == "/robots.txt" && down) return answer(503, "", "");
    if (r.target == "/a") return html(page("Ships wait", "Ships wait outside the harbour."));
    return answer(404, "", "");
  });
  Server feeds([&](const Request& r) { return r.target == "/feed" ? xml(rss(item(here + "/a", "One"))) : answer(404, "", ""); });
  here = rules.url("");
  const WatchSummary summary = round({feeds.url("/feed"), rules.url("/feed")});
  EXPECT_EQ(rules.asked("/feed") + rules.asked("/a"), 0U);
  EXPECT_EQ(rules.asked("/robots.txt"), 4U) << "the first try and three more";
  EXPECT_EQ(summary.failed, 2U) << errors();
  EXPECT_NE(errors().find("robots.txt could not be had: it answers 503"), std::string::npos) << errors();
  down = false;
  clock_ += 1000;
  EXPECT_EQ(round({feeds.url("/feed")}).added, 1U) << errors();
}

TEST_F(Watch, AServerThatFailsIsAskedAgainLaterAndLater) {
  std::string here;
  int failures = 2;
  Server server([&](const Request& r) {
    if (r.target == "/feed") return xml(rss(item(here + "/a", "Ships wait")));
    if (r.target == "/a" && failures-- > 0) return answer(500, "", "oops");
    if (r.target == "/a") return html(page("Ships wait", "Nine ships wait outside the harbour."));
    return answer(404, "", "");
  });
  here = server.url("");
  EXPECT_EQ(round({server.url("/feed")}).added, 1U) << errors();
  EXPECT_EQ(server.asked("/a"), 3U);
  EXPECT_NEAR(most_waited(), 4.0, 0.001) << "2 seconds, then 4";
}

TEST_F(Watch, RetryAfterIsKept) {
  std::string here;
  int failures = 1;
  Server server([&](const Request& r) {
    if (r.target == "/feed") return xml(rss(item(here + "/a", "Ships wait")));
    if (r.target == "/a" && failures-- > 0) return answer(429, "Retry-After: 33\r\n", "");
    if (r.target == "/a") return html(page("Ships wait", "Nine ships wait outside the harbour."));
    return answer(404, "", "");
  });
  here = server.url("");
  EXPECT_EQ(round({server.url("/feed")}).added, 1U) << errors();
  EXPECT_NEAR(most_waited(), 33.0, 0.001);
}

TEST_F(Watch, ALongRetryAfterPutsThePageOffToALaterRoundThatNeedsNoFeed) {
  std::string here;
  bool busy = true;
  Server server([&](const Request& r) {
    if (r.target == "/feed") {
      if (r.has("If-None-Match")) return std::string("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
      return xml(rss(item(here + "/a", "Ships wait")), "ETag: \"v1\"\r\n");
    }
    if (r.target == "/a" && busy) return answer(503, "Retry-After: 4000\r\n", "");
    if (r.target == "/a") return html(page("Ships wait", "Nine ships wait outside the harbour."));
    return answer(404, "", "");
  });
  here = server.url("");
  EXPECT_EQ(round({server.url("/feed")}).failed, 1U);
  EXPECT_EQ(server.asked("/a"), 1U) << "it said when to come back";
  busy = false;
  clock_ += 1000;
  EXPECT_EQ(round({server.url("/feed")}).added, 0U) << "too early";
  clock_ += 4000;
  EXPECT_EQ(round({server.url("/feed")}).added, 1U) << errors();
}

TEST_F(Watch, ASlowServerIsGivenUp) {
  options_.fetch.seconds = 0.2;
  options_.retries = 0;
  Server server([](const Request& r) {
    if (r.target == "/feed") std::this_thread::sleep_for(std::chrono::milliseconds(500));
    return answer(404, "", "");
  });
  EXPECT_EQ(round({server.url("/feed")}).failed, 1U);
  EXPECT_NE(errors().find("not fetched"), std::string::npos) << errors();
}

TEST_F(Watch, ABodyThatBreaksOffOrIsShorterThanItSaysIsNoReport) {
  options_.retries = 1;
  std::string here;
  Server server([&](const Request& r) {
    if (r.target == "/feed") return xml(rss(item(here + "/short", "Short") + item(here + "/chunk", "Chunk") + item(here + "/nothing", "Nothing")));
    if (r.target == "/short") return std::string("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 90000\r\n\r\n") + page("Short", "Cut off.");
    if (r.target == "/chunk") return std::string("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n4000\r\n") + page("Chunk", "Cut.");
    if (r.target == "/nothing") return std::string();
    return answer(404, "", "");
  });
  here = server.url("");
  const WatchSummary summary = round({server.url("/feed")});
  EXPECT_EQ(summary.added, 0U);
  EXPECT_EQ(summary.failed, 3U) << errors();
  EXPECT_EQ(server.asked("/short"), 2U);
}

TEST_F(Watch, ACircleOfRedirectionsEndsAndAnOrdinaryOneIsFollowed) {
  std::string here;
  Server server([&](const Request& r) {
    if (r.target == "/feed") return answer(301, "Location: /feed.xml\r\n", "");
    if (r.target == "/feed.xml") return xml(rss(item(here + "/a", "Ships wait") + item(here + "/loop", "Loop") + item(here + "/file", "File")));
    if (r.target == "/a") return answer(302, "Location: /b\r\n", "");
    if (r.target == "/b") return html(page("Ships wait", "Nine ships wait outside the harbour."));
    if (r.target == "/loop") return answer(302, "Location: /loop\r\n", "");
    if (r.target == "/file") return answer(302, "Location: file:///etc/passwd\r\n", "");
    return answer(404, "", "");
  });
  here = server.url("");
  const WatchSummary summary = round({server.url("/feed")});
  EXPECT_EQ(summary.added, 1U) << errors();
  EXPECT_EQ(stored_, std::vector<std::string>{here + "/a"}) << "called by the address that the feed gives";
  EXPECT_EQ(server.asked("/loop"), 6U);
  EXPECT_NE(errors().find("more than 5 redirections"), std::string::npos) << errors();
  EXPECT_NE(errors().find("no http or https address"), std::string::npos) << errors();
}

std::string zipped(const std::string& body) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(body.size() / 100 + 4096, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

TEST_F(Watch, HugeBodiesAreGivenUpPackedOnesToo) {
  options_.fetch.max_bytes = 100000;
  std::string here;
  Server server([&](const Request& r) {
    if (r.target == "/feed") return xml(rss(item(here + "/huge", "Huge") + item(here + "/bomb", "Bomb") + item(here + "/small", "Small")));
    if (r.target == "/huge") return html(std::string(3'000'000, 'x'));
    if (r.target == "/bomb") return answer(200, "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", zipped(std::string(20'000'000, ' ')));
    if (r.target == "/small") return answer(200, "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", zipped(page("Ships wait", "Packed ships wait.")));
    return answer(404, "", "");
  });
  here = server.url("");
  const WatchSummary summary = round({server.url("/feed")});
  EXPECT_EQ(summary.added, 1U) << errors();
  EXPECT_NE(text_of(here + "/small").find("Packed ships"), std::string::npos);
  EXPECT_EQ(summary.failed, 2U);
  EXPECT_EQ(server.asked("/huge"), 1U) << "too large stays too large";
}

TEST_F(Watch, TheServersCharsetIsBelievedAndAWrongOneDoesNoHarm) {
  std::string here;
  Server server([&](const Request& r) {
    if (r.target == "/feed") return xml(rss(item(here + "/latin", "Latin") + item(here + "/wrong", "Wrong")));
    if (r.target == "/latin") return answer(200, "Content-Type: text/html; charset=\"ISO-8859-1\"\r\n", page("Latin", "The caf\xE9 in S\xE3o Jo\xE3o is open."));
    if (r.target == "/wrong") return answer(200, "Content-Type: text/html; charset=x-unheard-of\r\n", page("Wrong", "The café is closed today."));
    return answer(404, "", "");
  });
  here = server.url("");
  EXPECT_EQ(round({server.url("/feed")}).added, 2U) << errors();
  EXPECT_NE(text_of(here + "/latin").find("café in São João"), std::string::npos) << text_of(here + "/latin");
  EXPECT_NE(text_of(here + "/wrong").find("café"), std::string::npos) << text_of(here + "/wrong");
}

TEST_F(Watch, JsonFeedsSitemapsAndFeedsWithTheirText) {
  std::string here;
  const std::string words = "Nine ships wait outside the harbour of Orla. The port said on Monday that the crews have asked for water and food.";
  Server server([&](const Request& r) {
    if (r.target == "/json") {
      return answer(200, "Content-Type: application/feed+json\r\n",
                    R"({"version":"https://jsonfeed.org/version/1.1","title":"Post","items":[{"id":"1","url":")" + here +
                        R"(/j","title":"Ships","content_text":")" + words + R"(","date_published":"2031-02-03T10:00:00Z"}]})");
    }
    if (r.target == "/sitemap") {
      return answer(200, "Content-Type: application/xml\r\n",
                    "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
                    "xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\"><url><loc>" + here +
                        "/s</loc><news:news><news:title>Sitemap ships</news:title><news:publication_date>2031-02-03</news:publication_date>"
                        "</news:news></url></urlset>");
    }
    if (r.target == "/s") return html(page("Sitemap ships", "Ships from the sitemap wait."));
    if (r.target == "/full") {
      return xml("<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>P</title><item><title>Full</title><link>" + here +
                 "/f</link><content:encoded><![CDATA[<p>" + words + "</p><p>" + words + "</p>]]></content:encoded></item></channel></rss>");
    }
    return answer(404, "", "");
  });
  here = server.url("");
  EXPECT_EQ(round({server.url("/json"), server.url("/sitemap"), server.url("/full")}).added, 3U) << errors();
  EXPECT_EQ(server.asked("/j") + server.asked("/f"), 0U) << "the feed had the text";
  EXPECT_NE(text_of(here + "/s").find("Ships from the sitemap"), std::string::npos);
}

TEST_F(Watch, AnIndexOfSitemapsIsFollowedOneLevelDeep) {
  std::string here;
  bool later = false;
  const auto index = [](const std::string& sitemaps) {
    return answer(200, "Content-Type: application/xml\r\nETag: \"i\"\r\n",
                  "<?xml version=\"1.0\"?><sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">" + sitemaps + "</sitemapindex>");
  };
  const auto sitemap = [&](const std::string& path, const std::string& changed) {
    return "<sitemap><loc>" + here + path + "</loc><lastmod>" + changed + "</lastmod></sitemap>";
  };
  const auto urls = [&](const std::string& path) {
    return answer(200, "Content-Type: application/xml\r\n",
                  "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">"
                  "<url><loc>" + here + path + "</loc><news:news><news:title>Ships " + path +
                      "</news:title><news:publication_date>2031-02-03</news:publication_date></news:news></url></urlset>");
  };
  Server server([&](const Request& r) {
    if (r.target == "/index") {
      return index(sitemap("/old", "2030-01-01") + sitemap("/new", later ? "2031-02-04" : "2031-02-03") + sitemap("/deep", "2031-02-02"));
    }
    if (r.target == "/deep") return index(sitemap("/deeper", "2031-02-02"));
    if (r.target == "/new") return urls(later ? "/b" : "/a");
    if (r.target == "/old" || r.target == "/deeper") return urls("/never");
    return html(page("Ships " + r.target, "Ships wait outside the harbour at " + r.target));
  });
  here = server.url("");
  options_.sitemaps = 2;
  EXPECT_EQ(round({server.url("/index")}).added, 1U) << errors();
  EXPECT_NE(errors().find("an index of sitemaps within another"), std::string::npos) << errors();
  EXPECT_EQ(server.asked("/old") + server.asked("/deeper") + server.asked("/never"), 0U) << "two were asked for, one level deep";
  EXPECT_EQ(server.asked("/new"), 1U);
  // Nothing changed: the sitemap that was seen is not asked for again.
  EXPECT_EQ(round({server.url("/index")}).added, 0U);
  EXPECT_EQ(server.asked("/new"), 1U);
  later = true;
  EXPECT_EQ(round({server.url("/index")}).added, 1U) << errors();
  EXPECT_EQ(server.asked("/new"), 2U);
  EXPECT_EQ(server.asked("/a"), 1U);
  EXPECT_EQ(server.asked("/b"), 1U);
}

TEST_F(Watch, AnInterruptedRoundGoesOnInTheNextOne) {
  std::string here;
  bool stop = false;
  Server server([&](const Request& r) {
    if (r.target == "/feed") {
      if (r.has("If-None-Match")) return std::string("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
      return xml(rss(item(here + "/a", "One") + item(here + "/b", "Two")), "ETag: \"v1\"\r\n");
    }
    return html(page("Ships " + r.target, "Ships wait outside the harbour at " + r.target));
  });
  here = server.url("");
  options_.stop = [&] { return stop; };
  options_.stored = [&](const desk::Stored&) { stop = true; };
  const WatchSummary first = round({server.url("/feed")});
  EXPECT_TRUE(first.stopped);
  EXPECT_EQ(first.added, 1U);
  stop = false;
  options_.stored = nullptr;
  const WatchSummary second = round({server.url("/feed")});
  EXPECT_EQ(second.feeds_unchanged, 0U) << "a feed counts as seen only when all of it was";
  EXPECT_EQ(second.added, 1U) << errors();
  EXPECT_EQ(round({server.url("/feed")}).feeds_unchanged, 1U);
}

TEST_F(Watch, ALimitLeavesTheRestForTheNextRound) {
  std::string here;
  Server server([&](const Request& r) {
    if (r.target == "/feed") return xml(rss(item(here + "/a", "One") + item(here + "/b", "Two") + item(here + "/c", "Three")), "ETag: \"v1\"\r\n");
    return html(page("Ships " + r.target, "Ships wait outside the harbour at " + r.target));
  });
  here = server.url("");
  options_.limit = 2;
  EXPECT_EQ(round({server.url("/feed")}).added, 2U) << errors();
  EXPECT_EQ(round({server.url("/feed")}).added, 1U) << errors();
}

TEST_F(Watch, WhatIsNoFeedOrIsNotThereSaysSo) {
  options_.retries = 0;
  Server server([](const Request& r) { return r.target == "/page" ? html(page("A page", "This is no feed.")) : answer(404, "", ""); });
  EXPECT_EQ(round({server.url("/page"), server.url("/none"), "gopher://example.org/feed", "http://127.0.0.1:1/feed"}).failed, 4U) << errors();
  EXPECT_NE(errors().find("no feed"), std::string::npos) << errors();
  EXPECT_NE(errors().find("answers 404"), std::string::npos) << errors();
  EXPECT_NE(errors().find("no http or https address"), std::string::npos) << errors();
}

TEST(RetryAfter, IsANumberOrADate) {
  EXPECT_EQ(watch::retry_after("120"), 120.0);
  EXPECT_EQ(watch::retry_after("Wed, 21 Oct 2015 07:28:00 GMT"), 0.0);
  EXPECT_EQ(watch::retry_after("soon"), std::nullopt);
}

}  // namespace
}  // namespace parley::testing
