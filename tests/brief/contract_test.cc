// What every record promises, held against all example reports: the schema, spans that are the text,
// ids that exist, nothing read out of labels and boilerplate, the same answer from any thread.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <thread>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "brief/json.h"
#include "brief/render_html.h"
#include "brief/render_markdown.h"
#include "brief/render_text.h"
#include "support.h"

namespace parley {
namespace {

using nlohmann::json;
using testing::example_records;

class Contract : public ::testing::TestWithParam<std::string> {
 protected:
  const Record& record() const { return example_records().at(GetParam()); }
};

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(testing::source_dir() / "examples/reports")) {
    if (entry.path().extension() == ".txt") out.push_back(entry.path().stem().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

TEST_P(Contract, FollowsTheSchema) {
  const json schema_json = json::parse(testing::slurp(testing::source_dir() / "docs/record.schema.json"));
  valijson::Schema schema;
  valijson::SchemaParser parser;
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema_json), schema);
  const json out = json::parse(to_json(record()));
  valijson::Validator validator;
  valijson::ValidationResults results;
  const valijson::adapters::NlohmannJsonAdapter target(out);
  EXPECT_TRUE(validator.validate(schema, target, &results));
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    std::string where;
    for (const std::string& part : error.context) where += part;
    ADD_FAILURE() << where << ": " << error.description;
  }
}

/// Every {begin, end, exact} in a JSON value.
void each_span(const json& value, const std::function<void(std::size_t, std::size_t, const std::string&)>& see) {
  if (value.is_object() && value.contains("begin") && value.contains("exact")) {
    see(value["begin"], value["end"], value["exact"]);
  }
  if (value.is_structured()) {
    for (const json& inner : value) each_span(inner, see);
  }
}

TEST_P(Contract, SpansAreTheText) {
  const json out = json::parse(to_json(record()));
  // An obvious twin of the offset map: the text as code points.
  const std::string& text = record().document.text();
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) starts.push_back(i);
  }
  starts.push_back(text.size());
  std::size_t seen = 0;
  each_span(out, [&](std::size_t begin, std::size_t end, const std::string& exact) {
    ++seen;
    ASSERT_LT(begin, end) << exact;
    ASSERT_LT(end, starts.size()) << exact;
    EXPECT_EQ(text.substr(starts[begin], starts[end] - starts[begin]), exact);
  });
  EXPECT_GT(seen, 20U);
}

TEST_P(Contract, IdsExistAndAreUnique) {
  const Record& r = record();
  std::set<std::string> ids;
  const auto define = [&](const Id& id) { EXPECT_TRUE(ids.insert(id).second) << id << " twice"; };
  for (const auto& e : r.entities) define(e.id);
  for (const auto& t : r.times) define(t.id);
  for (const auto& p : r.places) define(p.id);
  for (const auto& e : r.events) define(e.id);
  for (const auto& s : r.statements) define(s.id);
  for (const auto& f : r.figures) define(f.id);
  for (const auto& p : r.proposals) {
    define(p.id);
    for (const auto& t : p.terms) define(t.id);
  }
  for (const auto& c : r.channels) define(c.id);
  for (const auto& d : r.discrepancies) define(d.id);
  const auto known = [&](const Id& id) { EXPECT_TRUE(ids.contains(id)) << id << " is named and is not there"; };
  const auto all_known = [&](const std::vector<Id>& list) {
    for (const Id& id : list) known(id);
  };
  for (const auto& e : r.events) {
    all_known(e.actors);
    all_known(e.recipients);
    if (e.attributed_to) known(*e.attributed_to);
    if (e.place) known(*e.place);
  }
  for (const auto& s : r.statements) {
    if (s.speaker) known(*s.speaker);
    all_known(s.addressees);
    all_known(s.about);
  }
  for (const auto& f : r.figures) {
    if (f.of_entity) known(*f.of_entity);
    if (f.attributed_to) known(*f.attributed_to);
    if (f.part_of) known(*f.part_of);
    if (f.place) known(*f.place);
  }
  for (const auto& p : r.proposals) {
    all_known(p.proposers);
    all_known(p.mediators);
    all_known(p.addressees);
    for (const auto& t : p.terms) {
      all_known(t.by);
      all_known(t.for_);
    }
    for (const auto& q : p.positions) {
      known(q.party);
      if (q.on) known(*q.on);
    }
  }
  for (const auto& c : r.channels) {
    all_known(c.by);
    if (c.place) known(*c.place);
    if (c.figure) known(*c.figure);
  }
  for (const auto& line : r.brief.takeaways) all_known(line.cites);
  for (const auto& line : r.brief.why_it_matters) all_known(line.cites);
}

