// Format and reasons: docs/gazetteer-format.md. Test: tests/knowledge/gazetteer_test.cc.
#include "knowledge/gazetteer.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <map>
#include <utility>

#include "knowledge/actors.h"
#include "text/hash.h"

namespace parley {
namespace {

static_assert(std::endian::native == std::endian::little, "the index is little-endian and read in place");

constexpr std::string_view kMagic = "parleygz";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHeader = 48;
constexpr std::size_t kPlaceBytes = 24;
constexpr std::size_t kEntryBytes = 8;
constexpr std::uint32_t kNone = 0xFFFFFFFFU;
constexpr std::uint32_t kMostPlaces = 1U << 23;  // 23 bits of an entry
constexpr double kPoint = 1e5;                   // coordinates are in steps of about a metre
constexpr double kWeight = 8.0;                  // inhabitants as 8 log2(1 + n)
constexpr std::array<std::string_view, kPlaceKinds> kNames = {
    "continent", "region", "country", "admin1", "admin2", "capital", "town", "water", "land", "facility"};

struct PlaceRow {
  std::uint32_t name = 0;
  std::int32_t latitude = 0;
  std::int32_t longitude = 0;
  std::uint32_t geonames = 0;
  std::uint32_t inside = kNone;
  std::uint16_t country = 0;
  std::uint8_t kind = 0;
  std::uint8_t weight = 0;
};
static_assert(sizeof(PlaceRow) == kPlaceBytes);

struct Header {
  std::array<char, 8> magic{};
  std::uint32_t version = kVersion;
  std::uint32_t places = 0;
  std::uint32_t entries = 0;
  std::uint32_t text = 0;       // bytes
  std::uint32_t countries = 0;  // codes of 4 bytes
  std::uint32_t reserved = 0;
  std::uint64_t hash = 0;       // of all that follows
  std::uint64_t padding = 0;
};
static_assert(sizeof(Header) == kHeader);

// An entry: 40 bits of the name's hash, one for "another name", 23 for the place.
std::uint64_t name_hash(std::string_view folded) { return hash64(folded) >> 24; }
std::uint64_t make_entry(std::uint64_t hash, bool other, std::uint32_t index) {
  return hash << 24 | static_cast<std::uint64_t>(other) << 23 | index;
}

template <typename T>
T read_at(std::string_view bytes, std::size_t at) {
  T out;
  std::memcpy(&out, bytes.data() + at, sizeof(T));
  return out;
}

template <typename T>
void append(std::string& bytes, const T& value) {
  const std::size_t at = bytes.size();
  bytes.resize(at + sizeof(T));
  std::memcpy(bytes.data() + at, &value, sizeof(T));
}

constexpr const char* kRemedy = "; make it anew with 'make data', or reinstall";

}  // namespace

std::string_view name(PlaceKind kind) { return kNames[static_cast<std::size_t>(kind) % kPlaceKinds]; }

std::optional<PlaceKind> place_kind_from_name(std::string_view name) {
  for (std::size_t i = 0; i < kPlaceKinds; ++i) {
    if (kNames[i] == name) return static_cast<PlaceKind>(i);
  }
  return std::nullopt;
}

Result<std::string> build_gazetteer(const std::vector<GazetteerRow>& rows) {
  const auto refuse = [](std::size_t row, const std::string& what) {
    return Error{Error::Code::malformed, "row " + std::to_string(row) + " of the gazetteer: " + what, ""};
  };
  if (rows.size() > kMostPlaces) return refuse(rows.size(), "more than 8,388,608 places");
  std::map<std::string, std::uint16_t> codes{{"", 0}};
  std::string countries(4, '\0');
  std::string text;
  std::string places;
  std::vector<std::uint64_t> entries;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const GazetteerRow& row = rows[i];
    if (row.name.empty() || row.name.size() > 255) return refuse(i, "a name has 1 to 255 bytes");
    if (!(std::abs(row.latitude) <= 90.0) || !(std::abs(row.longitude) <= 180.0)) {
      return refuse(i, "latitude is -90 to 90, longitude -180 to 180");
    }
    if (row.country.size() > 3) return refuse(i, "a state's code has three letters");
    if (row.inside && *row.inside >= rows.size()) return refuse(i, "lies in a row that is not there");
    const auto [code, is_new] = codes.try_emplace(row.country, static_cast<std::uint16_t>(codes.size()));
    if (is_new) {
      countries += row.country;
      countries.resize((countries.size() + 3) / 4 * 4, '\0');
    }
    PlaceRow place;
    place.name = static_cast<std::uint32_t>(text.size());
    place.latitude = static_cast<std::int32_t>(std::lround(row.latitude * kPoint));
    place.longitude = static_cast<std::int32_t>(std::lround(row.longitude * kPoint));
    place.geonames = row.geonames;
    place.inside = row.inside.value_or(kNone);
    place.country = code->second;
    place.kind = static_cast<std::uint8_t>(row.kind);
    const double weight = kWeight * std::log2(1.0 + std::max(0.0, row.inhabitants));
    place.weight = static_cast<std::uint8_t>(std::min(255.0, std::round(weight)));
    append(places, place);
    text += static_cast<char>(static_cast<unsigned char>(row.name.size()));
    text += row.name;
    const auto index = static_cast<std::uint32_t>(i);
    std::vector<std::uint64_t> own;
    const auto add = [&](const std::string& spelled, bool other) {
      std::string folded = fold_name(spelled);
      if (folded.starts_with("the ")) folded.erase(0, 4);
      if (folded.empty()) return;
      const std::uint64_t hash = name_hash(folded);
      if (std::find(own.begin(), own.end(), hash) != own.end()) return;
      own.push_back(hash);
      entries.push_back(make_entry(hash, other, index));
    };
    add(row.name, false);
    for (const std::string& other : row.other_names) add(other, true);
  }
  std::sort(entries.begin(), entries.end());
  std::string body = std::move(places);
  for (const std::uint64_t entry : entries) append(body, entry);
  body += countries;
  body += text;
  Header header;
  std::copy(kMagic.begin(), kMagic.end(), header.magic.begin());
  header.places = static_cast<std::uint32_t>(rows.size());
  header.entries = static_cast<std::uint32_t>(entries.size());
  header.text = static_cast<std::uint32_t>(text.size());
  header.countries = static_cast<std::uint32_t>(countries.size() / 4);
  header.hash = hash64(body);
  std::string out;
  append(out, header);
  return out + body;
}

