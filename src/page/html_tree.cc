// From Gumbo's tree to flat columns.
#include "page/html_tree.h"

#include <gumbo.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <unordered_map>
#include <utility>

#include "page/draft.h"
#include "page/lineroles.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley::page {
namespace {

std::string_view attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool has_attribute(const GumboElement& element, const char* name) {
  return gumbo_get_attribute(&element.attributes, name) != nullptr;
}

bool is_inline(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_A: case GUMBO_TAG_SPAN: case GUMBO_TAG_Q: case GUMBO_TAG_CITE: case GUMBO_TAG_TIME:
    case GUMBO_TAG_LABEL: case GUMBO_TAG_DATA: case GUMBO_TAG_UNKNOWN:
      return true;
    default:
      return false;
  }
}

// Code points; letters of scripts that are written without spaces say more each. `text` is valid UTF-8.
std::uint32_t text_weight(std::string_view text) {
  std::uint32_t sum = 0;
  for (std::size_t pos = 0; pos < text.size(); ++pos) {
    const auto lead = static_cast<unsigned char>(text[pos]);
    sum += (lead & 0xC0) != 0x80;
    if (lead < 0xE0 || lead > 0xEF || pos + 2 >= text.size()) continue;
    const std::uint32_t c = (lead & 0x0FU) << 12 | (static_cast<unsigned char>(text[pos + 1]) & 0x3FU) << 6 |
                            (static_cast<unsigned char>(text[pos + 2]) & 0x3FU);
    const bool dense = (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) ||
                       (c >= 0x0E00 && c <= 0x0E7F);
    sum += dense ? 2 : 0;
  }
  return sum;
}

class Flattener {
 public:
  explicit Flattener(const NameTable& names) : names_(names) {}

  PageTree run(const GumboNode* root) {
    walk(root, kNoElement, false);
    flush();
    return std::move(tree_);
  }

 private:
  // The filter before the parser bounds the depth of tags, but the parser opens formatting elements again
  // (HTML5, 13.2.4.3) and nests them deeper than they were written. Below this only the text is taken.
  static constexpr unsigned kDeepest = 900;
  static constexpr std::size_t kLongestNames = 1024;  // bytes of an element that is marked as authors

  void text_below(const GumboNode* node, bool in_link) {
    std::vector<const GumboNode*> open{node};
    while (!open.empty()) {
      const GumboNode* next = open.back();
      open.pop_back();
      if (next->type == GUMBO_NODE_ELEMENT) {
        const GumboVector& children = next->v.element.children;
        for (unsigned i = children.length; i > 0; --i) {
          open.push_back(static_cast<const GumboNode*>(children.data[i - 1]));
        }
      } else if (next->type == GUMBO_NODE_TEXT || next->type == GUMBO_NODE_WHITESPACE || next->type == GUMBO_NODE_CDATA) {
        add_text(next->v.text.text, in_link);
      }
    }
  }

