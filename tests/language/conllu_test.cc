// CoNLL-U in and out: what is read is what was written, and what is wrong is named with its line.
#include "language/conllu.h"

#include <gtest/gtest.h>

#include <string>

namespace parley {
namespace {

// Tabs are tiresome to read: these texts are written with runs of blanks and mended here.
std::string tabbed(const std::string& text) {
  std::string out;
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t end = text.find('\n', begin);
    if (end == std::string::npos) end = text.size();
    const std::string line = text.substr(begin, end - begin);
    bool space = false;
    for (char c : line) {
      if (c == ' ' && line[0] != '#') {
        space = true;
        continue;
      }
      if (space) out += '\t';
      space = false;
      out += c;
    }
    out += '\n';
    begin = end + 1;
  }
  return out;
}

const char* const kFixture = R"(# newdoc
# global.Entity = eid-etype-head-form
# newpar
# sent_id = talks-1
# text = Envoys didn't meet rebels.
1   Envoys envoy  NOUN  NNS Number=Plur 4 nsubj _ Entity=(1-_-1-nominal)
2-3 didn't _      _     _   _           _ _     _ _
2   did    do     AUX   VBD _           4 aux   _ _
3   n't    not    PART  RB  _           4 advmod _ _
4   meet   meet   VERB  VB  _           0 root  _ Fact=-1.50|Pred=meet.03|Roles=ARG0:1,ARGM-NEG:3,ARG1:5
5   rebels rebel  NOUN  NNS Number=Plur 4 obj   _ SpaceAfter=No
6   .      .      PUNCT .   _           4 punct _ _

# sent_id = talks-2
# text = The Red Cross said so.
1   The    the    DET   DT  _           3 det   _ Entity=(2-ORG-3-name
2   Red    Red    ADJ   JJ  _           3 amod  _ NER=B-ORG
3   Cross  Cross  PROPN NNP _           4 nsubj _ Entity=2)|NER=I-ORG
4   said   say    VERB  VBD _           0 root  _ Pred=say.01
5   so     so     ADV   RB  _           4 advmod _ SpaceAfter=No
6   .      .      PUNCT .   _           4 punct _ _

)";

TEST(ReadConllu, ReadsEveryColumn) {
  const auto read = read_conllu(tabbed(kFixture));
  ASSERT_TRUE(read.ok()) << read.error().text();
  const Document& document = read->document;
  const Analysis& analysis = read->analysis;
  EXPECT_EQ(document.text(), "Envoys didn't meet rebels. The Red Cross said so.");
  ASSERT_EQ(analysis.size(), 12u);
  ASSERT_EQ(analysis.sentences().size(), 2u);
  EXPECT_EQ(analysis.sentences()[0].id, "talks-1");
  EXPECT_TRUE(analysis.sentences()[0].starts_paragraph);
  EXPECT_FALSE(analysis.sentences()[1].starts_paragraph);
  EXPECT_EQ(document.slice(analysis.bytes(1)), "did");
  EXPECT_EQ(document.slice(analysis.bytes(2)), "n't");
  ASSERT_EQ(analysis.multiword_tokens().size(), 1u);
  EXPECT_EQ(document.slice(analysis.multiword_tokens()[0].bytes), "didn't");
  EXPECT_FALSE(analysis.space_after(1));
  EXPECT_EQ(analysis.lemma(3), "meet");
  EXPECT_EQ(analysis.upos(0), Upos::NOUN);
  EXPECT_EQ(analysis.head(0), 3u);
  EXPECT_EQ(analysis.head(9), kNoWord);
  EXPECT_FLOAT_EQ(analysis.factuality(3), -1.5f);
  const Predicate* meet = analysis.predicate_at(3);
  ASSERT_NE(meet, nullptr);
  EXPECT_EQ(meet->sense, "meet.03");
  ASSERT_EQ(meet->roles.size(), 3u);
  EXPECT_EQ(meet->roles[1].label, "ARGM-NEG");
  EXPECT_EQ(meet->roles[2].words, (WordRange{4, 5}));
  ASSERT_EQ(analysis.names().size(), 1u);
  EXPECT_EQ(analysis.names()[0].words, (WordRange{7, 9}));
  EXPECT_EQ(analysis.names()[0].type, NameType::ORG);
  ASSERT_EQ(analysis.mentions().size(), 2u);
  EXPECT_EQ(analysis.mentions()[1].words, (WordRange{6, 9}));
  EXPECT_EQ(analysis.mentions()[1].head, 8u);
  EXPECT_EQ(analysis.mentions()[1].form, Mention::Form::name);
  EXPECT_NE(analysis.mentions()[0].chain, analysis.mentions()[1].chain);
}

TEST(WriteConllu, GivesBackWhatWasRead) {
  const std::string text = tabbed(kFixture);
  const auto read = read_conllu(text);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(to_conllu(&read->document, read->analysis, {.predicates = true}), text);
}

TEST(ReadConllu, PartsParagraphsAndSections) {
  const auto read = read_conllu(tabbed(R"(# section = headline
1 Talks talk NOUN _ _ 2 nsubj _ _
2 fail fail VERB _ _ 0 root _ _

# section = body
1 No no INTJ _ _ 0 root _ _
)"));
  ASSERT_TRUE(read.ok()) << read.error().text();
  EXPECT_EQ(read->document.text(), "Talks fail\n\nNo");
  ASSERT_EQ(read->document.sections.size(), 2u);
  EXPECT_EQ(read->document.sections[0].kind, SectionKind::headline);
  EXPECT_EQ(read->document.sections[1].span, (Span{12, 14}));
}

TEST(ReadConllu, ReadsWordsAloneForTheParserToFillIn) {
  const auto read = read_conllu("1\tShells\t_\t_\t_\t_\t_\t_\t_\t_\n2\tfell\t_\t_\t_\t_\t_\t_\t_\t_\n");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->analysis.form(1), "fell");
  EXPECT_EQ(read->analysis.upos(1), Upos::X);
}