/// A mapped file or bytes in memory.
struct Gazetteer::Bytes {
  std::string owned;
  void* mapped = nullptr;
  std::size_t size = 0;

  Bytes() = default;
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
  ~Bytes() {
    if (mapped != nullptr) ::munmap(mapped, size);
  }
  std::string_view view() const {
    return mapped != nullptr ? std::string_view(static_cast<const char*>(mapped), size) : std::string_view(owned);
  }
};

Result<Gazetteer> Gazetteer::open(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) {
    return Error{Error::Code::not_found, std::string("the gazetteer cannot be opened") + kRemedy, path.string()};
  }
  struct stat status {};
  auto bytes = std::make_shared<Bytes>();
  if (::fstat(file, &status) == 0 && status.st_size > 0) {
    bytes->size = static_cast<std::size_t>(status.st_size);
    void* mapped = ::mmap(nullptr, bytes->size, PROT_READ, MAP_PRIVATE, file, 0);
    if (mapped != MAP_FAILED) bytes->mapped = mapped;
  }
  ::close(file);
  if (bytes->mapped == nullptr) {
    return Error{Error::Code::unreadable, std::string("the gazetteer is empty or cannot be mapped") + kRemedy,
                 path.string()};
  }
  return read(std::move(bytes), path.string(), false);
}

Result<Gazetteer> Gazetteer::from_bytes(std::string given, bool trusted) {
  auto bytes = std::make_shared<Bytes>();
  bytes->owned = std::move(given);
  return read(std::move(bytes), "", trusted);
}

