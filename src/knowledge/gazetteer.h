// Where places are: a compact index of towns, divisions, states, waters and regions, read in place.
//
// The file (docs/gazetteer-format.md) is mapped into memory and never copied; opening it checks its
// size and its fingerprint, a look-up is a binary search over sorted hashes of folded names
// (`fold_name`). All look-ups are bounds-checked: a file that lies about its insides gives no answer
// rather than a wrong read. Immutable; threads may share it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parley/result.h"

namespace parley {

/// What a place is, from the largest to the smallest.
enum class PlaceKind : std::uint8_t {
  continent, region, country, admin1, admin2, capital, town, water, land, facility,
};
inline constexpr std::size_t kPlaceKinds = 10;
std::string_view name(PlaceKind kind);
std::optional<PlaceKind> place_kind_from_name(std::string_view name);

/// A place as it goes into the index. Names are UTF-8, at most 255 bytes each.
struct GazetteerRow {
  std::string name;
  std::vector<std::string> other_names;
  PlaceKind kind = PlaceKind::town;
  double latitude = 0.0;                ///< WGS 84 degrees
  double longitude = 0.0;
  std::uint32_t geonames = 0;           ///< 0: none
  std::optional<std::uint32_t> inside;  ///< the row of the division or state it lies in
  std::string country;                  ///< ISO 3166 alpha-3, or empty
  double inhabitants = 0.0;
};

/// The index of these rows, as bytes for a file. The same rows give the same bytes.
Result<std::string> build_gazetteer(const std::vector<GazetteerRow>& rows);

/// A place as it comes out of the index.
struct GazetteerPlace {
  std::string_view name;
  PlaceKind kind = PlaceKind::town;
  double latitude = 0.0;
  double longitude = 0.0;
  std::uint32_t geonames = 0;
  std::optional<std::uint32_t> inside;
  std::string_view country;
  double inhabitants = 0.0;             ///< to about a tenth
};

class Gazetteer {
 public:
  /// An index of nothing.
  Gazetteer() = default;
  /// Maps the file. Errors say what is wrong with it and how to make it anew.
  static Result<Gazetteer> open(const std::filesystem::path& path);
  /// The same over bytes. `trusted`: without the fingerprint (fuzzing looks behind it).
  static Result<Gazetteer> from_bytes(std::string bytes, bool trusted = false);

  std::size_t size() const { return places_; }
  /// Nothing when `index` or what it points to lies outside the file.
  std::optional<GazetteerPlace> place(std::uint32_t index) const;

  struct Match {
    std::uint32_t index = 0;
    bool other_name = false;  ///< known by another name than its usual one
  };
  /// The places of that name, at most `most` (those of most inhabitants), larger first.
  std::vector<Match> find(std::string_view folded, std::size_t most = 64) const;
  /// Whether any place has that name.
  bool knows(std::string_view folded) const;

  /// 16 hex digits of the file's content; "" for an index of nothing.
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  struct Bytes;
  static Result<Gazetteer> read(std::shared_ptr<const Bytes> bytes, const std::string& where, bool trusted);
  std::size_t first_entry(std::uint64_t hash) const;
  std::uint64_t entry(std::size_t index) const;

  std::shared_ptr<const Bytes> bytes_;
  std::string_view place_rows_, entries_, text_, countries_;
  std::size_t places_ = 0;
  std::size_t entry_count_ = 0;
  std::string fingerprint_;
};

}  // namespace parley
