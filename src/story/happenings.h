// One happening from many accounts: which events of different reports (or of one) tell of the same thing.
//
// Two events are accounts of one happening when they are of one type, their days overlap within the precision they
// have, their parties and places do not contradict each other and at least one party (or, without parties, place and
// words) agrees. Accounts of what was done, denied or alleged go together, so that a denial meets what it denies;
// what was planned, proposed or demanded is another happening than what was done. What is said (requests, accusations,
// rejections, threats, support) must also agree in its words, since one party says many things a day.
// Example: "Rebels shelled Kardo on Tuesday" and "Shelling by rebels hit Kardo on May 7". Counter-example: the same
// rebels shelling another town on that day. Cost: one account meets those that share a key within a few days.
// Covered by tests/story/happenings_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parley/record.h"
#include "story/days.h"

namespace parley::story {

struct Party {
  std::string folded;  ///< the name, case folded
  EntityKind kind = EntityKind::other;
  std::string country;  ///< ISO 3166 or empty
  std::string code;     ///< "USAGOV" or empty
  bool government = false;  ///< of the state: its government, army, police …
};

/// How sure it is that two parties are one: 1 the same name, 0.9 a surname, 0.8 the same code beyond the country,
/// 0.6 a state and its government, army or head; 0 not.
double same_party(const Party& a, const Party& b);

/// One event as it is compared.
struct Account {
  EventType type = EventType::consult;
  Status status = Status::actual;
  std::vector<std::string> modes;
  DayRange days;
  bool dated = false;                  ///< the report says when; else `days` are those around its publication
  std::vector<Party> actors;
  std::vector<Party> recipients;
  std::string place;                   ///< folded name or empty
  std::string place_country;
  std::optional<double> latitude;
  std::optional<double> longitude;
  std::vector<std::uint32_t> words;    ///< hashes of the evidence's words, sorted, without the parties' names
};

/// The account of event `event` of a report published on `day`.
Account account_of(const Record& record, const Event& event, std::int64_t day);

/// An account as bytes, and back. Nothing for bytes that are none.
std::string pack_account(const Account& account);
std::optional<Account> unpack_account(std::string_view bytes);

/// 0: two happenings; else how well the accounts agree, up to 1.
double same_happening(const Account& a, const Account& b);

/// What an account is kept under, and what its like are looked up by: of two accounts of one happening, either finds
/// the other. Doers, those it was done to, what was done and what was planned are looked up apart. The two lists differ
/// for states and their governments, so that a government's deeds do not meet those of all others of its country.
/// Non-negative, sorted.
struct AccountKeys {
  std::vector<std::int64_t> own;
  std::vector<std::int64_t> sought;
};
AccountKeys keys_of(const Account& account);

/// An account's first day lies at most so many days before the first day of one that tells the same, and …
inline constexpr std::int64_t kBefore = 3;
/// … its last day so many before it.
inline constexpr std::int64_t kAfter = 1;

/// Great-circle distance in kilometres.
double distance_km(double latitude_a, double longitude_a, double latitude_b, double longitude_b);

}  // namespace parley::story
