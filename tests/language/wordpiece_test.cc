// Words to pieces, as BERT's uncased tokeniser cuts them.
#include "language/wordpiece.h"

#include <gtest/gtest.h>

#include "language/model_file.h"
#include "language/tiny_model.h"

namespace parley {
namespace {

constexpr std::string_view kVocabulary =
    "[UNK]\n[CLS]\n[SEP]\nal\n-\nhas\n##aka\n##h\nmalaga\nrebel\n##s\n北\n##a\na\n.\nu\n";

class WordPieceTest : public ::testing::Test {
 protected:
  std::vector<Piece> pieces(std::string_view word, std::size_t most = 100) const {
    std::vector<Piece> out;
    word_piece_.append(word, most, out);
    return out;
  }
  std::string bytes_ = test::TinyModel().bytes();
  std::shared_ptr<const ModelFile> file_ =
      ModelFile::from_bytes(std::as_bytes(std::span(bytes_)), "tiny").value();
  WordPiece word_piece_ = WordPiece::make(kVocabulary, *file_).value();
};

TEST_F(WordPieceTest, CutsGreedilyIntoTheLongestPieces) {
  EXPECT_EQ(pieces("rebels"), (std::vector<Piece>{9, 10}));
  EXPECT_EQ(pieces("Al-Hasakah"), (std::vector<Piece>{3, 4, 5, 6, 7}));
}

TEST_F(WordPieceTest, TakesAccentsAndCaseOff) {
  EXPECT_EQ(pieces("Málaga"), (std::vector<Piece>{8}));
  EXPECT_EQ(pieces("Ma\xCC\x81laga"), (std::vector<Piece>{8}));
  EXPECT_EQ(pieces("U.A."), (std::vector<Piece>{15, 14, 13, 14}));
}

TEST_F(WordPieceTest, LetsIdeographsStandAlone) { EXPECT_EQ(pieces("北a"), (std::vector<Piece>{11, 13})); }

TEST_F(WordPieceTest, IsUnknownWhereNoPieceFitsAndWhereNothingIsLeft) {
  EXPECT_EQ(pieces("rebelz"), (std::vector<Piece>{0}));
  EXPECT_EQ(pieces("\xC2\xAD"), (std::vector<Piece>{0}));
  EXPECT_EQ(pieces(""), (std::vector<Piece>{0}));
  EXPECT_EQ(pieces(std::string(101, 'a')), (std::vector<Piece>{0}));
  EXPECT_EQ(pieces(std::string(100, 'a')).size(), 100u);
}

TEST_F(WordPieceTest, GivesNoMoreThanItIsAskedFor) {
  EXPECT_EQ(pieces(std::string(1000000, '-'), 48).size(), 48u);
  EXPECT_EQ(pieces(std::string(90, 'a'), 5).size(), 5u);
}

TEST_F(WordPieceTest, NeedsItsSpecialPieces) {
  EXPECT_FALSE(WordPiece::make("a\nb\n", *file_).ok());
  EXPECT_FALSE(WordPiece::make("", *file_).ok());
}

TEST(CaseOf, LooksAtTheWholeWordsLetters) {
  EXPECT_EQ(case_of("troops"), 0);
  EXPECT_EQ(case_of("2024"), 0);
  EXPECT_EQ(case_of("Goma"), 1);
  EXPECT_EQ(case_of("A"), 1);
  EXPECT_EQ(case_of("Élan"), 1);
  EXPECT_EQ(case_of("U.S."), 2);
  EXPECT_EQ(case_of("NGOs"), 3);
  EXPECT_EQ(case_of("iPhone"), 3);
}

}  // namespace
}  // namespace parley
