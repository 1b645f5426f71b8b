// The best dependency tree: every word has one head, one word hangs under the root, no cycles, and the
// sum of the arcs' scores is as high as can be (Chu and Liu 1965, Edmonds 1967; McDonald et al. 2005).
//
//   "Rebels fled": fled->root 3, Rebels->fled 2, fled->Rebels 1, Rebels->root 2.5
//   taking each word's best head would give two roots; the tree is fled->root, Rebels->fled
//
// Mostly each word's best head makes a tree already: O(n²) to see that. Else cycles are contracted one
// by one, O(n²) each, O(n³) at worst, with n bounded by the model's window. One root is had by taking
// the same large amount off every arc to the root: the trees with one such arc are then the best ones.
// Covered by spanning_tree_test.cc against all trees of small sentences.
#pragma once

#include <cstdint>
#include <vector>

namespace parley {

/// scores[(d-1) * stride + h] of word d in 1…n under head h in 0…n, 0 the root. Gives heads of words
/// 1…n, in that order.
std::vector<std::uint32_t> best_tree(const float* scores, std::size_t n, std::size_t stride);

}  // namespace parley
