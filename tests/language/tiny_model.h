// A model file of a few thousand random weights, so that tests need no real one. Its labels mean nothing,
// but they are the same on every machine.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace parley::test {

struct TinyTensor {
  std::string type;  // F32, F16, I8, U8
  std::vector<std::size_t> shape;
  std::string bytes;
};

class TinyModel {
 public:
  TinyModel();

  std::map<std::string, TinyTensor> tensors;
  std::map<std::string, std::string> metadata;

  /// The safetensors file, with the fingerprint of its bytes.
  std::string bytes() const;
  /// Writes it into the test's temporary folder; gives the path.
  std::string write(const std::string& name) const;

  void add_text(const std::string& name, std::string_view text);
  void add_floats(const std::string& name, std::vector<std::size_t> shape, float size);
  void add_ones(const std::string& name, std::size_t n);
  void add_int8(const std::string& name, std::size_t rows, std::size_t columns, float size);

 private:
  void add_linear(const std::string& name, std::size_t out, std::size_t in);
  void add_layer(const std::string& name, std::size_t width, std::size_t intermediate);
  float random();  // in [-1, 1)
  std::uint64_t state_ = 88172645463325252ull;
};

}  // namespace parley::test
