#include "eval/ud.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <unordered_map>
#include <utility>

#include "eval/files.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley::eval {
namespace {

/// Characters `[begin, end)` of the text without its white space.
struct Extent {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct UdWord {
  Extent extent;
  bool multiword = false;        ///< a part of a multiword token, whose extent it has
  std::int64_t parent = -1;      ///< index, -1 the root
  std::string form, lemma, upos, xpos, feats, relation;
};

struct UdText {
  std::string characters;        ///< all tokens joined, without spaces
  std::vector<Extent> tokens;
  std::vector<Extent> sentences;
  std::vector<UdWord> words;
};

bool universal(std::string_view feature) {
  static const std::set<std::string_view> names{
      "PronType", "NumType", "Poss",  "Reflex", "Foreign",  "Abbr",     "Gender",
      "Animacy",  "Number",  "Case",  "Definite", "Degree", "VerbForm", "Mood",
      "Tense",    "Aspect",  "Voice", "Evident", "Polarity", "Person",  "Polite"};
  return names.contains(feature.substr(0, feature.find('=')));
}

std::string universal_features(std::string_view all) {
  std::vector<std::string_view> kept;
  for (std::string_view feature : split(all, '|')) {
    if (universal(feature)) kept.push_back(feature);
  }
  std::sort(kept.begin(), kept.end());
  std::string out;
  for (std::string_view feature : kept) out += (out.empty() ? "" : "|") + std::string(feature);
  return out;
}

std::string without_spaces(std::string_view form) {
  std::string out;
  for (std::size_t i = 0; i < form.size();) {
    if (form[i] == ' ') {
      ++i;
    } else if (form.substr(i, 2) == "\xC2\xA0") {
      i += 2;
    } else {
      out += form[i++];
    }
  }
  return out;
}

Result<UdText> read(std::string_view text, const char* which) {
  UdText out;
  std::uint32_t at = 0;
  std::size_t number = 0;
  std::size_t sentence_word = 0;       // the first word of the sentence
  std::uint32_t sentence_begin = 0;
  std::uint32_t multiword_left = 0;
  Extent multiword;
  std::vector<std::int64_t> heads;
  const auto malformed = [&](const std::string& what) {
    return Error{Error::Code::malformed, what, std::string(which) + ":" + std::to_string(number)};
  };
  const auto token = [&](std::string_view form) {
    const std::string letters = without_spaces(form);
    const Extent extent{at, at + static_cast<std::uint32_t>(count_code_points(letters))};
    out.characters += letters;
    at = extent.end;
    out.tokens.push_back(extent);
    return extent;
  };
  const auto end_sentence = [&]() -> bool {
    if (out.words.size() == sentence_word) return true;
    const auto count = static_cast<std::int64_t>(out.words.size() - sentence_word);
    for (std::size_t i = sentence_word; i < out.words.size(); ++i) {
      const std::int64_t head = heads[i - sentence_word];
      if (head < 0 || head > count) return false;
      out.words[i].parent = head == 0 ? -1 : static_cast<std::int64_t>(sentence_word) + head - 1;
    }
    out.sentences.push_back({sentence_begin, at});
    sentence_begin = at;
    sentence_word = out.words.size();
    heads.clear();
    return true;
  };
  for (std::string_view line : lines_of(text)) {
    ++number;
    if (line.starts_with('#')) continue;
    if (line.empty()) {
      if (!end_sentence()) return malformed("a head outside its sentence, which ends here");
      continue;
    }
    const auto columns = split(line, '\t');
    if (columns.size() != 10) return malformed("expected ten columns");
    if (columns[0].find('.') != std::string_view::npos) continue;
    const std::size_t dash = columns[0].find('-');
    if (dash != std::string_view::npos) {
      std::uint32_t first = 0;
      std::uint32_t last = 0;
      std::from_chars(columns[0].data(), columns[0].data() + dash, first);
      std::from_chars(columns[0].data() + dash + 1, columns[0].data() + columns[0].size(), last);
      if (last < first) return malformed("a multiword token that ends before it begins");
      multiword = token(columns[1]);
      multiword_left = last - first + 1;
      continue;
    }
    UdWord word;
    if (multiword_left > 0) {
      --multiword_left;
      word.extent = multiword;
      word.multiword = true;
    } else {
      word.extent = token(columns[1]);
    }
    std::int64_t head = -1;
    std::from_chars(columns[6].data(), columns[6].data() + columns[6].size(), head);
    heads.push_back(head);
    word.form = to_lower(columns[1]);
    word.lemma = columns[2];
    word.upos = columns[3];
    word.xpos = columns[4];
    word.feats = universal_features(columns[5]);
    word.relation = columns[7].substr(0, columns[7].find(':'));
    out.words.push_back(std::move(word));
  }
  if (!end_sentence()) return malformed("a head outside its sentence, which ends here");
  return out;
}

/// Pairs (gold, system). Outside multiword tokens equal extents pair; inside the smallest stretch that no
/// multiword token of either side sticks out of, the longest common subsequence of forms does.
class Alignment {
 public:
  Alignment(const std::vector<UdWord>& gold, const std::vector<UdWord>& system)
      : gold_(gold), system_(system), gold_of_(system.size(), -2) {
    std::size_t g = 0;
    std::size_t s = 0;
    while (g < gold.size() && s < system.size()) {
      if (gold[g].multiword || system[s].multiword) {
        stretch(g, s);
      } else if (gold[g].extent.begin == system[s].extent.begin &&
                 gold[g].extent.end == system[s].extent.end) {
        pair(g++, s++);
      } else if (gold[g].extent.begin <= system[s].extent.begin) {
        ++g;
      } else {
        ++s;
      }
    }
  }

