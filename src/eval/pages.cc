#include "eval/pages.h"

#include <algorithm>
#include <map>

#include "eval/files.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley::eval {
namespace {

std::string last_part(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

// Case, quotes and white space do not count.
std::string key_of(std::string_view text) {
  const std::string folded = fold_case(text);
  std::string out;
  for (std::size_t pos = 0; pos < folded.size();) {
    const CodePoint c = decode_utf8(folded, pos);
    const bool quote = c.value == '"' || c.value == '\'' || c.value == 0xAB || c.value == 0xBB ||
                       (c.value >= 0x2018 && c.value <= 0x201F) || c.value == 0x2039 || c.value == 0x203A;
    if (is_space(c.value)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (!quote) {
      out.append(folded, pos, c.size);
    }
    pos += std::max<std::uint32_t>(c.size, 1);
  }
  return std::string(trim(out));
}

// "Von A und B; C": the names, sorted.
std::vector<std::string> name_keys(const std::vector<std::string>& authors) {
  std::vector<std::string> out;
  for (const std::string& text : authors) {
    std::string key = key_of(text);
    for (const std::string_view joiner : {" und ", " and ", " & ", "; ", "/", " et "}) {
      for (std::size_t at; (at = key.find(joiner)) != std::string::npos;) key.replace(at, joiner.size(), ", ");
    }
    for (const std::string_view part : split(key, ',')) {
      std::string_view name = trim(part);
      for (const std::string_view opening : {"von ", "by ", "par "}) {
        if (name.starts_with(opening)) name.remove_prefix(opening.size());
      }
      if (!name.empty()) out.emplace_back(name);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// "2022-11-1" is a day too.
std::string day_of(const std::string& date) {
  const auto parts = split(std::string_view(date).substr(0, 10), '-');
  std::string out;
  for (std::string_view part : parts) {
    part = part.substr(0, part.find('T'));
    out += (out.empty() ? "" : "-") + std::string(part.size() == 1 ? "0" : "") + std::string(part);
  }
  return out;
}

std::vector<std::string> strings(const Json& value) {
  std::vector<std::string> out;
  if (value.is_string() && !value.get<std::string>().empty()) out.push_back(value.get<std::string>());
  if (!value.is_array()) return out;
  for (const Json& item : value) {
    if (item.is_string()) out.push_back(item.get<std::string>());
  }
  return out;
}

std::string string_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::string> strings_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() ? strings(*found) : std::vector<std::string>();
}

}  // namespace

Result<PageSet> PageSet::read(const std::filesystem::path& archive) {
  auto members = read_archive(archive);
  if (!members) return members.error();
  std::map<std::string, std::string*> files;
  const std::string* list = nullptr;
  for (ArchiveMember& member : *members) {
    const std::string name = last_part(member.name);
    if (name == "evaldata.json") {
      list = &member.content;
    } else {
      files.emplace(name, &member.content);
    }
  }
  if (list == nullptr) {
    return Error{Error::Code::malformed, "no evaldata.json in the archive: it says what each page must have", archive.string()};
  }
  const Json gold = Json::parse(*list, nullptr, false);
  if (!gold.is_object()) {
    return Error{Error::Code::malformed, "evaldata.json: expected an object with a page a key", archive.string()};
  }
  PageSet out;
  for (const auto& [url, item] : gold.items()) {
    const auto file = item.is_object() ? files.find(string_of(item, "file")) : files.end();
    if (file == files.end()) {
      return Error{Error::Code::malformed, "evaldata.json: the file of " + url + " is not in the archive", archive.string()};
    }
    Gold one{strings_of(item, "with"), strings_of(item, "without"), strings_of(item, "author"),
             string_of(item, "title"), string_of(item, "date")};
    out.expected_ += one.with.size();
    out.forbidden_ += one.without.size();
    out.title_.asked += !one.title.empty();
    out.date_.asked += !one.date.empty();
    out.author_.asked += !one.authors.empty();
    // Several entries may speak of one file.
    out.pages_.push_back({file->first, *file->second});
    out.gold_.push_back(std::move(one));
  }
  return out;
}

void PageSet::add(std::size_t index, const PageAnswer& answer) {
  const Gold& gold = gold_[index];
  const auto found = [&](const std::vector<std::string>& segments) {
    return static_cast<double>(std::count_if(segments.begin(), segments.end(), [&](const std::string& segment) {
      return answer.body.find(segment) != std::string::npos;
    }));
  };
  tp_ += found(gold.with);
  fp_ += found(gold.without);
  const auto count = [](Field& field, bool asked, bool given, bool right) {
    field.given += asked && given;
    field.right += asked && given && right;
  };
  count(title_, !gold.title.empty(), !answer.title.empty(), key_of(gold.title) == key_of(answer.title));
  count(date_, !gold.date.empty(), !answer.date.empty(), day_of(gold.date) == day_of(answer.date));
  count(author_, !gold.authors.empty(), !answer.authors.empty(), name_keys(gold.authors) == name_keys(answer.authors));
}

Json PageSet::json(const Field& field) {
  const auto share = [](std::size_t part, std::size_t whole) {
    return whole == 0 ? 0.0 : rounded(static_cast<double>(part) / static_cast<double>(whole));
  };
  return Json{{"n", field.asked}, {"right", field.right}, {"p", share(field.right, field.given)},
              {"r", share(field.right, field.asked)}};
}

Json PageSet::figures() const {
  const Counts counts{tp_, fp_, static_cast<double>(expected_) - tp_};
  return Json{{"n", pages_.size()},
              {"segments", counts.json()},
              {"expected", {{"n", expected_}, {"found", tp_}}},
              {"forbidden", {{"n", forbidden_}, {"found", fp_}}},
              {"title", json(title_)},
              {"date", json(date_)},
              {"author", json(author_)}};
}

}  // namespace parley::eval
