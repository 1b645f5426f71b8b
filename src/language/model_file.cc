#include "language/model_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <bit>
#include <cstdio>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

namespace parley {
namespace {

constexpr std::size_t kLargestHeader = 64u << 20;
constexpr const char* kRemedy =
    "; install the model file that belongs to this version of parley again (or point PARLEY_MODEL at one)";

std::size_t width(TensorType type) {
  switch (type) {
    case TensorType::f32: return 4;
    case TensorType::f16: return 2;
    case TensorType::i8: return 1;
    case TensorType::u8: return 1;
  }
  return 1;
}

bool type_from_name(const std::string& name, TensorType& type) {
  if (name == "F32") type = TensorType::f32;
  else if (name == "F16") type = TensorType::f16;
  else if (name == "I8") type = TensorType::i8;
  else if (name == "U8") type = TensorType::u8;
  else return false;
  return true;
}

std::string shape_text(std::span<const std::size_t> shape) {
  std::string out = "[";
  for (std::size_t n : shape) {
    if (out.size() > 1) out += ", ";
    out += std::to_string(n);
  }
  return out + "]";
}

std::string hex(std::uint64_t value) {
  char buffer[17];
  std::snprintf(buffer, sizeof buffer, "%016llx", static_cast<unsigned long long>(value));
  return buffer;
}

}  // namespace

std::size_t TensorView::size() const {
  std::size_t n = 1;
  for (std::size_t s : shape) n *= s;
  return n;
}

float half_to_float(std::uint16_t half) {
  const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000u) << 16;
  const std::uint32_t exponent = (half >> 10) & 0x1Fu;
  const std::uint32_t fraction = half & 0x3FFu;
  if (exponent == 0x1F) return std::bit_cast<float>(sign | 0x7F800000u | (fraction << 13));
  if (exponent != 0) return std::bit_cast<float>(sign | ((exponent + 112) << 23) | (fraction << 13));
  const float small = static_cast<float>(fraction) * 0x1p-24f;
  return sign ? -small : small;
}

Error ModelFile::damaged(std::string what) const {
  return Error{Error::Code::mismatch, "damaged model file: " + std::move(what) + kRemedy, where_};
}

Result<std::shared_ptr<const ModelFile>> ModelFile::open(const std::filesystem::path& path) {
  const std::string where = path.string();
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      return Error{Error::Code::not_found,
                   "no model file here; install parley's models, or name one with --model or PARLEY_MODEL",
                   where};
    }
    return Error{Error::Code::unreadable, std::string("cannot open the model file: ") + std::strerror(errno),
                 where};
  }
  struct stat status{};
  if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(file);
    return Error{Error::Code::unreadable, "the model is not a file; name one with --model or PARLEY_MODEL",
                 where};
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  void* mapping = size == 0 ? nullptr : ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  ::close(file);
  if (size == 0) return Error{Error::Code::empty, std::string("empty model file") + kRemedy, where};
  if (mapping == MAP_FAILED) {
    return Error{Error::Code::unreadable, std::string("cannot map the model file: ") + std::strerror(errno),
                 where};
  }
  std::shared_ptr<ModelFile> model(new ModelFile);
  model->mapping_ = mapping;
  model->bytes_ = {static_cast<const std::byte*>(mapping), size};
  model->where_ = where;
  if (auto read = model->read_header(); !read) return read.error();
  return std::shared_ptr<const ModelFile>(std::move(model));
}

Result<std::shared_ptr<const ModelFile>> ModelFile::from_bytes(std::span<const std::byte> bytes,
                                                               std::string where) {
  std::shared_ptr<ModelFile> model(new ModelFile);
  model->bytes_ = bytes;
  model->where_ = std::move(where);
  if (auto read = model->read_header(); !read) return read.error();
  return std::shared_ptr<const ModelFile>(std::move(model));
}

ModelFile::~ModelFile() {
  if (mapping_) ::munmap(mapping_, bytes_.size());
}

