// RSS 2.0 and 1.0, Atom, news sitemaps.
//
// Idea: a feed is a head and a run of items. The items are found by their tags (comments and CDATA passed
// over) and each is parsed by itself, so that memory does not grow with the feed and a broken item costs no
// other. Example: <rss><channel><title>The Daily</title><item>…</item><item>…</item>: the channel's title is
// the publisher of both. Counter-example: "<item>" inside CDATA opens nothing. Entities of a DOCTYPE are not
// expanded, so none can grow. Cost: one pass and one parse an item. Covered by tests/page/feed_test.cc.
// Sources: RSS 2.0, RSS 1.0 with Dublin Core and content modules, RFC 4287, sitemaps.org 0.9 with news 0.9.
#include <algorithm>
#include <cstring>
#include <pugixml.hpp>
#include <sstream>
#include <utility>
#include <vector>

#include "page/cues.h"
#include "page/draft.h"
#include "page/streams.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley::page {
namespace {

constexpr std::size_t kLargestHead = std::size_t{1} << 18;
constexpr std::size_t kLongestTag = std::size_t{1} << 16;
constexpr std::size_t kMostAuthors = 100;
constexpr int kDeepestNews = 4;            // <url><news:news><news:publication>, and one to spare
constexpr std::size_t kLongSummary = 600;  // from here on a description is the report's text

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}
std::string_view prefix_of(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
}

bool is_item(std::string_view name) {
  return name == "item" || name == "entry" || name == "url" || name == "sitemap";
}

// What an element says, its children's markup included when it has children.
std::string words_of(const pugi::xml_node& node) {
  if (std::any_of(node.begin(), node.end(), [](const pugi::xml_node& c) { return c.type() == pugi::node_element; })) {
    std::ostringstream out;
    for (const pugi::xml_node& child : node) child.print(out, "", pugi::format_raw);
    return out.str();
  }
  std::string out;
  for (const pugi::xml_node& child : node) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) out += child.value();
  }
  return std::string(trim(out));
}

// "jane@example.org (Jane Doe)" has the name in its bracket.
std::string person_of(std::string text) {
  const std::size_t open = text.find('(');
  const std::size_t close = text.rfind(')');
  if (text.find('@') != std::string::npos && open != std::string::npos && close != std::string::npos && close > open) {
    text = text.substr(open + 1, close - open - 1);
  } else if (text.find('@') != std::string::npos && text.find(' ') == std::string::npos) {
    return {};
  }
  return tidy_line(text);
}

struct Item {
  std::string title, link, guid, content, text, summary, published, updated, language, publisher;
  std::vector<std::string> authors;
};

void set_once(std::string& place, std::string value) {
  if (place.empty()) place = std::move(value);
}

void take_link(Item& item, const pugi::xml_node& node) {
  const std::string_view href = node.attribute("href").value();
  if (href.empty()) {
    set_once(item.link, words_of(node));
  } else if (const std::string_view rel = node.attribute("rel").value(); rel.empty() || rel == "alternate") {
    set_once(item.link, std::string(trim(href)));
  }
}

void take_people(Item& item, const pugi::xml_node& node) {
  std::string name;
  for (const pugi::xml_node& child : node) {
    if (local_name(child.name()) == "name") name = words_of(child);
  }
  if (name.empty()) name = words_of(node);
  name = person_of(std::move(name));
  if (name.empty() || item.authors.size() >= kMostAuthors) return;
  if (std::find(item.authors.begin(), item.authors.end(), name) == item.authors.end()) {
    item.authors.push_back(std::move(name));
  }
}

