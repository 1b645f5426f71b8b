// Bytes of an input as they come: a file, standard input, a FIFO, each perhaps packed with gzip or zstd.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "page/page.h"
#include "parley/result.h"

namespace parley::page {

/// A source that is read once, from its beginning to its end.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// Up to `size` bytes; 0 at the end, and after an error.
  virtual std::size_t read(char* to, std::size_t size) = 0;
  /// Why it ended, when that was no proper end.
  virtual const std::optional<Error>& error() const = 0;
  /// How many bytes of the file itself were read.
  virtual std::uint64_t position() const = 0;
};

/// A file, or standard input for "-". A FIFO is waited for, `options.max_seconds` at most.
/// Errors: usage (a folder), not_found, unreadable.
Result<std::unique_ptr<ByteStream>> open_file(const std::string& path, const ReadOptions& options);

/// Bytes that are there already.
std::unique_ptr<ByteStream> from_memory(std::string bytes);

enum class Packing : std::uint8_t { none, gzip, zstd };
/// By the first bytes.
Packing packing_of(std::string_view bytes);

/// What `packed` unpacks to: any number of gzip members or zstd frames, one after the other; of zstd also
/// with the dictionary that web archives have in front (a skippable frame 0x184D2A5D, plain or packed).
/// Errors of the stream: malformed (damaged, cut off), too_large (more than `options.max_ratio` times its
/// size unpacked, looked at from 64 MiB on, member by member), each with the byte of the file.
std::unique_ptr<ByteStream> unpack(std::unique_ptr<ByteStream> packed, Packing packing,
                                   const ReadOptions& options);

/// The bytes of an HTTP body under its Content-Encoding ("gzip", "deflate", "zstd", several with commas).
/// Errors: malformed, too_large.
Result<std::string> decode_content(std::string bytes, std::string_view encodings,
                                   const ReadOptions& options);

/// A stream with a view to what comes. Memory: what is asked for, and a piece more.
class Buffered {
 public:
  explicit Buffered(std::unique_ptr<ByteStream> stream) : stream_(std::move(stream)) {}

  /// What is buffered, after trying to have `size` bytes of it. Valid until the next call.
  std::string_view peek(std::size_t size) {
    while (view().size() < size && fill()) {
    }
    return view();
  }
  /// Passes `size` buffered bytes over.
  void drop(std::size_t size) {
    begin_ += size;
    offset_ += size;
  }
  /// Passes over up to `size` bytes that need not be buffered; how many there were.
  std::uint64_t skip(std::uint64_t size);
  /// Everything that is left; nothing when that is more than `limit`.
  std::optional<std::string> rest(std::size_t limit);

  struct Line {
    std::string text;
    bool whole = true;   ///< false: longer than the limit; its first 4096 bytes are kept
    bool ended = false;  ///< by a line end, not by the end of the data
  };
  /// The next line without its end, or nothing when there is none.
  std::optional<Line> line(std::size_t limit);
  /// Puts bytes that were taken by mistake back to the front.
  void put_back(std::string_view bytes);

  bool at_end() { return peek(1).empty(); }
  /// Of what is unpacked.
  std::uint64_t offset() const { return offset_; }
  const ByteStream& stream() const { return *stream_; }
  const std::optional<Error>& error() const { return stream_->error(); }
  /// The whole of it as a stream again, what is buffered first. Not to be used afterwards.
  std::unique_ptr<ByteStream> release();

 private:
  std::string_view view() const { return std::string_view(buffer_).substr(begin_); }
  bool fill();

  std::unique_ptr<ByteStream> stream_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::uint64_t offset_ = 0;
  bool ended_ = false;
};

}  // namespace parley::page
