// A model file that is missing, damaged or of another kind says so, and what to do; none crashes.
#include "language/model_file.h"

#include <gtest/gtest.h>

#include "language/language.h"
#include "language/model_settings.h"
#include "language/tiny_model.h"

namespace parley {
namespace {

using test::TinyModel;

Result<std::shared_ptr<const ModelFile>> read(const std::string& bytes) {
  return ModelFile::from_bytes(std::as_bytes(std::span(bytes)), "tiny");
}

std::string error_of(const std::string& bytes) {
  const auto file = read(bytes);
  return file.ok() ? "" : file.error().message;
}

TEST(ModelFile, GivesTensorsAndMetadata) {
  const std::string bytes = TinyModel().bytes();
  const auto file = read(bytes);
  ASSERT_TRUE(file.ok()) << file.error().text();
  EXPECT_EQ((*file)->metadata("name"), "tiny");
  EXPECT_EQ((*file)->fingerprint().size(), 16u);
  const std::size_t shape[] = {17, 16};
  EXPECT_TRUE((*file)->floats("arc.biaffine", shape).ok());
  const std::size_t wrong[] = {16, 17};
  EXPECT_NE((*file)->floats("arc.biaffine", wrong).error().message.find("[17, 16]"), std::string::npos);
  EXPECT_NE((*file)->floats("nothing", shape).error().message.find("no tensor 'nothing'"), std::string::npos);
}

TEST(ModelFile, IsRefusedWhenCutOffAnywhere) {
  const std::string bytes = TinyModel().bytes();
  for (std::size_t size : {std::size_t{0}, std::size_t{7}, std::size_t{8}, std::size_t{100}, bytes.size() / 2,
                           bytes.size() - 1}) {
    EXPECT_FALSE(read(bytes.substr(0, size)).ok()) << size;
  }
  EXPECT_NE(error_of(bytes.substr(0, bytes.size() - 1)).find("cut off"), std::string::npos);
}

TEST(ModelFile, IsRefusedWhenAByteHasChanged) {
  std::string bytes = TinyModel().bytes();
  bytes[bytes.size() - 3] ^= 1;
  EXPECT_NE(error_of(bytes).find("fingerprint"), std::string::npos);
  EXPECT_NE(error_of(bytes).find("install"), std::string::npos);
}

TEST(ModelFile, NamesAnotherVersion) {
  TinyModel model;
  model.metadata["format_version"] = "2";
  EXPECT_NE(error_of(model.bytes()).find("version '2'"), std::string::npos);
  model.metadata["format"] = "something else";
  EXPECT_NE(error_of(model.bytes()).find("no parley model"), std::string::npos);
}

TEST(ModelFile, DoesNotTrustShapesAndOffsets) {
  for (const auto& shape : std::vector<std::vector<std::size_t>>{
           {1u << 30, 1u << 30, 1u << 30}, {0xFFFFFFFFFFFFFFFFull}, {5}, {1, 1, 1, 1, 1}}) {
    TinyModel model;
    model.tensors["vocab"].shape = shape;
    EXPECT_FALSE(read(model.bytes()).ok());
  }
  std::string header = R"({"__metadata__":{"format":"parley-model","format_version":"1"},"x":{"dtype":"U8","shape":[4],"data_offsets":[18446744073709551612,18446744073709551615]}})";
  std::string bytes(8, '\0');
  bytes[0] = static_cast<char>(header.size());
  EXPECT_FALSE(read(bytes + header + "abcd").ok());
  EXPECT_FALSE(read(bytes + std::string(200, '[')).ok());
}

TEST(ModelFile, SettingsAreChecked) {
  for (const char* wrong : {"{}", "[]", "", R"({"hidden": -1})", R"({"hidden": 30})", R"({"hidden": 1e9})"}) {
    TinyModel model;
    model.metadata["settings"] = wrong;
    const std::string bytes = model.bytes();
    EXPECT_FALSE(read_settings(**read(bytes)).ok()) << wrong;
  }
}

TEST(LoadLanguage, SaysWhatIsWrongAndWhatToDo) {
  const auto missing = Language::load("/nowhere/model.safetensors", {});
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, Error::Code::not_found);
  EXPECT_EQ(missing.error().where, "/nowhere/model.safetensors");
  EXPECT_NE(missing.error().message.find("PARLEY_MODEL"), std::string::npos);
  const auto folder = Language::load(::testing::TempDir(), {});
  ASSERT_FALSE(folder.ok());
  EXPECT_EQ(folder.error().code, Error::Code::unreadable);

  TinyModel without;
  without.tensors.erase("encoder.1.ffn.in.weight");
  const auto damaged = Language::load(without.write("without.safetensors"), {});
  ASSERT_FALSE(damaged.ok());
  EXPECT_EQ(damaged.error().code, Error::Code::mismatch);
  EXPECT_NE(damaged.error().message.find("encoder.1.ffn.in.weight"), std::string::npos);
}

TEST(HalfToFloat, IsExact) {
  EXPECT_EQ(half_to_float(0x3C00), 1.0f);
  EXPECT_EQ(half_to_float(0xC000), -2.0f);
  EXPECT_EQ(half_to_float(0x0001), 0x1p-24f);
  EXPECT_EQ(half_to_float(0x7BFF), 65504.0f);
  EXPECT_EQ(half_to_float(0x8000), -0.0f);
}

}  // namespace
}  // namespace parley