void take_child(Item& item, const pugi::xml_node& node, int depth = 0) {
  const std::string_view name = local_name(node.name());
  const std::string_view prefix = prefix_of(node.name());
  // Pictures, sounds and their credits speak of themselves.
  if (prefix == "media" || prefix == "itunes" || prefix == "image" || prefix == "video" || prefix == "slash") return;
  if (name == "title") {
    set_once(item.title, words_of(node));
  } else if (name == "origLink") {
    item.link = words_of(node);
  } else if (name == "link") {
    take_link(item, node);
  } else if (name == "loc") {
    set_once(item.link, words_of(node));
  } else if (name == "guid" || name == "id") {
    set_once(item.guid, words_of(node));
  } else if (name == "encoded" || name == "content") {
    const std::string_view type = node.attribute("type").value();
    if (type == "text" || type == "text/plain") {
      set_once(item.text, words_of(node));
    } else {
      set_once(item.content, words_of(node));
    }
  } else if (name == "full-text") {
    set_once(item.text, words_of(node));
  } else if (name == "description" || name == "summary" || name == "abstract") {
    set_once(item.summary, words_of(node));
  } else if (name == "pubDate" || name == "published" || name == "date" || name == "issued" || name == "created" ||
             name == "publication_date") {
    set_once(item.published, words_of(node));
  } else if (name == "updated" || name == "modified" || name == "lastmod") {
    set_once(item.updated, words_of(node));
  } else if (name == "author" || name == "creator") {
    take_people(item, node);
  } else if (name == "language") {
    set_once(item.language, words_of(node));
  } else if (name == "publisher" || (name == "name" && prefix == "news")) {
    set_once(item.publisher, words_of(node));
  } else if ((name == "news" || name == "publication") && depth < kDeepestNews) {
    for (const pugi::xml_node& child : node) take_child(item, child, depth + 1);
  }
}

class XmlFeed : public ReportStream {
 public:
  XmlFeed(Buffered in, const ReadOptions& options) : in_(std::move(in)), options_(options) {
    // Tags are looked for as ASCII bytes, so UTF-16 is turned round first, as a whole.
    const std::string_view mark = in_.peek(2).substr(0, 2);
    if (mark == "\xFF\xFE" || mark == "\xFE\xFF") {
      std::optional<std::string> whole = in_.rest(options_.max_bytes);
      failed_ = in_.error();
      if (!failed_ && !whole) failed_ = too_large("the feed, being in UTF-16,", options_.max_bytes, options_.source);
      in_ = Buffered(from_memory(whole ? to_utf8(*std::move(whole), {}, options_.cues.get()) : std::string()));
      encoding_ = "utf-8";
    }
  }

  std::optional<RawReport> next() override {
    while (!done_) {
      if (!take_piece()) return finish();
      if (!complete_) continue;
      complete_ = false;
      ++number_;
      std::string text = std::move(item_);
      item_.clear();
      if (over_limit_) {
        over_limit_ = false;
        return failure(too_large("the item", options_.max_bytes, place(item_begin_)));
      }
      if (item_name_ == "sitemap") {
        done_ = true;
        return failure({Error::Code::empty, "an index that only names other sitemaps: give those", options_.source});
      }
      return report_of(text);
    }
    return std::nullopt;
  }
  const ByteStream& bytes() const override { return in_.stream(); }

 private:
  std::string place(std::uint64_t byte) const { return options_.source + ": byte " + std::to_string(byte); }

  RawReport failure(Error error) const {
    return {options_.source + ':' + std::to_string(number_), Format::text, {}, options_, {}, std::move(error)};
  }

  void keep(std::string_view bytes) {
    if (inside_) {
      if (item_.size() + bytes.size() > options_.max_bytes) {
        over_limit_ = true;
        item_.clear();
      }
      if (!over_limit_) item_ += bytes;
    } else if (number_ == 0 && head_.size() + bytes.size() <= kLargestHead) {
      head_ += bytes;
    }
  }

  // Bytes up to and with `end`, kept. False when the file ends before.
  bool take_until(std::string_view end) {
    for (;;) {
      const std::string_view ahead = in_.peek(std::max<std::size_t>(end.size(), 4096));
      const std::size_t at = ahead.find(end);
      if (at != std::string_view::npos) {
        keep(ahead.substr(0, at + end.size()));
        in_.drop(at + end.size());
        return true;
      }
      if (ahead.size() < end.size()) {
        keep(ahead);
        in_.drop(ahead.size());
        return false;
      }
      const std::size_t part = ahead.size() - end.size() + 1;
      keep(ahead.substr(0, part));
      in_.drop(part);
    }
  }