  const std::vector<std::pair<std::size_t, std::size_t>>& pairs() const { return pairs_; }
  /// The gold word of a system word's parent: -1 the root, -2 not aligned.
  std::int64_t gold_parent(std::size_t system_word) const {
    const std::int64_t parent = system_[system_word].parent;
    return parent < 0 ? -1 : gold_of_[static_cast<std::size_t>(parent)];
  }

 private:
  void pair(std::size_t g, std::size_t s) {
    pairs_.emplace_back(g, s);
    gold_of_[s] = static_cast<std::int64_t>(g);
  }

  static bool beyond(const std::vector<UdWord>& words, std::size_t i, std::uint32_t end) {
    if (i >= words.size()) return true;
    return words[i].multiword ? words[i].extent.begin >= end : words[i].extent.end > end;
  }

  void stretch(std::size_t& g, std::size_t& s) {
    std::uint32_t end = 0;
    if (gold_[g].multiword) {
      end = gold_[g].extent.end;
      if (!system_[s].multiword && system_[s].extent.begin < gold_[g].extent.begin) ++s;
    } else {
      end = system_[s].extent.end;
      if (gold_[g].extent.begin < system_[s].extent.begin) ++g;
    }
    const std::size_t first_g = g;
    const std::size_t first_s = s;
    while (!beyond(gold_, g, end) || !beyond(system_, s, end)) {
      const bool take_gold =
          g < gold_.size() && (s >= system_.size() || gold_[g].extent.begin <= system_[s].extent.begin);
      const UdWord& word = take_gold ? gold_[g] : system_[s];
      if (word.multiword) end = std::max(end, word.extent.end);
      ++(take_gold ? g : s);
    }
    align(first_g, g, first_s, s);
  }

  void align(std::size_t g0, std::size_t g1, std::size_t s0, std::size_t s1) {
    const std::size_t rows = g1 - g0;
    const std::size_t columns = s1 - s0;
    if (rows == 0 || columns == 0) return;
    std::vector<std::uint32_t> longest((rows + 1) * (columns + 1), 0);
    const auto at = [&](std::size_t r, std::size_t c) -> std::uint32_t& { return longest[r * (columns + 1) + c]; };
    for (std::size_t r = rows; r-- > 0;) {
      for (std::size_t c = columns; c-- > 0;) {
        at(r, c) = std::max(at(r + 1, c), at(r, c + 1));
        if (gold_[g0 + r].form == system_[s0 + c].form) at(r, c) = std::max(at(r, c), at(r + 1, c + 1) + 1);
      }
    }
    for (std::size_t r = 0, c = 0; r < rows && c < columns;) {
      if (gold_[g0 + r].form == system_[s0 + c].form) {
        pair(g0 + r++, s0 + c++);
      } else if (at(r, c) == at(r + 1, c)) {
        ++r;
      } else {
        ++c;
      }
    }
  }

