#include "page/byte_stream.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <utility>

namespace parley::page {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 16;

class FileStream : public ByteStream {
 public:
  FileStream(int descriptor, bool owned, std::string path)
      : descriptor_(descriptor), owned_(owned), path_(std::move(path)) {}
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;
  ~FileStream() override {
    if (owned_) ::close(descriptor_);
  }

  std::size_t read(char* to, std::size_t size) override {
    if (error_) return 0;
    for (;;) {
      const ssize_t got = ::read(descriptor_, to, size);
      if (got >= 0) {
        position_ += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
      }
      if (errno == EINTR) continue;
      error_ = Error{Error::Code::unreadable,
                     std::string("reading stopped: ") + std::strerror(errno) + "; what came before was read",
                     path_ + ": byte " + std::to_string(position_)};
      return 0;
    }
  }
  const std::optional<Error>& error() const override { return error_; }
  std::uint64_t position() const override { return position_; }

 private:
  int descriptor_;
  bool owned_;
  std::string path_;
  std::optional<Error> error_;
  std::uint64_t position_ = 0;
};

class MemoryStream : public ByteStream {
 public:
  explicit MemoryStream(std::string bytes) : bytes_(std::move(bytes)) {}
  std::size_t read(char* to, std::size_t size) override {
    const std::size_t part = std::min(size, bytes_.size() - position_);
    std::memcpy(to, bytes_.data() + position_, part);
    position_ += part;
    return part;
  }
  const std::optional<Error>& error() const override { return none_; }
  std::uint64_t position() const override { return position_; }

 private:
  std::string bytes_;
  std::size_t position_ = 0;
  std::optional<Error> none_;
};

// Bytes that were looked at already, and the stream they came from.
class ChainedStream : public ByteStream {
 public:
  ChainedStream(std::string front, std::unique_ptr<ByteStream> rest)
      : front_(std::move(front)), rest_(std::move(rest)) {}

  std::size_t read(char* to, std::size_t size) override {
    if (begin_ == front_.size()) return rest_->read(to, size);
    const std::size_t part = std::min(size, front_.size() - begin_);
    std::memcpy(to, front_.data() + begin_, part);
    begin_ += part;
    return part;
  }
  const std::optional<Error>& error() const override { return rest_->error(); }
  std::uint64_t position() const override { return rest_->position() - (front_.size() - begin_); }

 private:
  std::string front_;
  std::size_t begin_ = 0;
  std::unique_ptr<ByteStream> rest_;
};

// Waits until somebody writes into the FIFO. Opened without blocking, a FIFO that nobody has ever opened
// for writing polls as quiet; once a writer came, as readable or hung up.
bool has_writer(int fifo, double seconds) {
  pollfd wanted{fifo, POLLIN, 0};
  const double milliseconds = seconds > 0 ? std::min(std::ceil(seconds * 1000), 2e9) : -1;
  for (;;) {
    const int ready = ::poll(&wanted, 1, static_cast<int>(milliseconds));
    if (ready < 0 && errno == EINTR) continue;
    return ready > 0;
  }
}

}  // namespace

std::unique_ptr<ByteStream> from_memory(std::string bytes) {
  return std::make_unique<MemoryStream>(std::move(bytes));
}

Result<std::unique_ptr<ByteStream>> open_file(const std::string& path, const ReadOptions& options) {
  if (path == "-") return std::unique_ptr<ByteStream>(new FileStream(STDIN_FILENO, false, path));
  // Without blocking, since a FIFO would otherwise hold the whole batch until somebody writes.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) {
    const bool missing = errno == ENOENT || errno == ENOTDIR;
    return Error{missing ? Error::Code::not_found : Error::Code::unreadable,
                 missing ? "no such file: check the path; it may have been moved while the batch was read"
                         : std::string("cannot be opened: ") + std::strerror(errno),
                 path};
  }
  auto stream = std::make_unique<FileStream>(descriptor, true, path);
  struct stat facts{};
  if (::fstat(descriptor, &facts) == 0) {
    if (S_ISDIR(facts.st_mode)) {
      return Error{Error::Code::usage, "is a folder: name the files in it", path};
    }
    if (S_ISFIFO(facts.st_mode) && !has_writer(descriptor, options.max_seconds)) {
      return Error{Error::Code::unreadable,
                   "nobody wrote into this FIFO: start its writer first, or raise the time limit", path};
    }
  }
  const int flags = ::fcntl(descriptor, F_GETFL);
  if (flags >= 0) ::fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK);
  return std::unique_ptr<ByteStream>(std::move(stream));
}

std::unique_ptr<ByteStream> Buffered::release() {
  return std::make_unique<ChainedStream>(std::string(view()), std::move(stream_));
}

bool Buffered::fill() {
  if (ended_) return false;
  // What is left moves to the front; for a long peek this happens once a doubling, not once a piece.
  if (begin_ > 0 && begin_ >= buffer_.size() / 2) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  const std::size_t before = buffer_.size();
  if (buffer_.capacity() < before + kPiece) buffer_.reserve(std::max(before + kPiece, before * 2));
  buffer_.resize(before + kPiece);
  const std::size_t got = stream_->read(buffer_.data() + before, kPiece);
  buffer_.resize(before + got);
  ended_ = got == 0;
  return got > 0;
}

std::uint64_t Buffered::skip(std::uint64_t size) {
  std::uint64_t left = size;
  while (left > 0 && !peek(1).empty()) {
    const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(left, view().size()));
    drop(part);
    left -= part;
  }
  return size - left;
}

std::optional<std::string> Buffered::rest(std::size_t limit) {
  std::string out;
  while (out.size() <= limit && !peek(1).empty()) {
    out += view();
    drop(view().size());
  }
  if (out.size() > limit) return std::nullopt;
  return out;
}

std::optional<Buffered::Line> Buffered::line(std::size_t limit) {
  Line out;
  bool any = false;
  while (!peek(1).empty()) {
    any = true;
    const std::string_view ahead = view();
    const std::size_t end = ahead.find('\n');
    const std::string_view part = ahead.substr(0, end);
    if (out.whole && out.text.size() + part.size() <= limit) {
      out.text += part;
    } else if (out.whole) {
      out.whole = false;
      out.text.resize(std::min<std::size_t>(out.text.size(), 4096));
      if (out.text.empty()) out.text = part.substr(0, 4096);
      out.text.shrink_to_fit();
    }
    drop(part.size() + (end == std::string_view::npos ? 0 : 1));
    out.ended = end != std::string_view::npos;
    if (out.ended) break;
  }
  if (!any) return std::nullopt;
  if (!out.text.empty() && out.text.back() == '\r') out.text.pop_back();
  return out;
}

void Buffered::put_back(std::string_view bytes) {
  if (bytes.size() <= begin_) {
    begin_ -= bytes.size();
    std::memcpy(buffer_.data() + begin_, bytes.data(), bytes.size());
  } else {
    buffer_.replace(0, begin_, bytes);
    begin_ = 0;
  }
  offset_ -= std::min<std::uint64_t>(offset_, bytes.size());
}

}  // namespace parley::page