  // Text up to the next '<', then what begins there. False at the end.
  bool take_piece() {
    const std::string_view ahead = in_.peek(16);
    if (ahead.empty()) return false;
    if (ahead.front() != '<') {
      const std::size_t open = std::min(ahead.find('<'), ahead.size());
      keep(ahead.substr(0, open));
      in_.drop(open);
      return true;
    }
    const auto begins = [&](std::string_view what) { return ahead.substr(0, what.size()) == what; };
    if (begins("<!--")) return take_until("-->");
    if (begins("<![CDATA[")) return take_until("]]>");
    if (begins("<?")) return take_until("?>");
    return take_tag();
  }

  bool take_tag() {
    const std::uint64_t begin = in_.offset();
    std::size_t size = 0;
    std::size_t wanted = 256;
    for (;;) {
      const std::string_view ahead = in_.peek(wanted);
      size = tag_size(ahead);
      if (size > 1) break;
      if (size == 1 || ahead.size() < wanted || wanted >= kLongestTag) {
        // No tag: a bare '<', or the file's end. A declaration without end goes with what was looked
        // through: each may hold the beginnings of others.
        keep(ahead.substr(0, 1));
        in_.drop(size != 1 && ahead.substr(0, 2) == "<!" ? ahead.size() : 1);
        return true;
      }
      wanted *= 2;
    }
    const std::string tag(in_.peek(size).substr(0, size));
    in_.drop(size);
    // A DOCTYPE and its entities are of no use to a reader.
    if (tag[1] == '!') return true;
    const bool end = tag[1] == '/';
    const bool closed = tag[tag.size() - 2] == '/';
    const std::size_t from = end ? 2 : 1;
    const std::string name(local_name(
        std::string_view(tag).substr(from, tag.find_first_of(" \t\r\n/>", from) - from)));
    if (!inside_) {
      sitemap_ = sitemap_ || name == "urlset";
      if (!end && is_item(name) && !head_only(name)) {
        inside_ = true;
        nested_ = 0;
        item_name_ = name;
        item_begin_ = begin;
        keep(tag);
        if (closed) end_item();
        return true;
      }
      keep(tag);
      return true;
    }
    keep(tag);
    if (name == item_name_) {
      if (!end && !closed) ++nested_;
      if (end && nested_-- == 0) end_item();
    }
    return true;
  }

  // The picture of an RSS channel has a url of its own.
  bool head_only(std::string_view name) const { return name == "url" && !sitemap_; }

  void end_item() {
    inside_ = false;
    complete_ = true;
    if (number_ == 0) learn_from_head();
  }

