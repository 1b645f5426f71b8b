// Words of crossings, ports, corridors, convoys, airdrops and flights: data/channels/*.toml.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "knowledge/codebook.h"
#include "knowledge/toml_reader.h"
#include "parley/record.h"

namespace parley {

struct ChannelNoun {
  ChannelKind kind = ChannelKind::other;
  bool moves = false;   ///< a convoy, not a crossing
  bool strong = false;  ///< a way for aid without anything beside it
};

class ChannelWords {
 public:
  static ChannelWords load(DataFiles& files, Diagnostics& diagnostics);

  /// How a way stands to a verb.
  enum class Place : std::uint8_t { object, subject, through };

  const ChannelNoun* noun(std::string_view lemma) const;
  bool beside(std::string_view lemma) const { return beside_.contains(lemma); }
  bool through(std::string_view preposition) const { return through_.contains(preposition); }
  /// "the road from Afar": what stands behind is a place that the way joins.
  bool leads(std::string_view preposition) const { return leads_.contains(preposition); }
  /// "left in a convoy": of ways that move.
  bool moving_in(std::string_view preposition) const { return moving_in_.contains(preposition); }
  bool copular(std::string_view lemma) const { return copular_.contains(lemma); }
  bool announcing(std::string_view lemma) const { return announcing_.contains(lemma); }
  bool goods(std::string_view lemma) const { return goods_.contains(lemma); }
  /// What a verb says of a way that stands so to it.
  std::optional<ChannelState> verb(std::string_view lemma, Place place) const;
  /// "reopening (of the crossing)".
  std::optional<ChannelState> deed(std::string_view noun) const;
  /// "closed".
  std::optional<ChannelState> state(std::string_view adjective) const;

 private:
  void read(TomlTable& root);

  WordMap<ChannelNoun> nouns_;
  WordMap<ChannelState> verbs_[3];
  WordMap<ChannelState> deeds_, states_;
  WordSet beside_, through_, leads_, moving_in_, copular_, announcing_, goods_;
};

}  // namespace parley
