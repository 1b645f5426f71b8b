// Web archives, as crawlers write them and as they get damaged. The sites are made up.
#include <chrono>

#include "batch.h"

namespace parley {
namespace {

using page_test::gzip;
using page_test::zstd;

std::string record(const std::string& type, const std::string& uri, const std::string& content_type, const std::string& block,
                   long lie = 0) {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: " + uri + "\r\nWARC-Date: 2021-05-03T10:30:00Z\r\nContent-Type: " +
         content_type + "\r\nContent-Length: " + std::to_string(static_cast<long>(block.size()) + lie) + "\r\n\r\n" + block + "\r\n\r\n";
}
std::string page(const std::string& title) {
  return "<html><head><title>" + title + "</title></head><body><article><h1>" + title +
         "</h1><p>Both sides met in the hotel by the lake on Monday, mediators said.</p></article></body></html>";
}
std::string answer(const std::string& uri, const std::string& body, const std::string& headers = "Content-Type: text/html; charset=utf-8\r\n",
                   long lie = 0) {
  return record("response", uri, "application/http; msgtype=response", "HTTP/1.1 200 OK\r\n" + headers + "\r\n" + body, lie);
}
std::string line(const std::string& uri, const std::string& title) {
  return uri + " | " + title + " | - | Both sides met in the hotel by the lake on Monday, mediators said.\n";
}

class Warc : public page_test::BatchTest {
 protected:
  // As a crawl begins: what the archive is, a request, its answer.
  const std::vector<std::string> records_ = {
      record("warcinfo", "", "application/warc-fields", "software: a crawler\r\n"),
      record("request", "https://a.example/1", "application/http; msgtype=request", "GET /1 HTTP/1.1\r\n\r\n"),
      answer("https://a.example/1", page("One")),
      record("response", "https://a.example/gone", "application/http; msgtype=response", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n" + page("Gone")),
      answer("https://a.example/2.png", "\x89PNG....", "Content-Type: image/png\r\n"),
      record("metadata", "https://a.example/1", "application/warc-fields", "fetchTimeMs: 12\r\n"),
      answer("https://b.example/2", page("Two"))};
  const std::string both_ = line("https://a.example/1", "One") + line("https://b.example/2", "Two");

  std::string plain() const {
    std::string out;
    for (const std::string& one : records_) out += one;
    return out;
  }
};

TEST_F(Warc, PlainAndPackedRecordByRecord) {
  std::string gz, zst;
  for (const std::string& one : records_) {
    gz += gzip(one);
    zst += zstd(one);
  }
  EXPECT_EQ(read_list({write("a.warc", plain())}), both_);
  EXPECT_EQ(read_list({write("a.warc.gz", gz)}), both_);
  EXPECT_EQ(read_list({write("b.warc.gz", gzip(plain()))}), both_) << "all in one member";
  EXPECT_EQ(read_list({write("a.warc.zst", zst)}), both_);
  EXPECT_EQ(read_list({write("noname", gz)}, Format::warc), both_);
  EXPECT_EQ(read_list({write("padded.warc.gz", gz + std::string(512, '\0'))}), both_);
  std::string newer = plain();
  for (std::size_t at = newer.find("WARC/1.0"); at != std::string::npos; at = newer.find("WARC/1.0")) newer.replace(at, 8, "WARC/1.1");
  EXPECT_EQ(read_list({write("newer.warc", newer)}), both_);
  InputReader reader({path("a.warc")}, Format::automatic, page_test::with_cues());
  while (reader.take()) {
  }
  EXPECT_EQ(reader.passed_over(), 5U);
  EXPECT_EQ(reader.bytes_read(), plain().size());
}

TEST_F(Warc, ZstdWithADictionaryInFront) {
  // The dictionary is raw content, as `zstd -D` also takes it.
  const std::string dictionary = answer("https://a.example/0", page("Nought"));
  ZSTD_CCtx* state = ZSTD_createCCtx();
  std::string packed;
  for (const std::string& one : records_) {
    std::string out(ZSTD_compressBound(one.size()), '\0');
    out.resize(ZSTD_compress_usingDict(state, out.data(), out.size(), one.data(), one.size(), dictionary.data(), dictionary.size(), 3));
    packed += out;
  }
  ZSTD_freeCCtx(state);
  const auto framed = [](const std::string& bytes) {
    std::string out = "\x5D\x2A\x4D\x18";
    for (int i = 0; i < 4; ++i) out += static_cast<char>(bytes.size() >> (8 * i) & 0xFF);
    return out + bytes;
  };
  EXPECT_EQ(read_list({write("a.warc.zst", framed(dictionary) + packed)}), both_);
  EXPECT_EQ(read_list({write("b.warc.zst", framed(zstd(dictionary)) + packed)}), both_) << "the dictionary packed itself";
}

TEST_F(Warc, BodiesAsServersSendThem) {
  const std::string latin = "<html><body><article><h1>Tr\xEAve</h1><p>Les deux d\xE9l\xE9gations se sont vues \xE0 l'h\xF4tel du lac lundi.</p></article></body></html>";
  const std::string packed = gzip(latin);
  char size[32];
  std::snprintf(size, sizeof size, "%zx", packed.size());
  const std::string chunked = std::string(size) + "; name=value\r\n" + packed + "\r\n0\r\n\r\n";
  const std::string head = "Content-Type: text/html; charset=\"ISO-8859-1\"\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n";
  const std::string all = " | Trêve | - | Les deux délégations se sont vues à l'hôtel du lac lundi.\n";
  EXPECT_EQ(read_list({write("a.warc", answer("https://f.example/1", chunked, head))}), "https://f.example/1" + all);
  EXPECT_EQ(read_list({write("b.warc", answer("https://f.example/2", latin, head))}), "https://f.example/2" + all)
      << "the headers kept, the body stored as it reads";
  EXPECT_EQ(read_list({write("c.warc", record("resource", "https://f.example/3", "text/html", latin))}), "https://f.example/3" + all);
  EXPECT_EQ(read_list({write("d.warc", record("conversion", "<https://f.example/4>", "text/plain", "Both sides met in the hotel by the lake on Monday."))}),
            "https://f.example/4 | - | - | Both sides met in the hotel by the lake on Monday.\n");
}

TEST_F(Warc, ALyingLengthCostsOneReport) {
  for (const long lie : {-40L, -3L, 60L, 5000000L}) {
    SCOPED_TRACE(lie);
    const std::string file = write("lie.warc", records_[0] + answer("https://a.example/1", page("One"), "Content-Type: text/html\r\n", lie) + records_[6]);
    const std::string where = "lie.warc: byte " + std::to_string(records_[0].size());
    EXPECT_EQ(read_list({file}), "https://a.example/1 ! malformed | " + where + "\n" + line("https://b.example/2", "Two"));
  }
  EXPECT_EQ(read_list({write("three.warc", answer("https://a.example/1", page("One"), "Content-Type: text/html\r\n", 3) + records_[6])}), both_)
      << "one that takes in the empty lines behind it costs nothing";
  const std::string file = write("huge.warc", records_[0] + answer("https://a.example/1", page("One"), "Content-Type: text/html\r\n", 900000000000L) + records_[6]);
  EXPECT_EQ(read_list({file}), "https://a.example/1 ! malformed | huge.warc: byte " + std::to_string(records_[0].size()) + "\n" + line("https://b.example/2", "Two"))
      << "and a length over the limit is not read to its end";
  std::string without = records_[2];
  without.replace(without.find("Content-Length"), 14, "Contents-Lengt");
  EXPECT_EQ(read_list({write("none.warc", without + records_[6])}), "https://a.example/1 ! malformed | none.warc: byte 0\n" + line("https://b.example/2", "Two"));
}

// Each of them names the whole rest of the archive as its own: it is looked at once all the same.
TEST_F(Warc, ManyLyingLengthsCostNoMoreThanTheirArchive) {
  std::string all;
  for (int i = 0; i < 60000; ++i) {
    all += record("response", "https://a.example/" + std::to_string(i), "application/http", "HTTP/1.1 200 OK\r\n\r\nx", 20000000);
  }
  const auto begin = std::chrono::steady_clock::now();
  const std::vector<InputItem> items = read({write("liars.warc", all)});
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  ASSERT_EQ(items.size(), 60000U);
  EXPECT_EQ(items[59998].id, "https://a.example/59998");
  EXPECT_FALSE(items[59998].document.ok());
}

TEST_F(Warc, ARecordOverTheLimitIsPassedOver) {
  ReadOptions small = page_test::with_cues();
  small.max_bytes = 2000;
  const std::string large = answer("https://a.example/1", page("One") + std::string(10000, 'x'));
  EXPECT_EQ(read_list({write("large.warc", large + records_[6])}, Format::automatic, small),
            "https://a.example/1 ! too_large | large.warc: byte 0\n" + line("https://b.example/2", "Two"));
}

TEST_F(Warc, CutOff) {
  const std::string whole = plain();
  const std::string last = "https://b.example/2 ! malformed | cut.warc: byte " + std::to_string(whole.size() - records_[6].size());
  EXPECT_EQ(read_list({write("cut.warc", whole.substr(0, whole.size() - 30))}), line("https://a.example/1", "One") + last + "\n");
  EXPECT_EQ(read_list({write("cut.warc", whole.substr(0, whole.size() - records_[6].size() + 120))}), line("https://a.example/1", "One") + last + "\n");
  std::string packed;
  for (const std::string& one : records_) packed += gzip(one);
  EXPECT_EQ(read_list({write("cut.warc.gz", packed.substr(0, packed.size() - 30))}),
            line("https://a.example/1", "One") + "https://b.example/2 ! malformed | cut.warc.gz: byte " + std::to_string(packed.size() - 30) + "\n");
}

TEST_F(Warc, NoneAtAll) {
  EXPECT_EQ(read_list({write("text.warc", "Both sides met.")}, Format::warc), "text.warc ! malformed | text.warc: byte 0\n");
  EXPECT_EQ(read_list({write("junk.warc", "junk\n" + records_[6])}, Format::warc), line("https://b.example/2", "Two"));
}

}  // namespace
}  // namespace parley
