// gzip and zstd, streaming.
//
// Idea: web archives and dumps are members packed one by one and strung together, so the end of a member is
// no end of the file. A member that unpacks to hundreds of times its size is a bomb; what is unpacked is
// never kept, so it would cost only time, and the ratio is looked at once a member has given 64 MiB.
// Example: a.warc.gz has a member for each record. Counter-example: zeros behind the last member are
// padding of tapes, other bytes are damage. Cost: linear. Covered by tests/page/packed_test.cc. Sources:
// RFC 1952, RFC 8878, "Using Zstandard in WARC files" (IIPC, 1.0).
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>
#include <vector>

#include "page/byte_stream.h"
#include "page/draft.h"
#include "text/unicode.h"

namespace parley::page {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 16;
constexpr std::uint64_t kRatioFrom = std::uint64_t{64} << 20;
constexpr std::uint32_t kDictionaryMagic = 0x184D2A5D;
constexpr std::uint32_t kZstdMagic = 0xFD2FB528;
constexpr std::size_t kLargestDictionary = std::size_t{64} << 20;
// Memory that a frame may ask for; 128 MiB is what `zstd -d` grants without being told.
constexpr int kWindowLog = 27;

std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

// What both packings share: a piece of packed bytes, errors, the ratio.
class Unpacking : public ByteStream {
 public:
  Unpacking(std::unique_ptr<ByteStream> packed, const ReadOptions& options)
      : packed_(std::move(packed)), where_(options.source), ratio_(options.max_ratio) {}

  const std::optional<Error>& error() const override { return error_; }
  std::uint64_t position() const override { return packed_->position(); }