  void walk(const GumboNode* node, std::uint32_t parent, bool in_link, unsigned depth = 0) {
    if (depth > kDeepest) {
      text_below(node, in_link);
      return;
    }
    switch (node->type) {
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_WHITESPACE:
      case GUMBO_NODE_CDATA:
        add_text(node->v.text.text, in_link);
        return;
      case GUMBO_NODE_ELEMENT:
        break;
      default:
        return;
    }
    const GumboElement& element = node->v.element;
    if (element.tag == GUMBO_TAG_HEAD) {
      read_head(element);
      return;
    }
    if (element.tag == GUMBO_TAG_BR) {
      line_break();
      return;
    }
    if (element.tag == GUMBO_TAG_META || element.tag == GUMBO_TAG_LINK || element.tag == GUMBO_TAG_TITLE) {
      read_fact(element);
      return;
    }
    if (element.tag == GUMBO_TAG_HTML) {
      tree_.facts.language = std::string(attribute(element, has_attribute(element, "lang") ? "lang" : "xml:lang"));
    }
    const bool inline_element = is_inline(element.tag);
    std::uint32_t traits = traits_of(element);
    // In the middle of a paragraph's sentence a link named "search-link" is a word like others.
    if (inline_element && block_ != kNoElement && (tree_.elements[block_].traits & kProse) != 0 && mid_sentence()) traits &= ~(kDrop | kSoft);
    // An inline element that says something of itself is an edge as well.
    const bool heading = heading_level(element.tag) > 0;
    const bool edge = !inline_element || (traits & (kNever | kDrop | kSoft | kHidden | kBylineNamed | kDateNamed | kFigure)) != 0 ||
                      (in_heading_ && (traits & (kKickerNamed | kDekNamed)) != 0);
    if (edge) flush();
    const auto index = static_cast<std::uint32_t>(tree_.elements.size());
    tree_.elements.push_back({parent, 0, traits, heading_level(element.tag)});
    const std::uint32_t outer = block_;
    if (edge || block_ == kNoElement) block_ = index;
    const bool link = in_link || element.tag == GUMBO_TAG_A;
    const std::size_t runs_before = tree_.runs.size();
    const std::size_t pending_before = pending_.size();
    const bool in_heading = in_heading_;
    in_heading_ = heading || (in_heading && inline_element);
    for (unsigned i = 0; i < element.children.length; ++i) {
      walk(static_cast<const GumboNode*>(element.children.data[i]), index, link, depth + 1);
    }
    in_heading_ = in_heading;
    read_microdata(element, index, runs_before, pending_before);
    if (edge) flush();
    block_ = outer;
    tree_.elements[index].end = static_cast<std::uint32_t>(tree_.elements.size());
  }

  bool mid_sentence() const {
    return solid_ > 0 && pending_[solid_ - 1] != '\x01' && !ends_like_sentence(std::string_view(pending_).substr(0, solid_));
  }

  static std::uint8_t heading_level(GumboTag tag) {
    if (tag < GUMBO_TAG_H1 || tag > GUMBO_TAG_H6) return 0;
    return static_cast<std::uint8_t>(1 + (tag - GUMBO_TAG_H1));
  }

  std::uint32_t traits_of(const GumboElement& element) {
    std::uint32_t traits = 0;
    switch (element.tag) {
      case GUMBO_TAG_NAV: case GUMBO_TAG_FOOTER: case GUMBO_TAG_ASIDE:
        traits |= kDrop | kApart;
        break;
      case GUMBO_TAG_BUTTON: case GUMBO_TAG_FORM: case GUMBO_TAG_MENU: case GUMBO_TAG_FIELDSET:
        traits |= kDrop;
        break;
      case GUMBO_TAG_FIGURE: case GUMBO_TAG_FIGCAPTION: traits |= kFigure; break;
      case GUMBO_TAG_ARTICLE: traits |= kArticle; break;
      case GUMBO_TAG_MAIN: traits |= kMain; break;
      case GUMBO_TAG_TABLE: traits |= kTableTag; break;
      case GUMBO_TAG_LI: traits |= kList | kParagraph; break;
      case GUMBO_TAG_P: case GUMBO_TAG_BLOCKQUOTE: case GUMBO_TAG_PRE: traits |= kParagraph | kProse; break;
      case GUMBO_TAG_TD: case GUMBO_TAG_TH: traits |= kParagraph | kCell; break;
      case GUMBO_TAG_DD: case GUMBO_TAG_DT: traits |= kParagraph; break;
      default:
        if (heading_level(element.tag) > 0) traits |= kHeading;
        break;
    }
    names_buffer_.clear();
    if (element.tag == GUMBO_TAG_UNKNOWN) {
      // "amp-ad", "newsletter-signup": elements of the page's own are named like classes.
      GumboStringPiece name = element.original_tag;
      gumbo_tag_from_original_text(&name);
      if (name.data != nullptr) names_buffer_.append(name.data, name.length).append(1, ' ');
    }
    bool author = false;
    for (unsigned i = 0; i < element.attributes.length; ++i) {
      const auto& a = *static_cast<const GumboAttribute*>(element.attributes.data[i]);
      const std::string_view name = a.name;
      const std::string_view value = a.value;
      if (name == "class" || name == "id" || name == "data-testid" || name == "data-component") {
        names_buffer_ += value;
        names_buffer_ += ' ';
      } else if (name == "hidden") {
        traits |= kHidden;
      } else if (name == "aria-hidden") {
        if (value == "true") traits |= kHidden;
      } else if (name == "itemprop") {
        if (value == "articleBody") traits |= kBodyNamed;
        author = author || value == "author";
      } else if (name == "rel") {
        author = author || value == "author";
      } else if (name == "role") {
        traits |= traits_of_role(value);
      }
    }
    if (author) traits |= kBylineNamed;
    if (element.tag == GUMBO_TAG_BODY || element.tag == GUMBO_TAG_HTML) return traits & ~kFurniture;
    if (!names_buffer_.empty()) {
      const auto [known, added] = known_names_.emplace(names_buffer_, 0);
      if (added) known->second = names_.traits(names_buffer_);
      traits |= known->second;
    }
    // What is named a body is no furniture by that same name: "article-body" beside "js-paywall".
    if ((traits & kBodyNamed) != 0) traits &= ~(kDrop | kSoft);
    return traits;
  }

