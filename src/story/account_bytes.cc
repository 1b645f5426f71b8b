// Accounts as bytes: what the desk keeps of the first accounts of each happening, so that a new one is compared with them
// without reading their reports again.
#include <bit>

#include "story/happenings.h"

namespace parley::story {
namespace {

/// First byte of all accounts. The numbers of types, statuses and kinds are part of what it stands for.
constexpr char kFormat = 1;

class Packer {
 public:
  Packer() { out_ += kFormat; }
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_ += static_cast<char>(value | 0x80);
    out_ += static_cast<char>(value);
  }
  void signed_number(std::int64_t value) {
    number((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
  }
  void fixed(std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out_ += static_cast<char>(value >> (8 * i));
  }
  void text(std::string_view value) {
    number(value.size());
    out_ += value;
  }
  void optional(const std::optional<double>& value) {
    number(value.has_value());
    if (value) fixed(std::bit_cast<std::uint64_t>(*value), 8);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

/// Reads what Packer wrote; past the end all is 0 and `good` false.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) { good_ = fixed(1) == static_cast<std::uint64_t>(kFormat); }

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const std::uint64_t byte = fixed(1);
      value |= (byte & 0x7F) << shift;
      if (byte < 0x80) break;
    }
    return value;
  }
  std::int64_t signed_number() {
    const std::uint64_t value = number();
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
  }
  std::uint64_t fixed(std::size_t bytes) {
    const std::string_view raw = take(bytes);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < raw.size(); ++i) value |= std::uint64_t{static_cast<unsigned char>(raw[i])} << (8 * i);
    return value;
  }
  std::string text() { return std::string(take(number())); }
  std::optional<double> optional() {
    if (number() == 0) return std::nullopt;
    return std::bit_cast<double>(fixed(8));
  }
  /// How many follow, each of at least `least` bytes.
  std::size_t count(std::size_t least) {
    const std::uint64_t value = number();
    good_ = good_ && value <= rest_.size() / least;
    return good_ ? static_cast<std::size_t>(value) : 0;
  }
  template <typename Enum>
  Enum one_of(Enum last) {
    const std::uint64_t value = number();
    good_ = good_ && value <= static_cast<std::uint64_t>(last);
    return good_ ? static_cast<Enum>(value) : last;
  }
  bool good() const { return good_; }

 private:
  std::string_view take(std::uint64_t bytes) {
    good_ = good_ && bytes <= rest_.size();
    if (!good_) return {};
    const std::string_view out = rest_.substr(0, bytes);
    rest_.remove_prefix(bytes);
    return out;
  }

  std::string_view rest_;
  bool good_ = true;
};

void pack(Packer& to, const std::vector<Party>& parties) {
  to.number(parties.size());
  for (const Party& party : parties) {
    to.text(party.folded);
    to.number(static_cast<std::uint64_t>(party.kind));
    to.text(party.country);
    to.text(party.code);
    to.number(party.government);
  }
}

std::vector<Party> unpack_parties(Unpacker& from) {
  std::vector<Party> out(from.count(5));
  for (Party& party : out) {
    party.folded = from.text();
    party.kind = from.one_of(EntityKind::other);
    party.country = from.text();
    party.code = from.text();
    party.government = from.number() != 0;
  }
  return out;
}

}  // namespace

std::string pack_account(const Account& account) {
  Packer to;
  to.number(static_cast<std::uint64_t>(account.type));
  to.number(static_cast<std::uint64_t>(account.status));
  to.number(account.modes.size());
  for (const std::string& mode : account.modes) to.text(mode);
  to.signed_number(account.days.low);
  to.signed_number(account.days.high);
  to.number(account.dated);
  pack(to, account.actors);
  pack(to, account.recipients);
  to.text(account.place);
  to.text(account.place_country);
  to.optional(account.latitude);
  to.optional(account.longitude);
  to.number(account.words.size());
  for (const std::uint32_t word : account.words) to.fixed(word, 4);
  return to.take();
}

std::optional<Account> unpack_account(std::string_view bytes) {
  Unpacker from(bytes);
  Account out;
  out.type = from.one_of(EventType::assault);
  out.status = from.one_of(Status::historical);
  out.modes.resize(from.count(1));
  for (std::string& mode : out.modes) mode = from.text();
  out.days.low = from.signed_number();
  out.days.high = from.signed_number();
  out.dated = from.number() != 0;
  out.actors = unpack_parties(from);
  out.recipients = unpack_parties(from);
  out.place = from.text();
  out.place_country = from.text();
  out.latitude = from.optional();
  out.longitude = from.optional();
  out.words.resize(from.count(4));
  for (std::uint32_t& word : out.words) word = static_cast<std::uint32_t>(from.fixed(4));
  if (!from.good()) return std::nullopt;
  return out;
}

}  // namespace parley::story
