// A record in a reader's order: the lines that every rendering for people shows. The renderings
// (render_text.h, render_markdown.h, render_html.h) add colour, bullets and tags, never facts.
#pragma once

#include <string>
#include <vector>

#include "parley/record.h"

namespace parley {

/// Names of entities, joined as a person would: "A, B and C"; "?" for none when `none` says so.
std::string names_of(const Record& record, const std::vector<Id>& ids);
std::string name_of(const Record& record, const Id& id);

/// "at least 34,568", "10 to 12", "up to 9"; thousands separated by commas.
std::string amount_of(const Figure& figure);

/// "USAGOV" or what is known of it: "USA", "GOV", "" .
std::string code_of(const Entity& entity);

/// One event in a line: "Peru → Chile".
std::string parties_of(const Record& record, const Event& event);

/// Entities worth a line: actors with a code or a part in some record, most mentioned first.
std::vector<const Entity*> leading_entities(const Record& record, std::size_t most);

}  // namespace parley
