// Copies: reports that tell the same in (nearly) the same words.
//
// Idea: a report is the set of its shingles, runs of five words; the share of shingles that two reports have
// in common (Jaccard) says how much of the words is the same. MinHash (Broder 1997) keeps the least value of
// each of 64 hash functions: two reports agree in one with a probability that is their Jaccard. Signatures are
// looked up in 16 bands of four; a pair that shares a band is a candidate and its true Jaccard is computed.
// Example: an agency's story with a new headline and two cut paragraphs shares 0.8 of the shingles; a band of four
// agrees with 0.8^4, one of 16 with 0.9998. Counter-example: two outlets telling the same in their own words share
// less than 0.1: no copies, but the same story (clusters.h). Cost: linear in the words.
// Covered by tests/story/copies_test.cc, against a slow twin.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace parley::story {

inline constexpr std::size_t kBands = 16;
inline constexpr std::size_t kRows = 4;
/// From here on two reports are copies of each other.
inline constexpr double kCopy = 0.5;

/// Hashes of the runs of five words, case and punctuation apart; sorted, each once. A text of fewer
/// words is one shingle; an empty one has none.
std::vector<std::uint64_t> shingles(std::string_view text);

/// The share of shingles in common: 0 to 1. Two empty sets have 0. REQUIRES: both sorted.
double jaccard(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b);

/// One key for each band; non-negative, so that it fits a signed column. All texts' keys of different bands differ.
std::array<std::int64_t, kBands> bands(const std::vector<std::uint64_t>& shingles);

}  // namespace parley::story
