// Where quotations begin and end: paragraphs above ("|" between them, "~" glues a token to the next), below
// the words of each quotation with its marks; ">>" after one that goes on in the next paragraph.
#include "record/report_fixture.h"
#include "record/statement_quotes.h"

namespace parley {
namespace {

std::string quotations_of(const std::string& text) {
  std::string lines = "# newpar\n";
  std::stringstream in(text);
  int number = 0;
  for (std::string token; in >> token;) {
    if (token == "|") {
      lines += "\n# newpar\n";
      number = 0;
      continue;
    }
    const std::string bare = token.size() > 1 && token.back() == '~' ? token.substr(0, token.size() - 1) : token;
    const bool mark = bare == "\"" || bare == "'" || bare == "\u201C" || bare == "\u201D" || bare == "," || bare == ".";
    ++number;
    lines += token + ' ' + bare + (mark ? " PUNCT . " : " NOUN NN ") + (number == 1 ? "0 root" : "1 dep") + '\n';
  }
  ReadReport report(read_report(lines));
  std::string out;
  for (const Quotation& quotation : find_quotations(report.context).list) {
    out += (out.empty() ? "" : " / ") + std::string(report.context.slice(quotation.words)) +
           (quotation.goes_on ? " >>" : "");
  }
  return out;
}

TEST(Quotations, PairsOfMarks) {
  EXPECT_EQ(quotations_of("\u201C~ We left ,~ \u201D he said . \u201C~ All of us .~ \u201D"),
            "\u201CWe left ,\u201D / \u201CAll of us .\u201D");
  EXPECT_EQ(quotations_of("The \"~ line~ \" and the \"~ wall~ \" fell ."), "\"line\" / \"wall\"");
}

TEST(Quotations, SpeechOfSeveralParagraphs) {
  EXPECT_EQ(quotations_of("\u201C~ We left . | \u201C~ We came back .~ \u201D"),
            "\u201CWe left . >> / \u201CWe came back .\u201D");
}

TEST(Quotations, AMarkThatNothingClosesIsASlip) {
  EXPECT_EQ(quotations_of("The \u201C~ line fell . | Nobody saw it ."), "");
}

TEST(Quotations, ApostrophesOpenNothing) {
  EXPECT_EQ(quotations_of("The rebels~ ' camp and the army~ 's camp fell ."), "");
  EXPECT_EQ(quotations_of("He said '~ never~ ' and left ."), "'never'");
}

// Cost: a paragraph of nothing but opening marks stays cheap.
TEST(Quotations, OnlyOpeningMarks) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "\u201C~ a ";
  EXPECT_EQ(quotations_of(text), "");
}

}  // namespace
}  // namespace parley
