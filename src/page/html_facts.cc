// Metadata: the sources in the order they are to be trusted. JSON-LD is written for machines and says
// what it means; then meta elements; then microdata; <time> and dates in the text come last, in
// read_html.cc.
#include "page/html_facts.h"

#include <simdjson.h>

#include <algorithm>

#include "page/lineroles.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley::page {
namespace {

using simdjson::dom::element;

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string one_line(std::string_view text) {
  std::string out = clean_characters(text, true);
  std::string collapsed;
  for (const char c : out) {
    const bool space = c == ' ' || c == '\n' || c == '\t';
    if (!space) {
      collapsed += c;
    } else if (!collapsed.empty() && collapsed.back() != ' ') {
      collapsed += ' ';
    }
  }
  return std::string(trim(collapsed));
}

void set_once(std::string& place, std::string value) {
  if (place.empty()) place = std::move(value);
}

std::string text_of(const element& object, const char* key) {
  std::string_view value;
  return object[key].get_string().get(value) == simdjson::SUCCESS ? one_line(value) : std::string();
}

// "NewsArticle", or a list of types.
bool is_article(const element& object) {
  const auto article = [](std::string_view type) {
    return contains(type, "Article") || contains(type, "Posting") || type == "Report" ||
           contains(type, "Reportage") || type == "Review";
  };
  std::string_view type;
  if (object["@type"].get_string().get(type) == simdjson::SUCCESS) return article(type);
  simdjson::dom::array types;
  if (object["@type"].get_array().get(types) != simdjson::SUCCESS) return false;
  for (const element& item : types) {
    if (item.get_string().get(type) == simdjson::SUCCESS && article(type)) return true;
  }
  return false;
}

void add_author(std::vector<std::string>& authors, std::string name) {
  if (name.empty() || name.size() > 100 || contains(name, "://") || authors.size() > 20) return;
  if (std::find(authors.begin(), authors.end(), name) == authors.end()) authors.push_back(std::move(name));
}

void read_authors(const element& value, std::vector<std::string>& authors, int depth) {
  std::string_view name;
  simdjson::dom::array list;
  if (value.get_string().get(name) == simdjson::SUCCESS) {
    add_author(authors, one_line(name));
  } else if (value.is_object()) {
    add_author(authors, text_of(value, "name"));
  } else if (depth > 0 && value.get_array().get(list) == simdjson::SUCCESS) {
    for (const element& item : list) read_authors(item, authors, depth - 1);
  }
}

void read_article(const element& object, Facts& facts) {
  set_once(facts.headline, text_of(object, "headline"));
  set_once(facts.description, text_of(object, "description"));
  set_once(facts.language, text_of(object, "inLanguage"));
  if (const auto date = tidy_iso_date(text_of(object, "datePublished"))) set_once(facts.published, *date);
  if (const auto date = tidy_iso_date(text_of(object, "dateModified"))) set_once(facts.updated, *date);
  element value;
  if (facts.authors.empty() && object["author"].get(value) == simdjson::SUCCESS) {
    read_authors(value, facts.authors, 2);
  }
  if (object["publisher"].get(value) == simdjson::SUCCESS) {
    std::vector<std::string> names;
    read_authors(value, names, 1);
    if (!names.empty()) set_once(facts.publisher, names.front());
  }
  std::string_view body;
  if (facts.article_body.empty() && object["articleBody"].get_string().get(body) == simdjson::SUCCESS) {
    facts.article_body = std::string(body);
  }
}

// Articles may stand alone, in an array, in @graph, or under another object's mainEntity.
void search_json(const element& value, Facts& facts, int depth) {
  simdjson::dom::array list;
  if (depth == 0) return;
  if (value.get_array().get(list) == simdjson::SUCCESS) {
    for (const element& item : list) search_json(item, facts, depth - 1);
    return;
  }
  if (!value.is_object()) return;
  if (is_article(value)) read_article(value, facts);
  element inner;
  for (const char* key : {"@graph", "mainEntity", "mainEntityOfPage"}) {
    if (value[key].get(inner) == simdjson::SUCCESS) search_json(inner, facts, depth - 1);
  }
}

// Scripts hold raw line ends in strings, comment marks around them, semicolons after them.
std::string tidy_json(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const std::size_t begin = text.find_first_of("{[");
  const std::size_t end = text.find_last_of("}]");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return out;
  for (const char c : text.substr(begin, end - begin + 1)) {
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out;
}

void read_json_ld(const std::vector<std::string>& scripts, Facts& facts) {
  simdjson::dom::parser parser;
  for (const std::string& script : scripts) {
    const simdjson::padded_string json(tidy_json(script));
    element root;
    if (json.size() > 0 && parser.parse(json).get(root) == simdjson::SUCCESS) search_json(root, facts, 5);
  }
}

std::string first_meta(const PageFacts& page, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    for (const auto& [key, content] : page.meta) {
      if (key == name) return content;
    }
  }
  return {};
}

std::string date_of(const std::string& text, const Cues& cues) {
  if (text.empty()) return {};
  if (const auto iso = tidy_iso_date(text)) return *iso;
  if (const auto found = parse_date(text, cues)) return found->iso;
  return {};
}

// "/2021/05/03/" in an address.
std::string date_in_address(std::string_view address, const Cues& cues) {
  for (std::size_t at = address.find('/'); at != std::string_view::npos; at = address.find('/', at + 1)) {
    const std::string_view rest = address.substr(at + 1, 10);
    if (rest.size() < 8 || (rest.substr(0, 2) != "20" && rest.substr(0, 2) != "19")) continue;
    if (rest[4] != '/' && rest[4] != '-') continue;
    if (const auto found = parse_date(rest, cues)) return found->iso;
  }
  return {};
}

}  // namespace

