// Metadata: the sources in the order they are to be trusted. JSON-LD is written for machines and says
// what it means; then meta elements; then microdata; <time> and dates in the text come last, in
// read_html.cc.
#include "page/html_facts.h"

#include <simdjson.h>

#include <algorithm>
#include <unordered_map>

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

// Whether the object is of a type that ends so: "Organization", "NewsMediaOrganization".
bool has_type(const element& object, std::string_view ending) {
  std::string_view type;
  simdjson::dom::array types;
  if (object["@type"].get_string().get(type) == simdjson::SUCCESS) return type.ends_with(ending);
  if (object["@type"].get_array().get(types) != simdjson::SUCCESS) return false;
  for (const element& item : types) {
    if (item.get_string().get(type) == simdjson::SUCCESS && type.ends_with(ending)) return true;
  }
  return false;
}

// The names of things that a page describes once and means elsewhere by their @id.
using Names = std::unordered_map<std::string, std::string>;

struct JsonAuthors {
  std::vector<std::string> people, others;
};

void read_authors(const element& value, const Names& names, JsonAuthors& out, int depth) {
  std::string_view text;
  simdjson::dom::array list;
  if (value.get_string().get(text) == simdjson::SUCCESS) {
    const auto meant = names.find(std::string(text));
    out.people.push_back(meant == names.end() ? one_line(text) : meant->second);
  } else if (value.is_object()) {
    std::vector<std::string>& to = has_type(value, "Organization") || has_type(value, "Corporation") ? out.others : out.people;
    simdjson::dom::array several;
    if (value["name"].get_array().get(several) == simdjson::SUCCESS) {
      for (const element& name : several) {
        if (name.get_string().get(text) == simdjson::SUCCESS) to.push_back(one_line(text));
      }
      return;
    }
    std::string name = text_of(value, "name");
    if (name.empty()) {
      const auto meant = names.find(text_of(value, "@id"));
      if (meant != names.end()) name = meant->second;
    }
    if (!name.empty()) to.push_back(std::move(name));
  } else if (depth > 0 && value.get_array().get(list) == simdjson::SUCCESS) {
    for (const element& item : list) read_authors(item, names, out, depth - 1);
  }
}

void collect_names(const element& value, Names& names, int depth) {
  simdjson::dom::array list;
  if (depth == 0) return;
  if (value.get_array().get(list) == simdjson::SUCCESS) {
    for (const element& item : list) collect_names(item, names, depth - 1);
  } else if (value.is_object()) {
    const std::string id = text_of(value, "@id");
    std::string name = id.empty() ? std::string() : text_of(value, "name");
    if (!name.empty()) names.emplace(id, std::move(name));
    element inner;
    for (const char* key : {"@graph", "author", "publisher", "isPartOf"}) {
      if (value[key].get(inner) == simdjson::SUCCESS) collect_names(inner, names, depth - 1);
    }
  }
}

void take_authors(const element& object, const char* key, const Names& names, const Cues& cues,
                  std::vector<std::string>& people, std::vector<std::string>& others) {
  element value;
  if (object[key].get(value) != simdjson::SUCCESS) return;
  JsonAuthors found;
  read_authors(value, names, found, 2);
  for (const std::string& name : found.people) add_author(people, tidy_author(name, cues));
  for (const std::string& name : found.others) add_author(others, name);
}

