// Model files. A changed byte is caught by the fingerprint, so the target writes the right one in again:
// whatever then still loads must label words without harm.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include <xxhash.h>

#include "language/annotator.h"
#include "language/language.h"
#include "language/model_file.h"
#include "language/model_settings.h"

namespace {

/// The same file with the fingerprint of its bytes, or nothing when its header cannot be read.
std::string with_fingerprint(const std::string& bytes) {
  if (bytes.size() < 8) return {};
  std::uint64_t size = 0;
  std::memcpy(&size, bytes.data(), 8);
  if (size > bytes.size() - 8) return {};
  auto header = nlohmann::json::parse(bytes.substr(8, size), nullptr, false);
  if (!header.is_object() || !header.contains("__metadata__") || !header["__metadata__"].is_object()) {
    return {};
  }
  const std::string data = bytes.substr(8 + size);
  char hex[17];
  std::snprintf(hex, sizeof hex, "%016llx",
                static_cast<unsigned long long>(XXH3_64bits(data.data(), data.size())));
  header["__metadata__"]["fingerprint"] = hex;
  const std::string text = header.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  std::string out(8, '\0');
  size = text.size();
  std::memcpy(out.data(), &size, 8);
  return out + text + data;
}

void label_some_words(const std::shared_ptr<const parley::ModelFile>& file) {
  using namespace parley;
  (void)read_samples(*file);
  const OneThread one_thread;
  const auto annotator = Annotator::load(file, Precision::int8);
  if (!annotator.ok()) return;
  AnalysisBuilder builder;
  for (const char* word : {"The", "rebels", "met", "envoys", ",", "Al-Hasakah", "fled", "."}) {
    builder.add_word(word, {0, 1});
  }
  AnnotatorScratch scratch;
  annotator->annotate(scratch, builder);
  (void)std::move(builder).build();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  (void)ModelFile::from_bytes(std::as_bytes(std::span(bytes)), "fuzz");
  const std::string mended = with_fingerprint(bytes);
  if (mended.empty()) return 0;
  const auto file = ModelFile::from_bytes(std::as_bytes(std::span(mended)), "fuzz");
  if (file.ok()) label_some_words(*file);
  return 0;
}