  static constexpr std::uint32_t kFurniture = kNever | kDrop | kSoft;

  static std::uint32_t traits_of_role(std::string_view role) {
    if (role == "main") return kMain;
    if (role == "dialog" || role == "alertdialog" || role == "alert") return kNever;
    if (role == "navigation" || role == "complementary" || role == "banner" || role == "contentinfo" ||
        role == "search" || role == "menu" || role == "menubar" || role == "menuitem" || role == "toolbar") {
      return kDrop;
    }
    return 0;
  }

  void add_text(std::string_view text, bool in_link) {
    if (text.empty()) return;
    const std::size_t before = pending_.size();
    pending_ += text;
    if (const std::size_t last = text.find_last_not_of(" \t\r\n"); last != std::string_view::npos) solid_ = before + last + 1;
    if (in_link) link_parts_.emplace_back(before, pending_.size());
  }

  // One break is a space, two end a paragraph.
  void line_break() {
    if (solid_ > 0 && pending_[solid_ - 1] == '\x01') {
      flush();
    } else {
      pending_ += '\x01';
      solid_ = pending_.size();
    }
  }

  void flush() {
    if (pending_.empty()) return;
    Run run;
    for (char& c : pending_) {
      if (c == '\x01') c = '\n';
    }
    const std::string cleaned = clean_characters(pending_, false);
    for (const char c : cleaned) {
      const bool space = c == ' ' || c == '\n' || c == '\t';
      if (!space) {
        run.text += c;
      } else if (!run.text.empty() && run.text.back() != ' ') {
        run.text += ' ';
      }
    }
    while (!run.text.empty() && run.text.back() == ' ') run.text.pop_back();
    if (!run.text.empty()) {
      run.element = block_ == kNoElement ? 0 : block_;
      run.chars = text_weight(run.text);
      std::uint32_t links = 0;
      for (const auto& [begin, end] : link_parts_) {
        links += text_weight(trim(std::string_view(pending_).substr(begin, end - begin)));
      }
      run.link_chars = std::min(links, run.chars);
      tree_.runs.push_back(std::move(run));
    }
    pending_.clear();
    solid_ = 0;
    link_parts_.clear();
  }

  void read_head(const GumboElement& head) {
    for (unsigned i = 0; i < head.children.length; ++i) {
      const auto* node = static_cast<const GumboNode*>(head.children.data[i]);
      if (node->type == GUMBO_NODE_ELEMENT) read_fact(node->v.element);
    }
  }