TEST(ReadConllu, NamesTheLineThatIsWrong) {
  const auto columns = read_conllu("# text = x\n1\tx\tx\n");
  ASSERT_FALSE(columns.ok());
  EXPECT_EQ(columns.error().where, "line 2");
  const auto head = read_conllu("1\tx\tx\tX\t_\t_\t7\tdep\t_\t_\n");
  ASSERT_FALSE(head.ok());
  EXPECT_NE(head.error().message.find("head 7"), std::string::npos);
  EXPECT_FALSE(read_conllu("2\tx\tx\tX\t_\t_\t0\troot\t_\t_\n").ok());
  EXPECT_FALSE(read_conllu("").ok());
}

TEST(ReadConllu, DropsATokenRangeWithoutItsWords) {
  const auto read = read_conllu(tabbed("1 Envoys envoy NOUN _ _ 0 root _ _\n2-3 don't _ _ _ _ _ _ _ _\n"));
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->document.text(), "Envoys");
  EXPECT_EQ(read->analysis.size(), 1u);
  EXPECT_TRUE(read->analysis.multiword_tokens().empty());
  const auto within = read_conllu(tabbed(
      "1-2 don't _ _ _ _ _ _ _ _\n1 do do AUX _ _ 0 root _ _\n2-3 n't _ _ _ _ _ _ _ _\n2 n't not PART _ _ 1 advmod _ _\n"));
  ASSERT_FALSE(within);
  EXPECT_EQ(within.error().text(), "line 3: token range 2-3 lies within the range before it");
}

TEST(ReadConllu, RepairsWhatIsNoUtf8BeforePlacesAreCounted) {
  const auto read = read_conllu(tabbed("\xEF\xBB\xBF# newdoc\n1 caf\xE9 caf\xE9 NOUN _ _ 0 root _ _\n2 talks talk NOUN _ _ 1 flat _ _\n"));
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->document.text(), "caf\uFFFD talks");
  EXPECT_EQ(read->document.slice(read->analysis.bytes(1)), "talks");
  EXPECT_EQ(read->analysis.form(0), "caf\uFFFD");
}

TEST(ReadConllu, TakesAHeadOutsideItsMentionForNone) {
  const auto read = read_conllu(tabbed("1 Envoys envoy NOUN _ _ 2 nsubj _ Entity=(1-_-900-nominal)\n2 met meet VERB _ _ 0 root _ _\n"));
  ASSERT_TRUE(read) << read.error().text();
  ASSERT_EQ(read->analysis.mentions().size(), 1u);
  EXPECT_EQ(read->analysis.mentions()[0].head, 0u);
}

TEST(ReadConllu, PartsAFileIntoItsDocuments) {
  const std::string text = tabbed(R"(# newdoc id = first
# newpar
# sent_id = first-1
1 Talks talk NOUN _ _ 2 nsubj _ Entity=(1-_-1-nominal)
2 fail fail VERB _ _ 0 root _ _

1 They they PRON _ _ 2 nsubj _ Entity=(1-_-1-pronoun)
2 end end VERB _ _ 0 root _ _

# global.Entity = eid-etype-head-form
# newdoc id = second
1 Shells shell NOUN _ _ 2 nsubj _ Entity=(1-_-1-nominal)
2 fall fall VERB _ _ 0 root _ _
)");
  const auto parts = conllu_documents(text);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(std::string(parts[0].text) + std::string(parts[1].text), text);
  const auto first = read_conllu(parts[0].text, parts[0].first_line);
  ASSERT_TRUE(first.ok()) << first.error().text();
  EXPECT_EQ(first->document.id, "first");
  EXPECT_EQ(first->document.text(), "Talks fail They end");
  ASSERT_EQ(first->analysis.mentions().size(), 2u);  // a chain goes on from the first sentence
  EXPECT_EQ(first->analysis.mentions()[0].chain, first->analysis.mentions()[1].chain);
  const auto second = read_conllu(parts[1].text, parts[1].first_line);
  ASSERT_TRUE(second.ok()) << second.error().text();
  EXPECT_EQ(second->document.id, "second");
  EXPECT_EQ(second->analysis.size(), 2u);
  // Lines are counted in the whole file; what has no newdoc, or nothing at all, is one part.
  EXPECT_EQ(read_conllu("1\tx\n", 40).error().where, "line 40");
  EXPECT_EQ(conllu_documents("1\tx\n\n1\ty\n").size(), 1u);
  EXPECT_EQ(conllu_documents("").size(), 1u);
}

TEST(ReadConllu, TakesWordsOfAnUnevenMultiwordTokenInStretchesOfTheirLength) {
  const auto read = read_conllu(
      "1-2\tdunno\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdo\tdo\tAUX\t_\t_\t2\taux\t_\t_\n"
      "2\tknow\tknow\tVERB\t_\t_\t0\troot\t_\t_\n");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->document.text(), "dunno");
  EXPECT_EQ(read->analysis.bytes(0), (ByteRange{0, 2}));
  EXPECT_EQ(read->analysis.bytes(1), (ByteRange{2, 5}));
}

}  // namespace
}  // namespace parley