void read_article(const element& object, const Names& names, const Cues& cues, Facts& facts) {
  set_once(facts.headline, text_of(object, "headline"));
  set_once(facts.description, text_of(object, "description"));
  set_once(facts.language, text_of(object, "inLanguage"));
  if (const auto date = tidy_iso_date(text_of(object, "datePublished"))) set_once(facts.published, *date);
  if (const auto date = tidy_iso_date(text_of(object, "dateModified"))) set_once(facts.updated, *date);
  for (const char* key : {"author", "creator"}) {
    if (facts.authors.empty()) take_authors(object, key, names, cues, facts.authors, facts.other_authors);
  }
  element value;
  if (object["publisher"].get(value) == simdjson::SUCCESS) {
    JsonAuthors found;
    read_authors(value, names, found, 1);
    for (const auto& list : {found.others, found.people}) {
      if (!list.empty()) set_once(facts.publisher, list.front());
    }
  }
  std::string_view body;
  if (facts.article_body.empty() && object["articleBody"].get_string().get(body) == simdjson::SUCCESS) {
    facts.article_body = std::string(body);
  }
  // A live blog's entries, latest first as they stand.
  simdjson::dom::array updates;
  if (facts.article_body.empty() && object["liveBlogUpdate"].get_array().get(updates) == simdjson::SUCCESS) {
    for (const element& update : updates) {
      // "2023-03-14T18:02:00Z": the entry's time, in a line of its own.
      const auto time = tidy_iso_date(text_of(update, "datePublished"));
      if (time && time->size() >= 16) facts.article_body += time->substr(11, 5) + "\n\n";
      const std::string title = text_of(update, "headline");
      if (!title.empty()) facts.article_body += title + "\n\n";
      if (update["articleBody"].get_string().get(body) == simdjson::SUCCESS) facts.article_body += std::string(body) + "\n\n";
    }
  }
}

