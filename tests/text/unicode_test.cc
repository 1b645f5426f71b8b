#include "text/unicode.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "parley/result.h"
#include "text/hash.h"
#include "text/utf8.h"

namespace parley {
namespace {

TEST(Unicode, ComposesToNfc) {
  EXPECT_EQ(nfc("Kyi\u0308v"), "Kyïv");
  EXPECT_EQ(nfc("plain"), "plain");
  EXPECT_TRUE(is_nfc("Kyïv"));
  EXPECT_FALSE(is_nfc("Kyi\u0308v"));
}

TEST(Unicode, LowersBeyondAscii) {
  EXPECT_EQ(to_lower("ÎLE de la CITÉ"), "île de la cité");
  EXPECT_EQ(to_lower("UN"), "un");
  EXPECT_EQ(fold_case("STRASSE"), fold_case("Straße"));
}

TEST(Unicode, InvisibleCharactersAreNoPartOfASpelling) {
  EXPECT_EQ(spelling("cease\u00ADfire"), "ceasefire");
  EXPECT_EQ(spelling("\uFEFFtruce\u200B"), "truce");
  EXPECT_EQ(spelling("e\u2060\u0301lite"), "élite") << "the accent finds its letter";
}

TEST(Unicode, JoinersBelongToTheSpelling) {
  EXPECT_EQ(spelling("می\u200Cخواهم"), "می\u200Cخواهم");
}

TEST(Unicode, TrimsEveryKindOfSpace) {
  EXPECT_EQ(trim("\u00A0\u2003 talks \u3000\n"), "talks");
  EXPECT_EQ(trim(" \t "), "");
}

RC_GTEST_PROP(Unicode, LoweringAsciiIsTheShortWayOfTheLongOne, (const std::string& bytes)) {
  std::string ascii;
  for (const char c : bytes) ascii += static_cast<char>(c & 0x7F);
  // An accent at the end sends the text the long way.
  RC_ASSERT(to_lower(ascii + "É") == to_lower(ascii) + "é");
}

RC_GTEST_PROP(Unicode, NfcIsStable, (const std::string& bytes)) {
  const std::string composed = nfc(repair_utf8(bytes));
  RC_ASSERT(is_nfc(composed));
  RC_ASSERT(nfc(composed) == composed);
}

TEST(Hash, IsStableAcrossVersions) {
  // XXH3's published value for no bytes.
  EXPECT_EQ(fingerprint_hex(""), "2d06800538d394c2");
  EXPECT_EQ(fingerprint_hex("a").size(), 16U);
}

TEST(Hash, PiecesAreKeptApart) {
  Fingerprint one;
  one.add("ab");
  one.add("c");
  Fingerprint other;
  other.add("a");
  other.add("bc");
  EXPECT_NE(one.hex(), other.hex());
}

TEST(ErrorCodes, HaveTheirNames) {
  EXPECT_STREQ(name(Error::Code::not_text), "not_text");
  EXPECT_STREQ(name(Error::Code::too_large), "too_large");
}

}  // namespace
}  // namespace parley
