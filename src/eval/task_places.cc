// Toponyms with coordinates (Local-Global Lexicon, GeoWebNews): found at all, and placed within 161 km (100
// miles, the field's usual measure; Gritta et al. 2020).
#include <algorithm>
#include <cmath>
#include <pugixml.hpp>

#include "eval/files.h"
#include "eval/task.h"

namespace parley::eval {
namespace {

struct Toponym {
  Span span;
  bool placed = false;
  double latitude = 0.0;
  double longitude = 0.0;
};

constexpr double kNear = 161.0;
constexpr double kNowhere = 20039.0;  // half the earth's girth, for a place without coordinates

double kilometres(double a, double b, double c, double d) {
  constexpr double kRadian = 3.14159265358979323846 / 180.0;
  a *= kRadian, b *= kRadian, c *= kRadian, d *= kRadian;
  const double u = std::sin((c - a) / 2.0);
  const double v = std::sin((d - b) / 2.0);
  return 12742.0 * std::asin(std::min(1.0, std::sqrt(u * u + std::cos(a) * std::cos(c) * v * v)));
}

class Places final : public RecordTask {
 public:
  void text(Input input, std::vector<Toponym> gold) {
    inputs_.push_back(std::move(input));
    gold_.push_back(std::move(gold));
  }

  void add(std::size_t index, const Record& record) override {
    std::vector<bool> used(record.places.size(), false);
    std::size_t matched = 0;
    for (const Toponym& gold : gold_[index]) {
      placed_ += gold.placed ? 1.0 : 0.0;
      std::size_t k = 0;
      while (k < record.places.size() &&
             (used[k] || std::min(record.places[k].span.end, gold.span.end) <=
                             std::max(record.places[k].span.begin, gold.span.begin))) {
        ++k;
      }
      if (k == record.places.size()) {
        ++recognition_.fn;
        continue;
      }
      used[k] = true;
      ++matched;
      ++recognition_.tp;
      if (!gold.placed) continue;
      const Place& place = record.places[k];
      const double far = place.latitude && place.longitude
                             ? kilometres(gold.latitude, gold.longitude, *place.latitude, *place.longitude)
                             : kNowhere;
      errors_.push_back(far);
      near_ += far <= kNear ? 1.0 : 0.0;
    }
    recognition_.fp += static_cast<double>(record.places.size() - matched);
  }

  Json figures() const override {
    Json out{{"recognition", recognition_.json()},
             {"acc@161km", nullptr},
             {"end_to_end@161km", nullptr},
             {"mean_km", nullptr},
             {"median_km", nullptr}};
    if (placed_ > 0.0) out["end_to_end@161km"] = rounded(near_ / placed_);
    if (errors_.empty()) return out;
    std::vector<double> sorted = errors_;
    std::sort(sorted.begin(), sorted.end());
    double sum = 0.0;
    for (const double error : sorted) sum += error;
    out["acc@161km"] = rounded(near_ / static_cast<double>(sorted.size()));
    out["mean_km"] = std::round(sum / static_cast<double>(sorted.size()) * 10.0) / 10.0;
    out["median_km"] = rounded(sorted[sorted.size() / 2]);
    return out;
  }

 private:
  std::vector<std::vector<Toponym>> gold_;
  Counts recognition_;
  std::vector<double> errors_;
  double near_ = 0.0;
  double placed_ = 0.0;
};

/// The text of the first descendant of one of these names, or "".
std::string first_text(const pugi::xml_node& node, const char* one, const char* other) {
  for (const char* name : {one, other}) {
    const pugi::xml_node found = node.find_node([&](const pugi::xml_node& each) {
      return std::string_view(each.name()) == name;
    });
    if (found && *found.child_value() != '\0') return found.child_value();
  }
  return "";
}

}  // namespace

TaskResult make_places(const std::filesystem::path& path) {
  auto bytes = read_file(path);
  if (!bytes) return bytes.error();
  pugi::xml_document document;
  // Positions in the gold count white space as it stands.
  const auto parsed = document.load_buffer(bytes->data(), bytes->size(), pugi::parse_default | pugi::parse_ws_pcdata);
  if (!parsed) {
    return Error{Error::Code::malformed, std::string("not XML: ") + parsed.description(),
                 path.string() + ": byte " + std::to_string(parsed.offset)};
  }
  // GeoWebNews marks common nouns too; a toponym there is what has coordinates.
  const std::string name = path.string();
  const bool coordinates_only =
      name.find("GeoWebNews") != std::string::npos || name.find("gwn") != std::string::npos;
  auto task = std::make_unique<Places>();
  for (const pugi::xml_node& article : document.document_element().children("article")) {
    Input input;
    input.id = article.attribute("docid") ? article.attribute("docid").value() : article.attribute("file").value();
    for (const pugi::xml_node& piece : article.child("text").children()) input.text += piece.value();
    std::vector<Toponym> gold;
    for (const pugi::xml_node& toponym : article.child("toponyms").children("toponym")) {
      Toponym each;
      const std::string latitude = first_text(toponym, "lat", "latitude");
      const std::string longitude = first_text(toponym, "lon", "longitude");
      const std::string begin = toponym.child_value("start");
      const std::string end = toponym.child_value("end");
      if ((coordinates_only && latitude.empty()) || begin.empty() || end.empty()) continue;
      each.span.begin = static_cast<std::uint32_t>(std::strtoul(begin.c_str(), nullptr, 10));
      each.span.end = static_cast<std::uint32_t>(std::strtoul(end.c_str(), nullptr, 10));
      each.placed = !latitude.empty();
      each.latitude = std::strtod(latitude.c_str(), nullptr);
      each.longitude = std::strtod(longitude.c_str(), nullptr);
      gold.push_back(each);
    }
    task->text(std::move(input), std::move(gold));
  }
  return std::unique_ptr<RecordTask>(std::move(task));
}

}  // namespace parley::eval
