// A folder of its own for a test, and batches read from it.
#pragma once

#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "support.h"

namespace parley::page_test {

/// What a batch came to, a line a report: "id | title | published | paragraphs of the body", errors as
/// "id ! code | where".
inline std::string listed(const std::vector<InputItem>& items) {
  std::string out;
  for (const InputItem& item : items) {
    out += item.id;
    if (item.document.ok()) {
      out += " | " + item.document->title.value_or("-") + " | " + item.document->published.value_or("-") + " | ";
      std::string body = article_body(*item.document);
      for (std::size_t at = body.find("\n\n"); at != std::string::npos; at = body.find("\n\n")) body.replace(at, 2, " / ");
      out += body + (item.link_only ? " (link only)" : "");
    } else {
      out += std::string(" ! ") + name(item.document.error().code) + " | " + item.document.error().where;
    }
    out += '\n';
  }
  return out;
}

inline std::string gzip(const std::string& bytes) {
  z_stream state{};
  EXPECT_EQ(deflateInit2(&state, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&state, bytes.size()) + 64, '\0');
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  state.avail_in = static_cast<uInt>(bytes.size());
  state.next_out = reinterpret_cast<Bytef*>(out.data());
  state.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&state, Z_FINISH), Z_STREAM_END);
  out.resize(state.total_out);
  deflateEnd(&state);
  return out;
}

/// With a checksum, as the zstd program writes it.
inline std::string zstd(const std::string& bytes) {
  ZSTD_CCtx* state = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(state, ZSTD_c_checksumFlag, 1);
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress2(state, out.data(), out.size(), bytes.data(), bytes.size()));
  ZSTD_freeCCtx(state);
  return out;
}

class BatchTest : public testing::Test {
 protected:
  void SetUp() override {
    const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(testing::TempDir()) /
              ("parley_" + std::string(test->test_suite_name()) + '_' + test->name() + '_' + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string write(const std::string& name, const std::string& bytes) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return path(name);
  }
  static std::vector<InputItem> read(std::vector<std::string> paths, Format format = Format::automatic,
                                     ReadOptions options = with_cues()) {
    InputReader reader(std::move(paths), format, std::move(options));
    std::vector<InputItem> items;
    while (std::optional<InputItem> item = reader.next()) items.push_back(*std::move(item));
    return items;
  }
  /// `listed`, the folder's own path left out.
  std::string read_list(std::vector<std::string> paths, Format format = Format::automatic,
                        ReadOptions options = with_cues()) {
    std::string out = listed(read(std::move(paths), format, std::move(options)));
    const std::string own = folder_.string() + '/';
    for (std::size_t at = out.find(own); at != std::string::npos; at = out.find(own)) out.erase(at, own.size());
    return out;
  }

  std::filesystem::path folder_;
};

}  // namespace parley::page_test