Result<Gazetteer> Gazetteer::read(std::shared_ptr<const Bytes> bytes, const std::string& where, bool trusted) {
  const std::string_view all = bytes->view();
  const auto refuse = [&](const std::string& what) {
    return Error{Error::Code::mismatch, what + kRemedy, where};
  };
  if (all.size() < kHeader || !all.starts_with(kMagic)) return refuse("this is no gazetteer of Parley's");
  const auto header = read_at<Header>(all, 0);
  if (header.version != kVersion) {
    return refuse("the gazetteer has version " + std::to_string(header.version) + ", this program reads " +
                  std::to_string(kVersion));
  }
  const std::uint64_t wanted = kHeader + std::uint64_t{header.places} * kPlaceBytes +
                               std::uint64_t{header.entries} * kEntryBytes + std::uint64_t{header.countries} * 4 +
                               header.text;
  if (wanted != all.size() || header.places > kMostPlaces) {
    return refuse("the gazetteer is damaged: it has " + std::to_string(all.size()) + " bytes where its head says " +
                  std::to_string(wanted));
  }
  if (!trusted && hash64(all.substr(kHeader)) != header.hash) {
    return refuse("the gazetteer is damaged: its content is not what its head says");
  }
  Gazetteer out;
  out.places_ = header.places;
  out.entry_count_ = header.entries;
  std::string_view rest = all.substr(kHeader);
  const auto take = [&rest](std::size_t size) {
    const std::string_view part = rest.substr(0, size);
    rest.remove_prefix(size);
    return part;
  };
  out.place_rows_ = take(std::size_t{header.places} * kPlaceBytes);
  out.entries_ = take(std::size_t{header.entries} * kEntryBytes);
  out.countries_ = take(std::size_t{header.countries} * 4);
  out.text_ = rest;
  out.fingerprint_ = fingerprint_hex(all.substr(0, kHeader));
  out.bytes_ = std::move(bytes);
  return out;
}

std::optional<GazetteerPlace> Gazetteer::place(std::uint32_t index) const {
  if (index >= places_) return std::nullopt;
  const auto row = read_at<PlaceRow>(place_rows_, std::size_t{index} * kPlaceBytes);
  if (row.name >= text_.size() || row.kind >= kPlaceKinds) return std::nullopt;
  const auto length = static_cast<unsigned char>(text_[row.name]);
  if (std::size_t{row.name} + 1 + length > text_.size()) return std::nullopt;
  const std::size_t code = std::size_t{row.country} * 4;
  if (code + 4 > countries_.size()) return std::nullopt;
  GazetteerPlace out;
  out.name = text_.substr(std::size_t{row.name} + 1, length);
  out.kind = static_cast<PlaceKind>(row.kind);
  out.latitude = row.latitude / kPoint;
  out.longitude = row.longitude / kPoint;
  out.geonames = row.geonames;
  if (row.inside < places_) out.inside = row.inside;
  out.country = countries_.substr(code, 4);
  out.country = out.country.substr(0, out.country.find('\0'));
  out.inhabitants = std::exp2(row.weight / kWeight) - 1.0;
  return out;
}

std::uint64_t Gazetteer::entry(std::size_t index) const {
  return read_at<std::uint64_t>(entries_, index * kEntryBytes);
}

std::size_t Gazetteer::first_entry(std::uint64_t hash) const {
  std::size_t low = 0;
  std::size_t high = entry_count_;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (entry(middle) >> 24 < hash) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

bool Gazetteer::knows(std::string_view folded) const {
  if (folded.empty()) return false;
  const std::uint64_t hash = name_hash(folded);
  const std::size_t at = first_entry(hash);
  return at < entry_count_ && entry(at) >> 24 == hash;
}

std::vector<Gazetteer::Match> Gazetteer::find(std::string_view folded, std::size_t most) const {
  std::vector<Match> out;
  if (folded.empty()) return out;
  struct Weighed {
    int weight;
    Match match;
  };
  std::vector<Weighed> found;
  const std::uint64_t hash = name_hash(folded);
  for (std::size_t i = first_entry(hash); i < entry_count_; ++i) {
    const std::uint64_t at = entry(i);
    if (at >> 24 != hash) break;
    const auto index = static_cast<std::uint32_t>(at & (kMostPlaces - 1));
    if (index >= places_) continue;
    const auto row = read_at<PlaceRow>(place_rows_, std::size_t{index} * kPlaceBytes);
    found.push_back({row.weight, {index, (at >> 23 & 1) != 0}});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Weighed& a, const Weighed& b) { return a.weight > b.weight; });
  if (found.size() > most) found.resize(most);
  out.reserve(found.size());
  for (const Weighed& each : found) out.push_back(each.match);
  return out;
}

}  // namespace parley