  const std::vector<UdWord>& gold_;
  const std::vector<UdWord>& system_;
  std::vector<std::int64_t> gold_of_;
  std::vector<std::pair<std::size_t, std::size_t>> pairs_;
};

Json counted(std::size_t correct, std::size_t gold, std::size_t system) {
  Counts counts;
  counts.tp = static_cast<double>(correct);
  counts.fn = static_cast<double>(gold - correct);
  counts.fp = static_cast<double>(system - correct);
  return counts.json();
}

Json extents(const std::vector<Extent>& gold, const std::vector<Extent>& system) {
  std::size_t correct = 0;
  for (std::size_t g = 0, s = 0; g < gold.size() && s < system.size();) {
    if (system[s].begin < gold[g].begin) {
      ++s;
    } else if (gold[g].begin < system[s].begin) {
      ++g;
    } else {
      correct += gold[g++].end == system[s++].end;
    }
  }
  return counted(correct, gold.size(), system.size());
}

}  // namespace

Result<Json> score_ud(std::string_view gold_conllu, std::string_view system_conllu) {
  auto gold = read(gold_conllu, "gold");
  if (!gold) return gold.error();
  auto system = read(system_conllu, "system");
  if (!system) return system.error();
  if (gold->characters != system->characters) {
    const auto parting = std::mismatch(gold->characters.begin(), gold->characters.end(),
                                       system->characters.begin(), system->characters.end());
    const auto offset = static_cast<std::size_t>(parting.first - gold->characters.begin());
    const auto around = [&](const std::string& text) {
      const std::size_t from = offset > 20 ? offset - 20 : 0;
      return text.substr(std::min(from, text.size()), 40);
    };
    return Error{Error::Code::mismatch,
                 "gold and system are not of one text: '" + around(gold->characters) + "' against '" +
                     around(system->characters) + "'",
                 "character byte " + std::to_string(offset)};
  }
  const Alignment alignment(gold->words, system->words);
  Json out;
  out["Tokens"] = extents(gold->tokens, system->tokens);
  out["Sentences"] = extents(gold->sentences, system->sentences);
  const auto words = [&](const char* key, auto&& same) {
    std::size_t correct = 0;
    for (const auto& [g, s] : alignment.pairs()) correct += same(gold->words[g], system->words[s], s);
    out[key] = counted(correct, gold->words.size(), system->words.size());
  };
  words("Words", [](const UdWord&, const UdWord&, std::size_t) { return true; });
  words("UPOS", [](const UdWord& g, const UdWord& s, std::size_t) { return g.upos == s.upos; });
  words("XPOS", [](const UdWord& g, const UdWord& s, std::size_t) { return g.xpos == s.xpos; });
  words("UFeats", [](const UdWord& g, const UdWord& s, std::size_t) { return g.feats == s.feats; });
  words("AllTags", [](const UdWord& g, const UdWord& s, std::size_t) {
    return g.upos == s.upos && g.xpos == s.xpos && g.feats == s.feats;
  });
  words("Lemmas", [](const UdWord& g, const UdWord& s, std::size_t) {
    return g.lemma == "_" || g.lemma == s.lemma;
  });
  words("UAS", [&](const UdWord& g, const UdWord&, std::size_t s) {
    return g.parent == alignment.gold_parent(s);
  });
  words("LAS", [&](const UdWord& g, const UdWord& w, std::size_t s) {
    return g.parent == alignment.gold_parent(s) && g.relation == w.relation;
  });
  return out;
}

std::string raw_text(std::string_view conllu) {
  std::string out;
  std::string gap;
  std::uint32_t covered = 0;  // words still inside the last multiword token
  bool paragraph = false;
  bool sentence_start = true;
  for (std::string_view line : lines_of(conllu)) {
    if (line.starts_with("# newpar") || line.starts_with("# newdoc")) {
      paragraph = true;
      continue;
    }
    if (line.starts_with('#')) continue;
    if (line.empty()) {
      sentence_start = true;
      continue;
    }
    const auto columns = split(line, '\t');
    if (columns.size() != 10 || columns[0].find('.') != std::string_view::npos) continue;
    const std::size_t dash = columns[0].find('-');
    if (dash == std::string_view::npos && covered > 0) {
      --covered;
      continue;
    }
    if (dash != std::string_view::npos) {
      std::uint32_t first = 0;
      std::uint32_t last = 0;
      std::from_chars(columns[0].data(), columns[0].data() + dash, first);
      std::from_chars(columns[0].data() + dash + 1, columns[0].data() + columns[0].size(), last);
      covered = last >= first ? last - first + 1 : 0;
    }
    if (sentence_start && paragraph && !out.empty()) gap = "\n\n";
    if (sentence_start) paragraph = false;
    sentence_start = false;
    out += gap;
    out += columns[1];
    bool space = true;
    for (std::string_view entry : split(columns[9], '|')) space = space && entry != "SpaceAfter=No";
    gap = space ? " " : "";
  }
  out += '\n';
  return out;
}

}  // namespace parley::eval