TEST_P(Contract, NothingIsReadOutOfLabelsAndBoilerplate) {
  const Record& r = record();
  std::vector<Span> closed;
  for (const Section& s : r.document.sections) {
    if (s.kind == SectionKind::label || s.kind == SectionKind::boilerplate) closed.push_back(s.span);
  }
  const auto outside = [&](Span span) {
    for (Span c : closed) EXPECT_FALSE(span.overlaps(c)) << r.document.slice(span);
  };
  for (const auto& e : r.events) outside(e.evidence);
  for (const auto& e : r.entities) {
    for (const auto& m : e.mentions) outside(m.span);
  }
  for (const auto& f : r.figures) outside(f.span);
  for (const auto& t : r.times) outside(t.span);
  for (const auto& s : r.statements) outside(s.cue);
  for (const auto& p : r.places) outside(p.span);
  for (const auto& c : r.channels) outside(c.span);
}

TEST_P(Contract, PlacesAreInTextOrderAndOnTheGlobe) {
  const Record& r = record();
  EXPECT_FALSE(r.places.empty()) << "every example report names a place";
  std::size_t placed = 0;
  for (std::size_t i = 0; i < r.places.size(); ++i) {
    const Place& place = r.places[i];
    if (i > 0) {
      EXPECT_LE(r.places[i - 1].span.end, place.span.begin) << place.name;
    }
    ASSERT_EQ(place.latitude.has_value(), place.longitude.has_value()) << place.name;
    EXPECT_FALSE(place.name.empty());
    if (place.country) {
      EXPECT_EQ(place.country->size(), 3U) << place.name;
    }
    if (!place.latitude) {
      EXPECT_FALSE(place.country || place.admin || place.geonames) << place.name << " is nowhere";
      continue;
    }
    ++placed;
    EXPECT_LE(std::abs(*place.latitude), 90.0) << place.name;
    EXPECT_LE(std::abs(*place.longitude), 180.0) << place.name;
  }
  EXPECT_GT(placed * 2, r.places.size()) << "most places of a report are known";
}

TEST_P(Contract, AuxiliariesFollowTheStatus) {
  for (const Event& event : record().events) {
    std::vector<std::string> want;
    switch (event.status) {
      case Status::planned: want = {"future"}; break;
      case Status::proposed:
      case Status::demanded:
      case Status::conditional: want = {"hypothetical"}; break;
      case Status::denied: want = {"negation"}; break;
      case Status::historical: want = {"historical"}; break;
      default: break;
    }
    EXPECT_EQ(event.auxiliary, want) << event.id << ' ' << name(event.status);
  }
}

TEST_P(Contract, EveryRenderingShowsTheReport) {
  const Record& r = record();
  ASSERT_TRUE(r.document.title);
  const std::string text = to_text(r);
  EXPECT_NE(text.find(r.document.title->substr(0, 20)), std::string::npos);
  EXPECT_EQ(text.find('\x1b'), std::string::npos) << "colour nobody asked for";
  const std::string markdown = to_markdown(r);
  EXPECT_TRUE(markdown.starts_with("# "));
  const std::string html = to_html(r);
  for (const std::string& rendering : {text, markdown, html}) {
    EXPECT_EQ(rendering.find("Does not agree with itself") != std::string::npos, !r.discrepancies.empty());
  }
  EXPECT_TRUE(html.starts_with("<!doctype html>"));
  const auto count = [&](const char* what) {
    std::size_t n = 0;
    for (std::size_t at = 0; (at = html.find(what, at)) != std::string::npos; ++at) ++n;
    return n;
  };
  EXPECT_EQ(count("<mark"), count("</mark>"));
}

TEST_P(Contract, ThreadsGiveTheSameRecord) {
  const std::string want = to_json(record());
  std::vector<std::string> got(2);
  std::vector<std::thread> threads;
  for (std::string& each : got) {
    threads.emplace_back([&each, this] { each = to_json(testing::pipeline().read(record().document)); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& each : got) EXPECT_EQ(each, want);
}

INSTANTIATE_TEST_SUITE_P(Examples, Contract, ::testing::ValuesIn(names()), [](const auto& test) {
  std::string out = test.param;
  std::replace(out.begin(), out.end(), '-', '_');
  return out;
});

TEST(Contract, OnlyTheAskedForParts) {
  JsonOptions options;
  options.only = {"figures", "events"};
  const json out = json::parse(to_json(example_records().begin()->second, options));
  std::vector<std::string> keys;
  for (const auto& item : out.items()) keys.push_back(item.key());
  EXPECT_EQ(keys, (std::vector<std::string>{"events", "figures", "id"}));
}

TEST(Contract, AReportWithNothingInIt) {
  // One line that holds no event, no figure and nobody.
  const Record r = testing::pipeline().read(Document::plain("Rain."));
  EXPECT_TRUE(r.events.empty());
  EXPECT_TRUE(r.figures.empty());
  EXPECT_TRUE(r.proposals.empty());
  EXPECT_EQ(json::parse(to_json(r))["events"], json::array());
}

}  // namespace
}  // namespace parley