Result<bool> ModelFile::read_header() {
  if (bytes_.size() < 8) return damaged("it is shorter than a header");
  std::uint64_t header_size = 0;
  for (std::size_t i = 8; i-- > 0;) {
    header_size = (header_size << 8) | std::to_integer<std::uint64_t>(bytes_[i]);
  }
  if (header_size > kLargestHeader || header_size > bytes_.size() - 8) {
    return damaged("its header would be " + std::to_string(header_size) +
                   " bytes long; this is no safetensors file, or it is cut off");
  }
  const auto* begin = reinterpret_cast<const char*>(bytes_.data()) + 8;
  const std::span<const std::byte> data = bytes_.subspan(8 + header_size);
  using Json = nlohmann::json;
  // Depth is what a hostile header could use up the stack with.
  const Json header = Json::parse(
      begin, begin + header_size,
      [](int depth, Json::parse_event_t, Json&) { return depth <= 8; }, false);
  if (!header.is_object()) return damaged("its header is no JSON object");

  if (const auto metadata = header.find("__metadata__"); metadata != header.end() && metadata->is_object()) {
    for (const auto& [key, value] : metadata->items()) {
      if (value.is_string()) metadata_[key] = value.get<std::string>();
    }
  }
  if (metadata("format") != "parley-model") {
    return Error{Error::Code::mismatch,
                 std::string("a safetensors file, but no parley model") + kRemedy, where_};
  }
  if (metadata("format_version") != "1") {
    return Error{Error::Code::mismatch,
                 "the model file is of format version '" + std::string(metadata("format_version")) +
                     "', this program reads version 1" + kRemedy,
                 where_};
  }

  for (const auto& [key, value] : header.items()) {
    if (key == "__metadata__") continue;
    TensorView tensor;
    const auto type = value.is_object() ? value.find("dtype") : value.end();
    const auto shape = value.is_object() ? value.find("shape") : value.end();
    const auto offsets = value.is_object() ? value.find("data_offsets") : value.end();
    if (!value.is_object() || type == value.end() || shape == value.end() || offsets == value.end() ||
        !type->is_string() || !shape->is_array() || shape->size() > 4 || !offsets->is_array() ||
        offsets->size() != 2 || !(*offsets)[0].is_number_unsigned() ||
        !(*offsets)[1].is_number_unsigned()) {
      return damaged("tensor '" + key + "' has no proper dtype, shape and data_offsets");
    }
    if (!type_from_name(type->get<std::string>(), tensor.type)) {
      return damaged("tensor '" + key + "' has the type " + type->get<std::string>());
    }
    std::size_t count = 1;
    for (const Json& n : *shape) {
      if (!n.is_number_unsigned()) return damaged("tensor '" + key + "' has a strange shape");
      const auto extent = n.get<std::uint64_t>();
      if (extent != 0 && count > std::numeric_limits<std::uint32_t>::max() / extent) {
        return damaged("tensor '" + key + "' is too large");
      }
      count *= extent;
      tensor.shape.push_back(extent);
    }
    const auto first = (*offsets)[0].get<std::uint64_t>();
    const auto last = (*offsets)[1].get<std::uint64_t>();
    if (last < first || last > data.size()) {
      return damaged("tensor '" + key + "' lies outside the file; it may be cut off");
    }
    if (last - first != count * width(tensor.type)) {
      return damaged("tensor '" + key + "' has not the size of its shape");
    }
    tensor.bytes = data.subspan(first, last - first);
    tensors_.emplace(key, std::move(tensor));
  }

  fingerprint_ = hex(XXH3_64bits(data.data(), data.size()));
  if (fingerprint_ != metadata("fingerprint")) {
    return damaged("its fingerprint is " + fingerprint_ + " where " +
                   std::string(metadata("fingerprint")) + " was written");
  }
  return true;
}

std::string_view ModelFile::metadata(std::string_view key) const {
  const auto found = metadata_.find(key);
  return found == metadata_.end() ? std::string_view{} : std::string_view(found->second);
}

const TensorView* ModelFile::find(std::string_view name) const {
  const auto found = tensors_.find(name);
  return found == tensors_.end() ? nullptr : &found->second;
}

Result<TensorView> ModelFile::tensor(std::string_view name, std::span<const std::size_t> shape) const {
  const TensorView* found = find(name);
  if (!found) return damaged("it has no tensor '" + std::string(name) + "'");
  if (!std::equal(shape.begin(), shape.end(), found->shape.begin(), found->shape.end())) {
    return damaged("tensor '" + std::string(name) + "' is " + shape_text(found->shape) + " where " +
                   shape_text(shape) + " was expected");
  }
  return *found;
}

Result<std::vector<float>> ModelFile::floats(std::string_view name,
                                             std::span<const std::size_t> shape) const {
  const auto view = tensor(name, shape);
  if (!view) return view.error();
  std::vector<float> out(view->size());
  const std::byte* bytes = view->bytes.data();
  switch (view->type) {
    case TensorType::f32:
      if (!out.empty()) std::memcpy(out.data(), bytes, view->bytes.size());
      break;
    case TensorType::f16:
      for (std::size_t i = 0; i < out.size(); ++i) {
        std::uint16_t half = 0;
        std::memcpy(&half, bytes + 2 * i, 2);
        out[i] = half_to_float(half);
      }
      break;
    case TensorType::i8: {
      const std::size_t rows[] = {view->rows()};
      const auto scales = floats(std::string(name) + ".scale", rows);
      if (!scales) return scales.error();
      const std::size_t row = rows[0] == 0 ? 0 : out.size() / rows[0];
      const auto values = view->int8();
      for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<float>(values[i]) * (*scales)[i / row];
      break;
    }
    case TensorType::u8: return damaged("tensor '" + std::string(name) + "' holds no numbers");
  }
  return out;
}

}  // namespace parley