// Articles may stand alone, in an array, in @graph, or under another object's mainEntity.
void search_json(const element& value, const Names& names, const Cues& cues, Facts& facts, int depth) {
  simdjson::dom::array list;
  if (depth == 0) return;
  if (value.get_array().get(list) == simdjson::SUCCESS) {
    for (const element& item : list) search_json(item, names, cues, facts, depth - 1);
    return;
  }
  if (!value.is_object()) return;
  if (is_article(value)) {
    read_article(value, names, cues, facts);
  } else if (has_type(value, "WebSite")) {
    set_once(facts.site, text_of(value, "name"));
  } else if (!has_type(value, "Comment")) {
    if (const auto date = tidy_iso_date(text_of(value, "datePublished"))) set_once(facts.page_published, *date);
    if (const auto date = tidy_iso_date(text_of(value, "dateModified"))) set_once(facts.page_updated, *date);
    const bool about = !has_type(value, "Object") && !has_type(value, "Organization") && !has_type(value, "Person") && !has_type(value, "Product");
    if (about && facts.page_authors.empty()) take_authors(value, "author", names, cues, facts.page_authors, facts.other_authors);
  }
  element inner;
  for (const char* key : {"@graph", "mainEntity", "mainEntityOfPage"}) {
    if (value[key].get(inner) == simdjson::SUCCESS) search_json(inner, names, cues, facts, depth - 1);
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

void read_json_ld(const std::vector<std::string>& scripts, const Cues& cues, Facts& facts) {
  simdjson::dom::parser parser;
  Names names;
  // Twice over the scripts only where one names things by @id.
  const bool by_id = std::any_of(scripts.begin(), scripts.end(), [](const std::string& s) { return contains(s, "\"@id\""); });
  for (const bool naming : {true, false}) {
    if (naming && !by_id) continue;
    for (const std::string& script : scripts) {
      const simdjson::padded_string json(tidy_json(script));
      element root;
      if (json.size() == 0 || parser.parse(json).get(root) != simdjson::SUCCESS) continue;
      if (naming) {
        collect_names(root, names, 4);
      } else {
        search_json(root, names, cues, facts, 5);
      }
    }
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
    const std::string_view rest = address.substr(at + 1, 11);
    if (rest.size() < 8) continue;
    const bool year_first = (rest.starts_with("20") || rest.starts_with("19")) && (rest[4] == '/' || rest[4] == '-');
    if (const auto found = year_first ? parse_date(rest, cues) : std::nullopt) return found->iso;
    // "/29-10-2021": the whole of a part.
    const std::string_view part = rest.substr(0, rest.find('/'));
    if (part.size() == 10 && part[2] == '-' && part[5] == '-') {
      if (const auto iso = tidy_iso_date(std::string(part.substr(6)) + '-' + std::string(part.substr(3, 2)) + '-' + std::string(part.substr(0, 2)))) return *iso;
    }
  }
  return {};
}

// "The Daily" and "thedaily.example" are of one site: letters and digits only.
std::string bare(std::string_view text) {
  std::string out;
  for (const char c : fold_case(text)) {
    const auto u = static_cast<unsigned char>(c);
    if (u >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

bool has_capitals(std::string_view text) {
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint c = decode_utf8(text, pos);
    if (is_upper(c.value)) return true;
    pos += std::max<std::uint32_t>(c.size, 1);
  }
  return false;
}

std::string host_of(std::string_view address) {
  const std::size_t at = address.find("://");
  if (at == std::string_view::npos) return {};
  std::string_view host = address.substr(at + 3);
  host = host.substr(0, host.find_first_of("/:?#"));
  if (host.starts_with("www.")) host.remove_prefix(4);
  return std::string(host.substr(0, host.rfind('.')));
}

constexpr std::string_view kBars[] = {" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " : ", " / ", " · ", " • ", "|"};

}  // namespace

void add_author(std::vector<std::string>& authors, std::string name) {
  if (name.empty() || name.size() > 100 || contains(name, "://") || authors.size() > 20) return;
  const std::string folded = fold_case(name);
  for (const std::string& other : authors) {
    if (contains(fold_case(other), folded)) return;
  }
  authors.push_back(std::move(name));
}

bool is_login(std::string_view name) {
  return name.find(' ') == std::string_view::npos && !name.empty() && name[0] >= 'a' && name[0] <= 'z';
}

std::string tidy_author(std::string_view text, const Cues& cues) {
  text = trim(text);
  for (int i = 0; i < 2; ++i) {
    const std::size_t by = cues.byline.prefix(text);
    if (by == 0 || by >= text.size()) break;
    std::string_view rest = text.substr(by);
    if (rest[0] != ' ' && rest[0] != ':') break;
    while (!rest.empty() && (rest[0] == ' ' || rest[0] == ':')) rest.remove_prefix(1);
    text = rest;
  }
  // "→", "•" and the like at either end; "(Agency)"; an address.
  const std::size_t cut = std::min(text.find_first_of("(<|@\n"), text.find(" • "));
  if (cut != std::string_view::npos && cut > 0) text = trim(text.substr(0, cut));
  while (!text.empty()) {
    const CodePoint c = decode_utf8_before(text, text.size());
    if (is_letter(c.value) || is_digit(c.value) || c.value == '.' || c.value == ')') break;
    text.remove_suffix(c.size);
  }
  while (!text.empty()) {
    const CodePoint c = decode_utf8(text, 0);
    if (is_letter(c.value) || is_digit(c.value)) break;
    text.remove_prefix(c.size);
  }
  // "Jane Doe Correspondent" and "Jane Doe, correspondent".
  const std::size_t last = text.rfind(' ');
  if (last != std::string_view::npos && cues.byline_roles.matches(text.substr(last + 1)) && is_person_name(text.substr(0, last), cues)) {
    text = text.substr(0, last);
  }
  const std::size_t comma = text.rfind(", ");
  if (comma != std::string_view::npos) {
    const std::string_view tail = text.substr(comma + 2);
    const std::size_t space = tail.rfind(' ');
    if (cues.byline_roles.matches(tail) ||
        cues.byline_roles.matches(space == std::string_view::npos ? tail : tail.substr(space + 1))) {
      text = trim(text.substr(0, comma));
    }
  }
  return std::string(text);
}

std::string without_site(const std::string& title, std::string_view site) {
  constexpr std::size_t kLongestTitle = 4096;  // bytes
  std::string_view best = title;
  if (title.size() > kLongestTitle) return title;
  const std::string name = bare(site);
  // The site's name in front goes, however often it stands there.
  for (bool again = name.size() > 3; again;) {
    again = false;
    for (const std::string_view bar : kBars) {
      const std::size_t first = best.find(bar);
      if (first == std::string_view::npos || first == 0 || bare(best.substr(0, first)) != name) continue;
      best.remove_prefix(first + bar.size());
      again = true;
      break;
    }
  }
  // Behind, a part of it is enough.
  const std::string_view whole = best;
  for (const std::string_view bar : kBars) {
    const std::size_t last = whole.rfind(bar);
    if (last == std::string_view::npos || last == 0 || name.empty()) continue;
    const std::string tail = bare(whole.substr(last + bar.size()));
    if (!tail.empty() && (contains(name, tail) || contains(tail, name)) && last < best.size()) best = whole.substr(0, last);
  }
  return std::string(trim(best));
}

std::string date_in_scripts(std::string_view html) {
  for (const std::string_view key : {"datePublished", "publishedDate", "publishedAt", "published_at", "publishDate", "publish_date", "createdAt"}) {
    std::string day;
    bool agree = true;
    for (std::size_t at = html.find(key); at != std::string_view::npos && agree; at = html.find(key, at)) {
      at += key.size();
      // "key":"value", also where quotes are escaped.
      const std::size_t value = html.find_first_not_of("\"\\: '", at);
      if (value == std::string_view::npos || value - at > 8 || html.substr(at, value - at).find(':') == std::string_view::npos) continue;
      const auto date = tidy_iso_date(html.substr(value, 40));
      if (!date || date->size() < 10) continue;
      agree = day.empty() || day == date->substr(0, 10);
      day = date->substr(0, 10);
    }
    if (agree && !day.empty()) return day;
  }
  return {};
}

Facts gather_facts(const PageFacts& page, const std::vector<std::string>& json_ld, const Cues& cues) {
  Facts facts;
  // What is said to readers of shared links is what the page shows; JSON-LD may keep a draft's date.
  for (const char* name : {"article:published_time", "og:article:published_time"}) {
    set_once(facts.published, date_of(first_meta(page, {name}), cues));
  }
  read_json_ld(json_ld, cues, facts);
  facts.published_sure = !facts.published.empty();
  set_once(facts.headline, one_line(first_meta(page, {"og:title", "twitter:title", "dc.title", "dcterms.title",
                                                      "sailthru.title", "parsely-title"})));
  set_once(facts.description, one_line(first_meta(page, {"og:description", "description", "twitter:description"})));
  for (const char* name :
       {"article:published", "datepublished", "og:published_time",
        "date", "pubdate", "publishdate", "publish-date", "publication_date", "dc.date.issued", "dcterms.issued",
        "dcterms.created", "dc.date", "dcterms.date", "dc.date.created", "parsely-pub-date", "sailthru.date",
        "article.published", "article:created", "article_date_original", "originalpublicationdate", "publication-date", "pub_date", "pub-date",
        "publish_date", "rnews:datepublished", "og:pubdate", "bt:pubdate", "date.created", "datecreated", "dc.created", "dc.date.available",
        "dc:date", "shareaholic:article_published_time", "citation_date", "citation_online_date", "prism.publicationdate", "eprints.date",
        "weibo:article:create_at", "creation_date", "created", "displaydate", "publicationdate", "publishtime", "release_date", "dcsext.articlefirstpublished",
        "citation_publication_date", "date_published", "published_time", "cxenseparse:recs:publishtime"}) {
    set_once(facts.published, date_of(first_meta(page, {name}), cues));
  }
  for (const std::string& date : page.published) set_once(facts.published, date_of(date, cues));
  for (const auto& [key, content] : page.meta) {
    const bool date = contains(key, "publish") || contains(key, "pubdate");
    if (date && !contains(key, "modified")) set_once(facts.published, date_of(content, cues));
  }
  for (const char* name : {"article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
                           "last-modified", "lastmod", "article.updated"}) {
    set_once(facts.updated, date_of(first_meta(page, {name}), cues));
  }
  for (const std::string& date : page.updated) set_once(facts.updated, date_of(date, cues));
  set_once(facts.uri, page.canonical);
  set_once(facts.uri, first_meta(page, {"og:url"}));
  set_once(facts.published, facts.page_published);
  set_once(facts.updated, facts.page_updated);
  set_once(facts.published, date_in_address(facts.uri, cues));
  if (facts.published.empty()) set_once(facts.published, date_in_address(first_meta(page, {"og:url"}), cues));
  set_once(facts.publisher, one_line(first_meta(page, {"og:site_name", "application-name", "dc.publisher",
                                                       "dcterms.publisher", "publisher", "article:publisher"})));
  if (contains(facts.publisher, "://")) facts.publisher.clear();
  set_once(facts.language, page.language);
  set_once(facts.language, first_meta(page, {"content-language", "og:locale", "dc.language"}));
  std::replace(facts.language.begin(), facts.language.end(), '_', '-');
  if (facts.language.size() > 16) facts.language.clear();
  set_once(facts.site, first_meta(page, {"og:site_name"}));
  set_once(facts.site, facts.publisher);
  set_once(facts.site, host_of(facts.uri));
  if (facts.published.empty()) {
    const auto date = find_date(page.title, cues, date_order(facts.language));
    if (date) facts.published = date->iso;
  }
  facts.headline = without_site(facts.headline, facts.site);
  // A name in full goes before a log-in ("jdoe"), wherever it stands.
  const auto in_full = [](const std::vector<std::string>& names) {
    return std::any_of(names.begin(), names.end(), [](const std::string& name) { return !is_login(name); });
  };
  const std::string site = bare(facts.site);
  const auto take = [&](const std::string& value) {
    std::vector<std::string> names = names_in_byline(tidy_author(value, cues), cues);
    if (!facts.authors.empty() && !in_full(names)) return;
    if (in_full(names) && !in_full(facts.authors)) facts.authors.clear();
    for (std::string& one : names) {
      add_author(cues.agencies.matches(one) || bare(one) == site ? facts.other_authors : facts.authors, std::move(one));
    }
    // Names in scripts without capitals cannot be told from houses: this is where people's names stand.
    const std::string whole = names.empty() ? tidy_author(value, cues) : std::string();
    if (names.empty()) add_author(has_capitals(whole) || is_ascii(whole) ? facts.other_authors : facts.authors, whole);
  };
  for (const char* name : {"author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author",
                           "byl", "citation_author", "article:author_name", "dc.contributor", "dcsext.author", "cxenseparse:author",
                           "og:article:author", "twitter:creator:name", "book:author"}) {
    if (in_full(facts.authors)) break;
    for (const auto& [key, content] : page.meta) {
      if (key == name) take(one_line(content));
    }
  }
  // Cards of shared links: "Written by", "Jane Doe".
  for (const char* number : {"1", "2"}) {
    if (in_full(facts.authors)) break;
    const std::string label = first_meta(page, {(std::string("twitter:label") + number).c_str()});
    if (cues.byline.matches(label)) take(one_line(first_meta(page, {(std::string("twitter:data") + number).c_str()})));
  }
  if (facts.authors.empty()) facts.authors = std::move(facts.page_authors);
  // The house itself is no person, though some data call it one.
  const std::string house = bare(facts.publisher);
  for (std::size_t i = 0; i < facts.authors.size();) {
    const std::string name = bare(facts.authors[i]);
    if (name != house && name != site) {
      ++i;
      continue;
    }
    add_author(facts.other_authors, std::move(facts.authors[i]));
    facts.authors.erase(facts.authors.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return facts;
}

}  // namespace parley::page
