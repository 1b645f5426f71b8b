// The model file: a safetensors file of known metadata, mapped into memory. See docs/model-format.md.
//
// Nothing in the file is trusted: the header's length, every offset, type and shape is checked before a
// byte of a tensor is looked at, and the fingerprint in the header must be that of the bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parley/result.h"

namespace parley {

enum class TensorType : std::uint8_t { f32, f16, i8, u8 };

/// A view of one tensor; its bytes may stand at any alignment.
struct TensorView {
  TensorType type = TensorType::u8;
  std::vector<std::size_t> shape;
  std::span<const std::byte> bytes;

  std::size_t rows() const { return shape.empty() ? 1 : shape[0]; }
  std::size_t size() const;
  std::string_view text() const {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  std::span<const std::int8_t> int8() const {
    return {reinterpret_cast<const std::int8_t*>(bytes.data()), bytes.size()};
  }
};

class ModelFile {
 public:
  /// Maps the file and checks it.
  static Result<std::shared_ptr<const ModelFile>> open(const std::filesystem::path& path);
  /// The same over bytes in memory, which must outlive it. `where` names them in errors.
  static Result<std::shared_ptr<const ModelFile>> from_bytes(std::span<const std::byte> bytes,
                                                             std::string where);

  ModelFile(const ModelFile&) = delete;
  ModelFile& operator=(const ModelFile&) = delete;
  ~ModelFile();

  const std::string& fingerprint() const { return fingerprint_; }
  const std::string& where() const { return where_; }
  /// A metadata string, empty when absent.
  std::string_view metadata(std::string_view key) const;

  /// nullptr when there is none.
  const TensorView* find(std::string_view name) const;
  /// A tensor of this shape (any type), or an error that names it.
  Result<TensorView> tensor(std::string_view name, std::span<const std::size_t> shape) const;
  /// The same as floats: F32 and F16 converted, I8 multiplied with its `.scale`.
  Result<std::vector<float>> floats(std::string_view name, std::span<const std::size_t> shape) const;

  Error damaged(std::string what) const;

 private:
  ModelFile() = default;
  Result<bool> read_header();

  std::span<const std::byte> bytes_;
  void* mapping_ = nullptr;
  std::string where_;
  std::string fingerprint_;
  std::map<std::string, std::string, std::less<>> metadata_;
  std::map<std::string, TensorView, std::less<>> tensors_;
};

/// IEEE 754 binary16.
float half_to_float(std::uint16_t half);

}  // namespace parley
