// What a single line says of itself, by cue and shape, whatever stands around it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "page/cues.h"
#include "page/draft.h"

namespace parley::page {

enum class Role : std::uint8_t {
  none,
  takeaways_heading,   ///< "Key Takeaways"
  takeaways_inline,    ///< "Key points: …"
  why_heading,         ///< "Why it matters"
  why_inline,          ///< "Why this matters: …"
  head,                ///< "What's next", "18:02 GMT": of a part of the body
  head_inline,         ///< "What's next: …"
  label,               ///< "Updated On"
  published,           ///< "Published 3 May 2021", "May 3, 2021"
  updated,             ///< "Last updated: …"
  byline,              ///< "By Jane Doe and John Roe in Geneva"
  agency,              ///< "Reuters"
  caption,             ///< "FILE PHOTO: …", "… /Getty Images"
  related,             ///< "Read more: …"
  boilerplate,         ///< "Share this article", "© 2021 …"
};

struct LineRole {
  Role role = Role::none;
  std::uint32_t cue_end = 0;       ///< of inline cues: bytes of the cue with its colon; of dates: of "Published on"
  std::optional<std::string> date; ///< of published and updated, ISO 8601, where the line has it
  std::vector<std::string> names;  ///< of byline and agency
};

LineRole role_of_line(std::string_view text, const Cues& cues);

/// Whether this looks like one person's name and nothing else: "Waqas Arain", "Jan van der Meer".
bool is_person_name(std::string_view text, const Cues& cues);
/// "Jane Doe, correspondent | Agency": the names, when every part is a name, a role or an agency.
std::vector<std::string> names_in_byline(std::string_view text, const Cues& cues);

/// The bytes of an agency's dateline that the paragraph begins with and of the dash behind it:
/// "GENEVA, May 3 (Agency)" and " - ". `text_begin` is 0 when there is none.
struct Dateline {
  std::uint32_t end = 0;
  std::uint32_t text_begin = 0;
};
Dateline find_dateline(std::string_view text, const Cues& cues);

/// Whether the text ends like a sentence: a full stop, a question or exclamation mark, an ellipsis or a
/// colon, before closing quotes and brackets.
bool ends_like_sentence(std::string_view text);

}  // namespace parley::page
