#include "text/utf8.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/utf8.h>

#include <string>
#include <vector>

namespace parley {
namespace {

// ICU's repair, which follows the same rule: the independent twin.
std::string repaired_by_icu(const std::string& text) {
  std::string out;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, i, size, c);
    append_utf8(out, static_cast<char32_t>(c));
  }
  return out;
}

// Bytes among which the ill-formed are frequent and nearly right.
rc::Gen<std::string> nasty_bytes() {
  const auto piece = rc::gen::element<std::string>(
      "a", " ", "\x80", "\xBF", "\xC0\x80", "\xC2", "é", "\xE0\x80", "\xE2\x82", "€", "\xED\xA0\x80",
      "\xF0\x9F\x98", "😀", "\xF4\x90\x80\x80", "\xF8", "\xFF", std::string(1, '\0'));
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                      [](const std::vector<std::string>& pieces) {
                        std::string out;
                        for (const std::string& p : pieces) out += p;
                        return out;
                      });
}

RC_GTEST_PROP(Utf8, RepairAgreesWithIcu, ()) {
  const std::string text = *nasty_bytes();
  const std::string repaired = repair_utf8(text);
  RC_ASSERT(repaired == repaired_by_icu(text));
  RC_ASSERT(is_valid_utf8(repaired));
  RC_ASSERT(repair_utf8(repaired) == repaired);
  RC_ASSERT(is_valid_utf8(text) == (repaired == text));
}

RC_GTEST_PROP(Utf8, WhatIsAppendedIsDecoded, (std::uint32_t seed)) {
  const char32_t value = seed % 0x110000;
  RC_PRE(value < 0xD800 || value > 0xDFFF);
  std::string text = "x";
  append_utf8(text, value);
  const CodePoint forward = decode_utf8(text, 1);
  RC_ASSERT(forward.valid && forward.value == value && forward.size + 1 == text.size());
  const CodePoint backward = decode_utf8_before(text, text.size());
  RC_ASSERT(backward.valid && backward.value == value && backward.size == forward.size);
}

TEST(Utf8, TableOfIllFormedSequences) {
  struct Case {
    const char* what;
    std::string bytes;
    std::string repaired;
  };
  const Case cases[] = {
      {"lone continuation", "\x80", "\uFFFD"},
      {"overlong slash: two pieces, neither a prefix of anything", "\xC0\xAF", "\uFFFD\uFFFD"},
      {"surrogate half", "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
      {"three of four bytes", "\xF0\x9F\x98", "\uFFFD"},
      {"above U+10FFFF", "\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},
      {"Unicode's own example (table 3-8)", "a\xF1\x80\x80\xE1\x80\xC2" "b\x80" "c\x80\xBF" "d",
       "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd"},
  };
  for (const Case& c : cases) EXPECT_EQ(repair_utf8(c.bytes), c.repaired) << c.what;
}

TEST(Utf8, TheFirstInvalidByteIsNamed) {
  EXPECT_EQ(first_invalid_utf8("0123456789abcdef\xC3"), 16U);
  EXPECT_EQ(first_invalid_utf8("all is well"), std::string_view::npos);
}

}  // namespace
}  // namespace parley
