#include "brief/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "brief/escape.h"
#include "story/days.h"

namespace parley {
namespace {

constexpr double kWidth = 720;
constexpr double kPanel = 220;
constexpr double kLeft = 80;
constexpr double kRight = 20;
constexpr double kHalfDate = 36;  // of "2024-05-01", from its middle
constexpr double kTop = 34;
constexpr double kBottom = 34;
constexpr std::size_t kMostPanels = 6;

struct Dot {
  double day = 0;
  double low = 0;
  double high = 0;
  bool disputed = false;
  std::string words;
};

std::string string_of(const desk::Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text ? *text : std::string();
}

std::string label(double value) {
  if (value >= 1e6) return fmt::format("{:.3g} M", value / 1e6);
  if (value >= 1e4) return fmt::format("{:.3g} k", value / 1e3);
  return fmt::format("{:.4g}", value);
}

/// 1, 2 or 5 times a power of ten, so that about four steps make the height.
double step_of(double most) {
  const double raw = std::max(most / 4.0, 1e-9);
  const double power = std::pow(10.0, std::floor(std::log10(raw)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= raw) return factor * power;
  }
  return 10.0 * power;
}

std::string panel(const std::string& title, const std::vector<Dot>& dots, double top) {
  double first = dots.front().day;
  double last = first;
  double most = 0;
  for (const Dot& dot : dots) {
    first = std::min(first, dot.day);
    last = std::max(last, dot.day);
    most = std::max(most, dot.high);
  }
  if (last - first < 1) {
    first -= 1;
    last += 1;
  }
  const double step = step_of(most);
  most = std::max(step, std::ceil(most / step) * step);
  const double height = kPanel - kTop - kBottom;
  const auto x = [&](double day) { return kLeft + (day - first) / (last - first) * (kWidth - kLeft - kRight); };
  const auto y = [&](double value) { return top + kTop + height * (1.0 - value / most); };
  std::string out = fmt::format("<text x=\"{}\" y=\"{:.1f}\" class=\"title\">{}</text>\n", kLeft, top + 20, escaped(title));
  for (double value = 0; value <= most + step / 2; value += step) {
    out += fmt::format("<line x1=\"{}\" x2=\"{}\" y1=\"{:.1f}\" y2=\"{:.1f}\" class=\"grid\"/><text x=\"{}\" y=\"{:.1f}\" class=\"number\">{}</text>\n",
                       kLeft, kWidth - kRight, y(value), y(value), kLeft - 8, y(value) + 4, label(value));
  }
  for (const double day : {first, (first + last) / 2, last}) {
    if (day > first && day < last && (std::round(day) == last || std::round(day) == first)) continue;
    const double middle = std::min(x(std::round(day)), kWidth - kHalfDate);
    out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"date\">{}</text>\n", middle, top + kPanel - 12,
                       story::day_text(static_cast<std::int64_t>(std::llround(day))));
  }
  std::string line;
  for (const Dot& dot : dots) {
    line += fmt::format("{}{:.1f},{:.1f}", line.empty() ? "" : " ", x(dot.day), y((dot.low + dot.high) / 2));
  }
  out += fmt::format("<polyline points=\"{}\" class=\"line\"/>\n", line);
  for (const Dot& dot : dots) {
    out += fmt::format("<line x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\" class=\"range\"/>"
                       "<circle cx=\"{0:.1f}\" cy=\"{3:.1f}\" r=\"4\" class=\"{4}\"><title>{5}</title></circle>\n",
                       x(dot.day), y(dot.low), y(dot.high), y((dot.low + dot.high) / 2), dot.disputed ? "disputed" : "dot",
                       escaped(dot.words));
  }
  return out;
}

struct Series {
  std::string title;
  std::vector<Dot> dots;
};

/// The series of an answer of desk::figures, those with most numbers first, at most kMostPanels.
std::vector<Series> series_of(const desk::Table& figures) {
  std::map<std::string, std::size_t> at;
  for (std::size_t i = 0; i < figures.columns.size(); ++i) at[figures.columns[i]] = i;
  std::map<std::int64_t, Series> series;
  for (const auto& row : figures.rows) {
    const auto* low = std::get_if<double>(&row[at["low"]]);
    const auto* high = std::get_if<double>(&row[at["high"]]);
    const auto day = story::day_of(string_of(row[at["date"]]));
    if ((!low && !high) || !day) continue;
    Dot dot;
    dot.day = static_cast<double>(*day);
    dot.low = low ? *low : 0.0;
    dot.high = high ? *high : dot.low;
    dot.disputed = string_of(row[at["change"]]) == "disputed";
    dot.words = fmt::format("{}: {}", string_of(row[at["report"]]), string_of(row[at["words"]]));
    Series& one = series[std::get<std::int64_t>(row[at["series"]])];
    if (one.title.empty()) {
      one.title = string_of(row[at["measure"]]);
      for (const char* more : {"of", "unit", "place"}) {
        const std::string text = string_of(row[at[more]]);
        if (!text.empty()) one.title += ", " + text;
      }
    }
    one.dots.push_back(std::move(dot));
  }
  std::vector<Series> out;
  for (auto& [number, one] : series) out.push_back(std::move(one));
  std::stable_sort(out.begin(), out.end(), [](const Series& a, const Series& b) { return a.dots.size() > b.dots.size(); });
  if (out.size() > kMostPanels) out.resize(kMostPanels);
  return out;
}

std::string svg_of(const Series* first, std::size_t count) {
  const double height = std::max(1.0, static_cast<double>(count)) * kPanel;
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\"{0}\" height=\"{1}\" "
      "viewBox=\"0 0 {0} {1}\">\n<style>text{{font-family:sans-serif;fill:#222}}.title{{font-size:15px;font-weight:bold}}"
      ".number{{font-size:11px;text-anchor:end}}.date{{font-size:11px;text-anchor:middle}}.grid{{stroke:#ddd}}"
      ".line{{fill:none;stroke:#1f5fa8;stroke-width:1.5}}.range{{stroke:#1f5fa8;stroke-width:2}}.dot{{fill:#1f5fa8}}"
      ".disputed{{fill:#fff;stroke:#b3261e;stroke-width:2}}</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
      kWidth, height);
  if (count == 0) out += fmt::format("<text x=\"{}\" y=\"40\">no figures</text>\n", kLeft);
  for (std::size_t i = 0; i < count; ++i) out += panel(first[i].title, first[i].dots, static_cast<double>(i) * kPanel);
  return out + "</svg>\n";
}

}  // namespace

std::string plot_svg(const desk::Table& figures) {
  const std::vector<Series> series = series_of(figures);
  return svg_of(series.data(), series.size());
}

std::vector<std::string> plot_changes(const desk::Table& figures) {
  std::vector<std::string> out;
  for (const Series& one : series_of(figures)) {
    // The same number told again for the same day is no change.
    const Dot& first = one.dots.front();
    const bool changes = std::any_of(one.dots.begin(), one.dots.end(), [&](const Dot& dot) {
      return dot.day != first.day || dot.low != first.low || dot.high != first.high;
    });
    if (changes) out.push_back(svg_of(&one, 1));
  }
  return out;
}

}  // namespace parley
