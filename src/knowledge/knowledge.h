// Everything Parley knows that is not about language: loaded from data/, overridable, immutable.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "knowledge/actors.h"
#include "knowledge/brief_words.h"
#include "knowledge/channel_words.h"
#include "knowledge/codebook.h"
#include "knowledge/diagnostics.h"
#include "knowledge/discrepancy_words.h"
#include "knowledge/figure_words.h"
#include "knowledge/place_words.h"
#include "knowledge/proposal_words.h"
#include "knowledge/statement_words.h"
#include "knowledge/status.h"
#include "knowledge/time_words.h"

namespace parley {

/// Dictionaries of the user's, in TABARI's and PETRARCH's formats.
struct UserDictionaries {
  std::vector<std::filesystem::path> actors;
  std::vector<std::filesystem::path> agents;
  std::vector<std::filesystem::path> verbs;
};

struct Knowledge {
  // One member a table, each read in knowledge.cc by `Table::load(DataFiles&, Diagnostics&)`.
  Codebook codebook;
  Actors actors;
  StatusWords status;
  StatementWords statements;
  ProposalWords proposals;
  BriefWords brief;
  DiscrepancyWords discrepancies;
  TimeWords times;
  FigureWords figures;
  PlaceWords places;
  ChannelWords channels;

  std::string fingerprint;  ///< XXH3-64 of all files read, 16 hex digits

  /// Reads `data`; files of the same relative path in `overrides` (may be empty) replace them.
  /// `dictionaries` come on top. Every mistake in every file is added to `diagnostics`; what is right is loaded.
  static Knowledge load(const std::filesystem::path& data, const std::filesystem::path& overrides,
                        Diagnostics& diagnostics, const UserDictionaries& dictionaries = {});
};

}  // namespace parley
