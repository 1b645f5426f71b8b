// The offset map against a map made by walking.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "parley/document.h"
#include "text/utf8.h"

namespace parley {
namespace {

// Valid UTF-8 of ASCII and of two, three and four bytes, mixed.
rc::Gen<std::string> valid_text() {
  const auto scalar = rc::gen::oneOf(rc::gen::inRange<std::uint32_t>(0, 0x80),
                                     rc::gen::inRange<std::uint32_t>(0x80, 0x800),
                                     rc::gen::inRange<std::uint32_t>(0x800, 0xD800),
                                     rc::gen::inRange<std::uint32_t>(0x10000, 0x110000));
  return rc::gen::map(rc::gen::container<std::vector<std::uint32_t>>(scalar),
                      [](const std::vector<std::uint32_t>& scalars) {
                        std::string out;
                        // Long runs, so that several checkpoints are crossed.
                        for (int repeat = 0; repeat < 3; ++repeat) {
                          for (const std::uint32_t value : scalars) append_utf8(out, value);
                        }
                        return out;
                      });
}

// The slow, obvious twin: for every byte its code point, for every code point its first byte.
struct WalkedMap {
  std::vector<std::uint32_t> code_point_of;
  std::vector<std::uint32_t> byte_of;
  explicit WalkedMap(const std::string& text) {
    for (std::uint32_t byte = 0; byte < text.size(); ++byte) {
      if (!is_continuation(text[byte])) byte_of.push_back(byte);
      code_point_of.push_back(static_cast<std::uint32_t>(byte_of.size()) - 1);
    }
    code_point_of.push_back(static_cast<std::uint32_t>(byte_of.size()));
    byte_of.push_back(static_cast<std::uint32_t>(text.size()));
  }
};

RC_GTEST_PROP(Offsets, AgreeWithTheWalkedMap, ()) {
  const std::string text = *valid_text();
  const OffsetMap map(text);
  const WalkedMap walked(text);
  RC_ASSERT(map.code_points() + 1 == walked.byte_of.size());
  for (std::uint32_t byte = 0; byte <= text.size(); ++byte) {
    RC_ASSERT(map.to_code_point(text, byte) == walked.code_point_of[byte]);
  }
  for (std::uint32_t c = 0; c <= map.code_points(); ++c) {
    RC_ASSERT(map.to_byte(text, c) == walked.byte_of[c]);
  }
}

RC_GTEST_PROP(Offsets, SpansComeBackFromBytes, ()) {
  Document document;
  document.set_text(*valid_text());
  const std::uint32_t size = document.code_points();
  const auto begin = *rc::gen::inRange<std::uint32_t>(0, size + 1);
  const auto end = *rc::gen::inRange<std::uint32_t>(begin, size + 1);
  const Span span{begin, end};
  RC_ASSERT(document.span(document.bytes(span)) == span);
  RC_ASSERT(count_code_points(document.slice(span)) == span.size());
}

TEST(Offsets, CountCodePointsNotBytes) {
  Document document;
  document.set_text("Kyïv: “no”");
  EXPECT_EQ(document.code_points(), 10U);
  EXPECT_EQ(document.slice(Span{6, 10}), "“no”");
  EXPECT_EQ(document.span(ByteRange{0, 5}), (Span{0, 4}));
}

TEST(Offsets, AnEndInsideACodePointTakesItIn) {
  Document document;
  document.set_text("aéb");
  EXPECT_EQ(document.span(ByteRange{0, 2}), (Span{0, 2}));
}

TEST(Offsets, BeyondTheTextIsItsEnd) {
  Document document;
  document.set_text("aéb");
  EXPECT_EQ(document.bytes(Span{2, 99}), (ByteRange{3, 4}));
  EXPECT_EQ(document.span(ByteRange{0, 99}), (Span{0, 3}));
  EXPECT_EQ(document.slice(Span{7, 9}), "");
}

TEST(PlainDocument, IsOneBodySectionOverTheTextAsGiven) {
  const Document document = Document::plain("Headline\n\nBody  with\ttabs.\n");
  EXPECT_EQ(document.text(), "Headline\n\nBody  with\ttabs.\n");
  ASSERT_EQ(document.sections.size(), 1U);
  EXPECT_EQ(document.sections[0].kind, SectionKind::body);
  EXPECT_EQ(document.sections[0].span, (Span{0, document.code_points()}));
  EXPECT_FALSE(document.truncated);
}

TEST(PlainDocument, RepairsEachMaximalSubpartWithOneReplacement) {
  EXPECT_EQ(Document::plain("a\xE2\x82" "b").text(), "a\uFFFDb");
}

}  // namespace
}  // namespace parley