 protected:
  // More packed bytes behind those that are left. False at the end.
  bool more() {
    if (begin_ > 0) {
      std::memmove(piece_.data(), piece_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    if (end_ == piece_.size()) return true;
    const std::size_t got = packed_->read(piece_.data() + end_, piece_.size() - end_);
    end_ += got;
    if (got == 0 && packed_->error()) error_ = packed_->error();
    return got > 0;
  }
  std::string_view left() const { return {piece_.data() + begin_, end_ - begin_}; }
  std::uint64_t here() const { return packed_->position() - (end_ - begin_); }

  void fail(Error::Code code, std::string message) {
    if (!error_) error_ = Error{code, std::move(message), where_ + ": byte " + std::to_string(here())};
  }
  void used(std::size_t in, std::size_t out) {
    begin_ += in;
    member_in_ += in;
    member_out_ += out;
    if (member_out_ > kRatioFrom && ratio_ > 0 &&
        static_cast<double>(member_out_) > ratio_ * static_cast<double>(std::max<std::uint64_t>(member_in_, 1))) {
      fail(Error::Code::too_large, "unpacks to more than " + std::to_string(static_cast<long>(ratio_)) +
                                       " times its size, as bombs do: raise the ratio if it is sound");
    }
  }
  void next_member() {
    member_in_ = 0;
    member_out_ = 0;
  }

  std::unique_ptr<ByteStream> packed_;
  std::string where_;
  std::optional<Error> error_;
  std::array<char, kPiece> piece_{};
  std::size_t begin_ = 0;
  std::size_t end_ = 0;

 private:
  double ratio_;
  std::uint64_t member_in_ = 0;
  std::uint64_t member_out_ = 0;
};

class Gunzip : public Unpacking {
 public:
  Gunzip(std::unique_ptr<ByteStream> packed, const ReadOptions& options)
      : Unpacking(std::move(packed), options) {
    usable_ = inflateInit2(&state_, 15 + 16) == Z_OK;
    if (!usable_) fail(Error::Code::internal, "zlib cannot be started: is there memory left?");
  }
  ~Gunzip() override {
    if (usable_) inflateEnd(&state_);
  }
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  std::size_t read(char* to, std::size_t size) override {
    std::size_t done = 0;
    while (done == 0 && size > 0 && !error_ && !ended_) {
      if (left().empty() && !more()) {
        if (!error_ && inside_) {
          fail(Error::Code::malformed,
               "the gzip data is cut off: what came before was read; fetch the file again for the rest");
        }
        ended_ = true;
        break;
      }
      if (!inside_ && !begin_member()) break;
      done = step(to, size);
    }
    return done;
  }

 private:
  // Whether a member begins here; padding is passed over.
  bool begin_member() {
    while (!left().empty() && left().front() == '\0') ++begin_;
    while (left().size() < 2 && more()) {
    }
    if (left().empty()) return !error_;
    if (left().size() >= 2 && packing_of(left()) == Packing::gzip) {
      inflateReset(&state_);
      next_member();
      inside_ = true;
      return true;
    }
    fail(Error::Code::malformed,
         "what follows the last gzip member is no gzip: what came before was read; fetch the file again");
    return false;
  }

  std::size_t step(char* to, std::size_t size) {
    const std::string_view in = left();
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    state_.avail_in = static_cast<uInt>(in.size());
    state_.next_out = reinterpret_cast<Bytef*>(to);
    state_.avail_out = static_cast<uInt>(std::min<std::size_t>(size, 1U << 30));
    const auto room = state_.avail_out;
    const int result = inflate(&state_, Z_NO_FLUSH);
    const std::size_t out = room - state_.avail_out;
    used(in.size() - state_.avail_in, out);
    if (result == Z_STREAM_END) {
      inside_ = false;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      fail(Error::Code::malformed, std::string("damaged gzip data (") +
                                       (state_.msg != nullptr ? state_.msg : "no reason given") +
                                       "): what came before was read; fetch the file again for the rest");
    }
    return out;
  }

  z_stream state_{};
  bool usable_ = false;
  bool inside_ = false;
  bool ended_ = false;
};

class Unzstd : public Unpacking {
 public:
  Unzstd(std::unique_ptr<ByteStream> packed, const ReadOptions& options)
      : Unpacking(std::move(packed), options), state_(ZSTD_createDCtx()) {
    if (state_ == nullptr) {
      fail(Error::Code::internal, "zstd cannot be started: is there memory left?");
    } else {
      ZSTD_DCtx_setParameter(state_, ZSTD_d_windowLogMax, kWindowLog);
    }
  }
  ~Unzstd() override { ZSTD_freeDCtx(state_); }
  Unzstd(const Unzstd&) = delete;
  Unzstd& operator=(const Unzstd&) = delete;

  std::size_t read(char* to, std::size_t size) override {
    if (!begun_) {
      begun_ = true;
      take_dictionary();
    }
    std::size_t done = 0;
    while (done == 0 && size > 0 && !error_ && !ended_) {
      // An empty piece may still have output waiting inside.
      if (left().empty() && !pending_ && !more()) {
        if (!error_ && inside_) {
          fail(Error::Code::malformed,
               "the zstd data is cut off: what came before was read; fetch the file again for the rest");
        }
        ended_ = true;
        break;
      }
      ZSTD_inBuffer in{left().data(), left().size(), 0};
      ZSTD_outBuffer out{to, size, 0};
      const std::size_t result = ZSTD_decompressStream(state_, &out, &in);
      if (ZSTD_isError(result) != 0) {
        fail(Error::Code::malformed, std::string("damaged zstd data (") + ZSTD_getErrorName(result) +
                                         "): what came before was read; fetch the file again for the rest");
        break;
      }
      pending_ = out.pos == out.size && result != 0;
      inside_ = result != 0;
      used(in.pos, out.pos);
      if (result == 0) next_member();
      done = out.pos;
    }
    return done;
  }

 private:
  void take_dictionary() {
    while (left().size() < 8 && more()) {
    }
    if (left().size() < 8 || little_endian(left()) != kDictionaryMagic) return;
    const std::size_t size = little_endian(left().substr(4));
    if (size > kLargestDictionary) {
      fail(Error::Code::too_large, "its dictionary has " + std::to_string(size) + " bytes, over 64 MiB");
      return;
    }
    begin_ += 8;
    std::string dictionary;
    while (dictionary.size() < size) {
      if (left().empty() && !more()) {
        fail(Error::Code::malformed, "the file is cut off inside its zstd dictionary: fetch it again");
        return;
      }
      const std::string_view part = left().substr(0, size - dictionary.size());
      dictionary += part;
      begin_ += part.size();
    }
    if (dictionary.size() >= 4 && little_endian(dictionary) == kZstdMagic) {
      const unsigned long long whole = ZSTD_getFrameContentSize(dictionary.data(), dictionary.size());
      std::string plain(whole <= kLargestDictionary ? whole : kLargestDictionary, '\0');
      const std::size_t got = ZSTD_decompress(plain.data(), plain.size(), dictionary.data(), dictionary.size());
      if (ZSTD_isError(got) != 0) {
        fail(Error::Code::malformed, "its zstd dictionary is damaged: fetch the file again");
        return;
      }
      plain.resize(got);
      dictionary = std::move(plain);
    }
    ZSTD_DCtx_loadDictionary(state_, dictionary.data(), dictionary.size());
  }

  ZSTD_DCtx* state_;
  bool begun_ = false;
  bool inside_ = false;
  bool pending_ = false;
  bool ended_ = false;
};

// "deflate" is zlib's format by the standard and bare deflate by some servers.
Result<std::string> inflate_all(const std::string& bytes, const ReadOptions& options) {
  for (const int bits : {15, -15}) {
    z_stream state{};
    if (inflateInit2(&state, bits) != Z_OK) break;
    state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    state.avail_in = static_cast<uInt>(std::min<std::size_t>(bytes.size(), 1U << 30));
    std::string out;
    std::array<char, kPiece> piece{};
    int result = Z_OK;
    while (result == Z_OK && out.size() <= options.max_bytes) {
      state.next_out = reinterpret_cast<Bytef*>(piece.data());
      state.avail_out = static_cast<uInt>(piece.size());
      result = inflate(&state, Z_NO_FLUSH);
      out.append(piece.data(), piece.size() - state.avail_out);
    }
    inflateEnd(&state);
    if (out.size() > options.max_bytes) {
      return Error{Error::Code::too_large, "the body unpacks to more than the limit of " +
                       std::to_string(options.max_bytes) + " bytes: raise the limit", options.source};
    }
    if (result == Z_STREAM_END) return out;
  }
  return Error{Error::Code::malformed, "the body's deflate data is damaged: fetch the page again", options.source};
}

}  // namespace

Packing packing_of(std::string_view bytes) {
  if (bytes.substr(0, 2) == "\x1F\x8B") return Packing::gzip;
  if (bytes.size() >= 4 && (little_endian(bytes) == kZstdMagic || little_endian(bytes) == kDictionaryMagic)) {
    return Packing::zstd;
  }
  return Packing::none;
}

std::unique_ptr<ByteStream> unpack(std::unique_ptr<ByteStream> packed, Packing packing,
                                   const ReadOptions& options) {
  if (packing == Packing::gzip) return std::make_unique<Gunzip>(std::move(packed), options);
  if (packing == Packing::zstd) return std::make_unique<Unzstd>(std::move(packed), options);
  return packed;
}

Result<std::string> decode_content(std::string bytes, std::string_view encodings, const ReadOptions& options) {
  // The last encoding named was applied last.
  while (!encodings.empty()) {
    const std::size_t comma = encodings.rfind(',');
    const std::string name =
        fold_case(trim(comma == std::string_view::npos ? encodings : encodings.substr(comma + 1)));
    encodings = comma == std::string_view::npos ? std::string_view() : encodings.substr(0, comma);
    if (name.empty() || name == "identity" || name == "utf-8") continue;
    if (name == "deflate") {
      Result<std::string> plain = inflate_all(bytes, options);
      if (!plain) return plain.error();
      bytes = std::move(*plain);
      continue;
    }
    const Packing packing = packing_of(bytes);
    // Archives often keep the header and store the body unpacked.
    if (packing == Packing::none && (name == "gzip" || name == "x-gzip" || name == "zstd" || !is_binary(bytes))) continue;
    if (packing == Packing::none) {
      return Error{Error::Code::not_text, "the body is packed as '" + name +
                       "', which is not read: unpack it first", options.source};
    }
    Buffered unpacked(unpack(from_memory(std::move(bytes)), packing, options));
    std::optional<std::string> plain = unpacked.rest(options.max_bytes);
    if (unpacked.error()) {
      // A page that is cut off is still a page.
      if (unpacked.error()->code != Error::Code::malformed || !plain || plain->empty()) return *unpacked.error();
    }
    if (!plain) {
      return Error{Error::Code::too_large, "the body unpacks to more than the limit of " +
                       std::to_string(options.max_bytes) + " bytes: raise the limit", options.source};
    }
    bytes = std::move(*plain);
  }
  return bytes;
}

}  // namespace parley::page
