// PLOVER gold standard records (Open Event Data Alliance): a JSON list, one sentence a record, one
// class each, with the countries of its source and target.
#include <set>

#include "eval/files.h"
#include "eval/plover_names.h"
#include "eval/task.h"

namespace parley::eval {
namespace {

std::string country_code(const std::string& raw) {  // the gold's slips, to ISO 3166
  if (raw == "JAP") return "JPN";
  if (raw == "ITL") return "ITA";
  if (raw == "VTN") return "VNM";
  return raw;
}

class Gsr final : public RecordTask {
 public:
  explicit Gsr(const Json& gold) {
    for (const Json& item : gold) {
      inputs_.push_back({item.at("id"), item.at("text"), std::nullopt});
      Gold out{class_name(item.at("event").get<std::string>()), {}, {}};
      const auto codes = [&](const char* key, std::set<std::string>& into) {
        if (!item.contains(key) || !item[key].is_array()) return;
        for (const Json& actor : item[key]) {
          if (!actor.is_object()) continue;
          const std::string code = actor.value("code", Json()).is_string() ? actor["code"].get<std::string>() : "";
          if (!code.empty()) into.insert(country_code(code));
        }
      };
      codes("source", out.actors);
      codes("target", out.recipients);
      gold_.push_back(std::move(out));
    }
  }

  void add(std::size_t index, const Record& record) override {
    const Gold& gold = gold_[index];
    std::set<std::string> classes;
    std::set<std::string> actors;
    std::set<std::string> recipients;
    const auto countries = [&](const std::vector<Id>& ids, std::set<std::string>& into) {
      for (const Id& id : ids) {
        const Entity* entity = record.entity(id);
        if (entity && entity->actor.country) into.insert(*entity->actor.country);
      }
    };
    bool any = false;
    bool hit = false;
    for (const Event& event : record.events) {
      if (negated(event.auxiliary)) continue;
      any = true;
      const std::string type = class_name(name(event.type));
      classes.insert(type);
      if (type != gold.type) continue;
      hit = true;
      countries(event.actors, actors);
      countries(event.recipients, recipients);
    }
    any_ += any;
    classes_.tp += hit;
    classes_.fn += !hit;
    classes_.fp += static_cast<double>(classes.size()) - (hit ? 1 : 0);
    if (!hit) return;
    const auto meet = [](const std::set<std::string>& a, const std::set<std::string>& b) {
      for (const std::string& each : a) {
        if (b.contains(each)) return true;
      }
      return false;
    };
    if (!gold.actors.empty()) {
      ++actors_asked_;
      actors_right_ += meet(gold.actors, actors);
    }
    if (!gold.recipients.empty()) {
      ++recipients_asked_;
      recipients_right_ += meet(gold.recipients, recipients.empty() ? actors : recipients);
    }
  }

  Json figures() const override {
    const double n = static_cast<double>(inputs_.size());
    const auto ratio = [](double a, double b) { return b > 0 ? Json(rounded(a / b)) : Json(nullptr); };
    return Json{{"n", inputs_.size()},
                {"any_event", ratio(any_, n)},
                {"class", classes_.json()},
                {"actor_country", ratio(actors_right_, actors_asked_)},
                {"recipient_country", ratio(recipients_right_, recipients_asked_)}};
  }

 private:
  struct Gold {
    std::string type;
    std::set<std::string> actors;
    std::set<std::string> recipients;
  };
  std::vector<Gold> gold_;
  Counts classes_;
  double any_ = 0, actors_asked_ = 0, actors_right_ = 0, recipients_asked_ = 0, recipients_right_ = 0;
};

}  // namespace

TaskResult make_gsr(const std::filesystem::path& path) {
  auto text = read_file(path);
  if (!text) return text.error();
  const Json gold = Json::parse(*text, nullptr, false);
  if (!gold.is_array()) {
    return Error{Error::Code::malformed, "expected a JSON list of PLOVER gold records", path.string()};
  }
  for (const Json& item : gold) {
    if (!item.is_object() || !item.contains("id") || !item.contains("text") || !item.contains("event")) {
      return Error{Error::Code::malformed, "a gold record lacks id, text or event", path.string()};
    }
  }
  return std::unique_ptr<RecordTask>(std::make_unique<Gsr>(gold));
}

}  // namespace parley::eval