  void read_fact(const GumboElement& element) {
    PageFacts& facts = tree_.facts;
    if (element.tag == GUMBO_TAG_TITLE && element.children.length > 0 && facts.title.empty()) {
      const auto* text = static_cast<const GumboNode*>(element.children.data[0]);
      if (text->type == GUMBO_NODE_TEXT) facts.title = one_line(text->v.text.text);
    } else if (element.tag == GUMBO_TAG_LINK) {
      if (attribute(element, "rel") == "canonical") facts.canonical = std::string(attribute(element, "href"));
    } else if (element.tag == GUMBO_TAG_META) {
      const std::string_view content = attribute(element, "content");
      if (content.empty() || facts.meta.size() > 500) return;
      for (const char* key : {"property", "name", "itemprop", "http-equiv"}) {
        const std::string_view name = attribute(element, key);
        if (!name.empty()) facts.meta.emplace_back(fold_case(name), one_line(content));
      }
    }
  }

  void read_microdata(const GumboElement& element, std::uint32_t index, std::size_t runs_before, std::size_t pending_before) {
    PageFacts& facts = tree_.facts;
    const std::string_view itemprop = attribute(element, "itemprop");
    const std::string_view datetime = attribute(element, "datetime");
    if (!datetime.empty() && facts.times.size() < 100) {
      facts.times.push_back({std::string(datetime), index});
      if (itemprop == "datePublished" || has_attribute(element, "pubdate")) facts.published.emplace_back(datetime);
      if (itemprop == "dateModified") facts.updated.emplace_back(datetime);
    }
    const std::string_view content = attribute(element, "content");
    if (!content.empty() && itemprop == "datePublished") facts.published.emplace_back(content);
    if (!content.empty() && itemprop == "dateModified") facts.updated.emplace_back(content);
    if (itemprop == "author" || attribute(element, "rel") == "author") {
      std::string text;
      // No more than shows that it is no name: such elements may hold one another, and the page.
      for (std::size_t i = runs_before; i < tree_.runs.size() && text.size() <= kLongestNames; ++i) text += tree_.runs[i].text + ' ';
      if (pending_before < pending_.size()) text.append(pending_, pending_before, kLongestNames);
      std::string name = text.size() > kLongestNames ? std::string() : one_line(text);
      if (!name.empty() && name.size() < 200 && facts.authors.size() < 20) facts.authors.push_back({std::move(name), index});
    }
  }

  static std::string one_line(std::string_view text) {
    std::string out = clean_characters(text, false);
    for (char& c : out) {
      if (c == '\n' || c == '\t' || c == '\x01') c = ' ';
    }
    return std::string(trim(out));
  }

  const NameTable& names_;
  std::unordered_map<std::string, std::uint32_t> known_names_;  // a page says the same names again and again
  std::string names_buffer_;
  PageTree tree_;
  std::uint32_t block_ = kNoElement;
  bool in_heading_ = false;
  std::string pending_;
  std::size_t solid_ = 0;  // in it, the byte behind the last that is no white space
  std::vector<std::pair<std::size_t, std::size_t>> link_parts_;
};

// Memory for one parse: handed out from blocks, given back all at once. The parser asks for many small
// pieces, and its own way of giving them back walks the tree recursively.
class Arena {
 public:
  static void* allocate(void* self, std::size_t size) { return static_cast<Arena*>(self)->take(size); }
  static void release(void*, void*) {}

 private:
  static constexpr std::size_t kBlock = std::size_t{1} << 18;

  void* take(std::size_t size) {
    size = (size + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) * alignof(std::max_align_t);
    if (size > left_) {
      const std::size_t block = std::max(size, kBlock);
      blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(block));
      next_ = blocks_.back().get();
      left_ = block;
    }
    void* out = next_;
    next_ += size;
    left_ -= size;
    return out;
  }

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace

PageTree parse_page(const std::string& filtered_html, const NameTable& names) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;  // the default keeps every error, which is quadratic in memory
  options.tab_stop = 1;
  Arena arena;
  options.allocator = &Arena::allocate;
  options.deallocator = &Arena::release;
  options.userdata = &arena;
  GumboOutput* output = gumbo_parse_with_options(&options, filtered_html.data(), filtered_html.size());
  return Flattener(names).run(output->root);
}

}  // namespace parley::page
