// What is English about the segmenter. Sorted lists, searched by halving. Drawn up from general
// knowledge of English spelling and the conventions of the UD English treebanks' train parts.
#include <algorithm>
#include <array>
#include <string_view>

#include "language/segmenter_internal.h"

namespace parley::segmenter::english {
namespace {

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::binary_search(list.begin(), list.end(), word);
}

// Ranks, offices and forms of address, written before a name.
constexpr auto kTitles = std::to_array<std::string_view>({
    "adm",   "amb",  "archbp", "bp",   "brig", "capt", "cardl", "cmdr",   "cmdt", "col",
    "comdr", "comr", "cpl",    "cpt",  "det",  "dr",   "drs",   "fr",     "gen",  "gens",
    "gov",   "govs", "hon",    "insp", "lt",   "ltc",  "maj",   "messrs", "mlle", "mme",
    "mr",    "mrs",  "ms",     "msgr", "mt",   "mx",   "pfc",   "pres",   "prof", "profs",
    "pvt",   "rep",  "reps",   "rev",  "rt",   "sen",  "sens",  "sgt",    "sr",   "sra",
    "srta",  "st",   "ste",    "supt", "vol",  "vs",
});

constexpr auto kAbbreviations = std::to_array<std::string_view>({
    "abp",   "adj",  "al",   "ala",  "approx", "apr",  "apt",  "ariz", "ark",  "arrv", "assn",
    "asst",  "attn", "atty", "aug",  "ave",    "avg",  "bldg", "blvd", "bros", "ca",   "calif",
    "cf",    "cie",  "co",   "colo", "conf",   "conn", "cont", "corp", "cos",  "ct",   "dec",
    "del",   "dept", "dist", "div",  "dom",    "ed",   "eds",  "eg",   "esp",  "esq",  "est",
    "etc",   "ext",  "feb",  "fig",  "figs",   "fla",  "fri",  "ft",   "ga",   "govt", "hwy",
    "ie",    "ill",  "inc",  "incl", "ind",    "intl", "jan",  "jr",   "kan",  "ky",   "lb",
    "lbs",   "lit",  "llc",  "ln",   "ltd",    "lv",   "mar",  "mass", "max",  "md",   "mfg",
    "mgr",   "mich", "min",  "minn", "misc",   "mo",   "mob",  "mont", "mos",  "msec", "mtn",
    "natl",  "neb",  "nev",  "no",   "nos",    "nov",  "nr",   "oct",  "okla", "ore",  "orig",
    "oz",    "pa",   "para", "ph",   "pl",     "plc",  "pp",   "prov", "ps",   "pt",   "pts",
    "pty",   "pub",  "publ", "rd",   "rec",    "ref",  "refs", "resp", "ret",  "retd", "rte",
    "sat",   "sec",  "sept", "spc",  "spec",   "sq",   "sta",  "tel",  "tenn", "tex",  "thur",
    "thurs", "tue",  "tues", "univ", "va",     "viz",  "vt",   "wash", "wed",  "wis",  "wyo",
    "yr",    "yrs",
});

constexpr auto kPrefixes = std::to_array<std::string_view>({
    "anti",   "arch",   "bi",    "bio",   "co",    "contra", "counter", "cross", "cyber",
    "de",     "di",     "dis",   "e",     "eco",   "em",     "en",      "euro",  "ex",
    "extra",  "geo",    "hyper", "inter", "intra", "macro",  "mega",    "meta",  "micro",
    "mid",    "mini",   "mis",   "mono",  "multi", "nano",   "narco",   "neo",   "non",
    "over",   "pan",    "para",  "photo", "poly",  "post",   "pre",     "pro",   "proto",
    "pseudo", "psycho", "quasi", "re",    "retro", "semi",   "socio",   "sub",   "super",
    "tele",   "trans",  "tri",   "ultra", "un",    "under",  "uni",
});

constexpr auto kUnits = std::to_array<std::string_view>({
    "am",  "b",   "bn",  "bps", "c",  "cm", "ft",   "g",  "gb",  "ghz", "gw",   "ha",  "hh",  "hp",
    "hrs", "hz",  "in",  "k",   "kb", "kg", "kgs",  "kh", "khz", "km",  "kmh",  "kms", "kph", "kt",
    "kw",  "kwh", "lb",  "lbs", "m",  "mb", "mbps", "mg", "mhz", "mi",  "mins", "ml",  "mm",  "mn",
    "mph", "mw",  "mya", "ohm", "oz", "pm", "pt",   "sq", "tb",  "tn",  "trn",  "x",   "yd",  "yrs",
});

constexpr auto kClipped = std::to_array<std::string_view>({
    "bout",
    "cause",
    "cos",
    "coz",
    "cuz",
    "em",
    "n",
    "neath",
    "nuff",
    "round",
    "s",
    "til",
    "till",
    "tis",
    "twas",
    "twere",
    "twill",
});

constexpr auto kStarters = std::to_array<std::string_view>({
    "a",        "about",   "according", "after",     "all",          "also",
    "although", "an",      "and",       "another",   "any",          "are",
    "as",       "asked",   "at",        "because",   "before",       "both",
    "but",      "by",      "can",       "despite",   "did",          "do",
    "does",     "during",  "each",      "earlier",   "either",       "even",
    "every",    "few",     "finally",   "first",     "following",    "for",
    "from",     "given",   "has",       "have",      "he",           "her",
    "here",     "hers",    "his",       "how",       "however",      "i",
    "if",       "in",      "indeed",    "instead",   "is",           "it",
    "its",      "just",    "last",      "later",     "less",         "let",
    "like",     "many",    "may",       "meanwhile", "more",         "moreover",
    "most",     "much",    "my",        "neither",   "nevertheless", "no",
    "nobody",   "none",    "nor",       "not",       "nothing",      "now",
    "of",       "on",      "once",      "one",       "only",         "or",
    "other",    "others",  "our",       "over",      "please",       "separately",
    "several",  "she",     "should",    "since",     "so",           "some",
    "still",    "such",    "that",      "the",       "their",        "then",
    "there",    "these",   "they",      "this",      "those",        "though",
    "three",    "through", "thus",      "to",        "two",          "under",
    "unlike",   "until",   "was",       "we",        "were",         "what",
    "when",     "where",   "whether",   "which",     "while",        "who",
    "why",      "will",    "with",      "without",   "would",        "yes",
    "yet",      "you",     "your",
});

constexpr auto kAddressEndings = std::to_array<std::string_view>({
    "aero", "asp", "aspx", "au",   "be",   "biz", "ca",   "cgi", "ch",   "cn",  "com", "csv",
    "cz",   "de",  "dk",   "doc",  "docx", "edu", "es",   "eu",  "exe",  "fi",  "fr",  "gif",
    "gov",  "gr",  "htm",  "html", "ie",   "il",  "info", "int", "io",   "ir",  "jp",  "jpeg",
    "jpg",  "jsp", "ke",   "kr",   "mil",  "mp3", "mp4",  "net", "news", "ng",  "nl",  "nz",
    "org",  "pdf", "ph",   "php",  "pk",   "pl",  "png",  "ppt", "pptx", "ps",  "rtf", "ru",
    "se",   "sg",  "tr",   "txt",  "ua",   "uk",  "us",   "xls", "xlsx", "xml", "za",  "zip",
});

struct Split {
  std::string_view word;
  std::array<std::uint8_t, 2> at;
};

// Not here: "its", "wont", "cant", "id", "ill", "were", "lets": mostly words of their own in edited
// text.
constexpr auto kSplits = std::to_array<Split>({
    {"aint", {2, 0}},   {"arent", {3, 0}},   {"cannot", {3, 0}},   {"couldnt", {5, 0}},
    {"didnt", {3, 0}},  {"doesnt", {4, 0}},  {"dont", {2, 0}},     {"dunno", {2, 3}},
    {"gimme", {3, 0}},  {"gonna", {3, 0}},   {"gotta", {3, 0}},    {"hadnt", {3, 0}},
    {"hasnt", {3, 0}},  {"havent", {4, 0}},  {"isnt", {2, 0}},     {"ive", {1, 0}},
    {"lemme", {3, 0}},  {"outta", {3, 0}},   {"shouldnt", {6, 0}}, {"thats", {4, 0}},
    {"theres", {5, 0}}, {"theyre", {4, 0}},  {"wanna", {3, 0}},    {"wasnt", {3, 0}},
    {"werent", {4, 0}}, {"wouldnt", {5, 0}}, {"youll", {3, 0}},    {"youre", {3, 0}},
    {"youve", {3, 0}},
});

static_assert(std::is_sorted(kSplits.begin(), kSplits.end(),
                             [](const Split& a, const Split& b) { return a.word < b.word; }));
static_assert(std::is_sorted(kTitles.begin(), kTitles.end()));
static_assert(std::is_sorted(kPrefixes.begin(), kPrefixes.end()));
static_assert(std::is_sorted(kUnits.begin(), kUnits.end()));
static_assert(std::is_sorted(kClipped.begin(), kClipped.end()));
static_assert(std::is_sorted(kAddressEndings.begin(), kAddressEndings.end()));
static_assert(std::is_sorted(kStarters.begin(), kStarters.end()));
static_assert(std::is_sorted(kAbbreviations.begin(), kAbbreviations.end()));

}  // namespace

bool is_title_abbreviation(std::string_view word) {
  return contains(kTitles, word);
}
bool is_abbreviation(std::string_view word) {
  return contains(kAbbreviations, word) || contains(kTitles, word);
}
bool is_prefix(std::string_view word) {
  return contains(kPrefixes, word);
}
bool is_unit(std::string_view word) {
  return contains(kUnits, word);
}
bool is_clitic(std::string_view word) {
  return word == "s" || word == "m" || word == "d" || word == "ll" || word == "re" || word == "ve";
}
bool is_clipped(std::string_view word) {
  return contains(kClipped, word);
}
bool is_starter(std::string_view word) {
  return contains(kStarters, word);
}
bool is_address_ending(std::string_view word) {
  return contains(kAddressEndings, word);
}

std::array<std::uint8_t, 2> split_of(std::string_view word) {
  const auto it = std::lower_bound(kSplits.begin(), kSplits.end(), word,
                                   [](const Split& s, std::string_view w) { return s.word < w; });
  return it != kSplits.end() && it->word == word ? it->at : std::array<std::uint8_t, 2>{0, 0};
}

}  // namespace parley::segmenter::english