  // The size of the tag at the front, its quoted values passed over; 0 when its end is not there, 1 when
  // another tag begins before this one ends, so that it is none.
  static std::size_t tag_size(std::string_view text) {
    char quote = '\0';
    int brackets = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
      const char c = text[i];
      if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '[' && text[1] == '!') {
        ++brackets;
      } else if (c == ']' && brackets > 0) {
        --brackets;
      } else if (c == '>' && brackets == 0) {
        return i + 1 >= 3 ? i + 1 : 1;
      } else if (c == '<' && brackets == 0) {
        return 1;
      }
    }
    return 0;
  }

  std::optional<RawReport> finish() {
    done_ = true;
    if (!failed_) failed_ = in_.error();
    if (failed_) return RawReport{options_.source, Format::text, {}, options_, {}, failed_};
    if (inside_) {
      ++number_;
      return failure({Error::Code::malformed, "the feed is cut off inside an item: those before were read; fetch it again",
                      place(item_begin_)});
    }
    if (number_ > 0) return std::nullopt;
    const bool feed = head_.find("<rss") != std::string::npos || head_.find("<feed") != std::string::npos ||
                      head_.find(":RDF") != std::string::npos || head_.find("urlset") != std::string::npos;
    return RawReport{options_.source, Format::text, {}, options_, {},
                     feed ? Error{Error::Code::empty, "a feed without items", options_.source}
                          : Error{Error::Code::malformed, "no feed: give RSS, Atom, JSON Feed or a news sitemap",
                                  options_.source}};
  }

  // The publisher, the language and the encoding, from what stands before the first item.
  void learn_from_head() {
    if (encoding_.empty()) encoding_ = xml_encoding(head_);
    if (encoding_.empty()) encoding_ = options_.charset;
    pugi::xml_document document;
    // The head's elements are still open: what is there is what counts.
    const std::string text = to_utf8(head_, encoding_, options_.cues.get());
    (void)document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
    const pugi::xml_node root = document.document_element();
    language_ = root.attribute("xml:lang").value();
    pugi::xml_node channel = root;
    for (const pugi::xml_node& child : root) {
      if (local_name(child.name()) == "channel") channel = child;
    }
    for (const pugi::xml_node& child : channel) {
      const std::string_view name = local_name(child.name());
      if (name == "title") set_once(publisher_, tidy_line(words_of(child)));
      if (name == "language") set_once(language_, words_of(child));
    }
    head_.clear();
    head_.shrink_to_fit();
  }

  static std::string xml_encoding(std::string_view head) {
    head = head.substr(0, 256);
    const std::size_t at = head.find("encoding=");
    if (head.find("<?xml") == std::string_view::npos || at == std::string_view::npos || at + 10 >= head.size()) return {};
    const char quote = head[at + 9];
    const std::size_t end = head.find(quote, at + 10);
    return end == std::string_view::npos ? std::string() : std::string(head.substr(at + 10, end - at - 10));
  }

  RawReport report_of(const std::string& bytes) {
    const std::string text = to_utf8(bytes, encoding_, options_.cues.get());
    pugi::xml_document document;
    const pugi::xml_parse_result result =
        document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
    if (!result) {
      return failure({Error::Code::malformed, std::string("no XML (") + result.description() +
                          "): the item is passed over, the others are read",
                      place(item_begin_ + static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(result.offset, 0)))});
    }
    Item item;
    const pugi::xml_node root = document.document_element();
    item.language = root.attribute("xml:lang").value();
    for (const pugi::xml_node& child : root) take_child(item, child);
    return report_of(std::move(item), root.attribute("rdf:about").value());
  }

  RawReport report_of(Item item, std::string_view about) {
    RawReport out{{}, Format::text, {}, options_, {}, {}};
    out.options.source = place(item_begin_);
    const auto set = [](std::optional<std::string>& to, std::string value) {
      if (!value.empty()) to = std::move(value);
    };
    std::string uri = std::move(item.link);
    if (uri.empty()) uri = about;
    if (uri.empty() && item.guid.find("://") != std::string::npos) uri = item.guid;
    out.id = !uri.empty() ? uri : !item.guid.empty() ? item.guid : options_.source + ':' + std::to_string(number_);
    set(out.options.uri, std::move(uri));
    set(out.options.title, tidy_line(item.title));
    set(out.options.publisher, item.publisher.empty() ? publisher_ : tidy_line(item.publisher));
    set(out.options.language, item.language.empty() ? language_ : item.language);
    set(out.options.published, machine_date(item.published, options_.cues.get()).value_or(""));
    set(out.options.updated, machine_date(item.updated, options_.cues.get()).value_or(""));
    if (!out.options.published) out.options.published = out.options.updated;
    if (!item.authors.empty()) out.options.byline = std::move(item.authors);
    if (item.content.empty() && item.text.empty() && item.summary.size() > kLongSummary) item.content = std::move(item.summary);
    if (!item.summary.empty()) set(out.options.dek, tidy_line(item.summary));
    out.part = RawReport::Part::fragment;
    if (!item.text.empty()) {
      out.bytes = std::move(item.text);
    } else if (!trim(item.content).empty()) {
      out.bytes = std::move(item.content);
    } else {
      out.part = RawReport::Part::link;
    }
    return out;
  }

  Buffered in_;
  ReadOptions options_;
  std::optional<Error> failed_;
  std::string encoding_;
  std::string head_;
  std::string publisher_, language_;
  std::string item_, item_name_;
  std::uint64_t item_begin_ = 0;
  std::uint64_t number_ = 0;
  std::int64_t nested_ = 0;
  bool inside_ = false;
  bool complete_ = false;
  bool over_limit_ = false;
  bool sitemap_ = false;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<ReportStream> xml_feed(Buffered in, const ReadOptions& options, Tally&) {
  return std::make_unique<XmlFeed>(std::move(in), options);
}

}  // namespace parley::page
