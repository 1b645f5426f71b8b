#include "knowledge/knowledge.h"

#include "knowledge/toml_reader.h"

namespace parley {

Knowledge Knowledge::load(const std::filesystem::path& data, const std::filesystem::path& overrides,
                          Diagnostics& diagnostics) {
  Knowledge knowledge;
  DataFiles files(data, overrides);
  // One line a table; the fingerprint counts them in this order.
  knowledge.codebook = Codebook::load(files, diagnostics);
  knowledge.actors = Actors::load(files, diagnostics);
  knowledge.status = StatusWords::load(files, diagnostics);
  knowledge.statements = StatementWords::load(files, diagnostics);
  knowledge.proposals = ProposalWords::load(files, diagnostics);
  knowledge.brief = BriefWords::load(files, diagnostics);
  knowledge.discrepancies = DiscrepancyWords::load(files, diagnostics);
  knowledge.times = TimeWords::load(files, diagnostics);
  knowledge.figures = FigureWords::load(files, diagnostics);
  knowledge.fingerprint = files.fingerprint();
  return knowledge;
}

}  // namespace parley
