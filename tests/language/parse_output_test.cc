// The language layer's own outputs, from a sentence written by hand.
#include "language/parse_output.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "language/conllu.h"

namespace parley {
namespace {

const char* const kSentence =
    "# sent_id = s7\n"
    "1\tMSF\tMSF\tPROPN\tNNP\t_\t2\tnsubj\t_\tNER=B-ORG\n"
    "2\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\tFact=1.20|Pred=say.01|Roles=ARG0:1,ARG1:3-5\n"
    "3\tshells\tshell\tNOUN\tNNS\t_\t4\tnsubj\t_\t_\n"
    "4\tmissed\tmiss\tVERB\tVBD\t_\t2\tccomp\t_\tFact=-0.30\n"
    "5\tit\tit\tPRON\tPRP\t_\t4\tobj\t_\tSpaceAfter=No\n\n";

TEST(ParseJsonl, ListsPredicatesAndTheOtherVerbs) {
  const auto read = read_conllu(kSentence);
  ASSERT_TRUE(read.ok());
  const auto json = nlohmann::json::parse(to_parse_jsonl(read->analysis));
  EXPECT_EQ(json, nlohmann::json::parse(R"({"sent_id": "s7",
    "words": ["MSF", "said", "shells", "missed", "it"],
    "predicates": [{"word": 2, "sense": "say.01", "factual": 1.2, "roles": [[1, 1, "ARG0"], [3, 5, "ARG1"]]}],
    "factual": [{"word": 4, "factual": -0.3}]})"));
}

TEST(Tree, ShowsGovernorsSensesAndRoles) {
  const auto read = read_conllu(kSentence);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(to_tree(read->analysis),
            "said  VERB  say.01 +1.2\n"
            "├─ nsubj  MSF  PROPN  ORG 'MSF'  [ARG0 of said]\n"
            "└─ ccomp  missed  VERB  [ARG1 of said]\n"
            "   ├─ nsubj  shells  NOUN\n"
            "   └─ obj  it  PRON\n");
}

TEST(Tree, OfAChainAsDeepAsTheTextStaysLinear) {
  std::string text;
  for (int i = 1; i <= 20000; ++i) {
    text += std::to_string(i) + "\tw\tw\tX\t_\t_\t" + std::to_string(i - 1) + "\tdep\t_\t_\n";
  }
  const auto read = read_conllu(text);
  ASSERT_TRUE(read.ok());
  EXPECT_LT(to_tree(read->analysis).size(), 20000u * 220);
}

}  // namespace
}  // namespace parley