Facts gather_facts(const PageFacts& page, const std::vector<std::string>& json_ld, const Cues& cues) {
  Facts facts;
  read_json_ld(json_ld, facts);
  set_once(facts.headline, one_line(first_meta(page, {"og:title", "twitter:title", "dc.title", "dcterms.title",
                                                      "sailthru.title", "parsely-title"})));
  set_once(facts.description, one_line(first_meta(page, {"og:description", "description", "twitter:description"})));
  for (const char* name :
       {"article:published_time", "og:article:published_time", "article:published", "datepublished", "og:published_time",
        "date", "pubdate", "publishdate", "publish-date", "publication_date", "dc.date.issued", "dcterms.issued",
        "dcterms.created", "dc.date", "dcterms.date", "dc.date.created", "parsely-pub-date", "sailthru.date",
        "article.published", "citation_publication_date", "date_published", "published_time", "cxenseparse:recs:publishtime"}) {
    set_once(facts.published, date_of(first_meta(page, {name}), cues));
  }
  for (const std::string& date : page.published) set_once(facts.published, date_of(date, cues));
  for (const char* name : {"article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
                           "last-modified", "lastmod", "article.updated"}) {
    set_once(facts.updated, date_of(first_meta(page, {name}), cues));
  }
  for (const std::string& date : page.updated) set_once(facts.updated, date_of(date, cues));
  set_once(facts.uri, page.canonical);
  set_once(facts.uri, first_meta(page, {"og:url"}));
  set_once(facts.published, date_in_address(facts.uri, cues));
  set_once(facts.publisher, one_line(first_meta(page, {"og:site_name", "application-name", "dc.publisher",
                                                       "dcterms.publisher", "publisher", "article:publisher"})));
  if (contains(facts.publisher, "://")) facts.publisher.clear();
  set_once(facts.language, page.language);
  set_once(facts.language, first_meta(page, {"content-language", "og:locale", "dc.language"}));
  std::replace(facts.language.begin(), facts.language.end(), '_', '-');
  if (facts.language.size() > 16) facts.language.clear();
  if (facts.authors.empty()) {
    for (const char* name : {"author", "article:author", "dc.creator", "dcterms.creator", "parsely-author",
                             "sailthru.author", "byl", "citation_author", "article:author_name"}) {
      std::string value = one_line(first_meta(page, {name}));
      const std::size_t by = cues.byline.prefix(value);
      if (by > 0) value = std::string(trim(std::string_view(value).substr(by)));
      std::vector<std::string> names = names_in_byline(value, cues);
      if (names.empty()) {
        add_author(facts.authors, value);
      } else {
        for (std::string& one : names) add_author(facts.authors, std::move(one));
      }
      if (!facts.authors.empty()) break;
    }
  }
  if (facts.authors.empty()) {
    for (const std::string& author : page.authors) {
      std::string_view value = author;
      if (const std::size_t by = cues.byline.prefix(value)) value = trim(value.substr(by));
      add_author(facts.authors, std::string(value));
    }
  }
  return facts;
}

}  // namespace parley::page
