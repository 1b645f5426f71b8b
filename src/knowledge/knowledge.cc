#include "knowledge/knowledge.h"

#include "knowledge/codebook_petrarch.h"
#include "knowledge/toml_reader.h"

namespace parley {
namespace {

void load_dictionaries(Knowledge& knowledge, DataFiles& files, const UserDictionaries& dictionaries,
                       Diagnostics& diagnostics) {
  const auto each = [&](const std::vector<std::filesystem::path>& paths, auto load) {
    for (const std::filesystem::path& path : paths) {
      if (const auto text = files.read({path, path.filename().string()}, diagnostics)) load(*text, path.string());
    }
  };
  each(dictionaries.actors, [&](const std::string& text, const std::string& file) {
    knowledge.actors.load_petrarch_actors(text, file, diagnostics);
  });
  each(dictionaries.agents, [&](const std::string& text, const std::string& file) {
    knowledge.actors.load_petrarch_agents(text, file, diagnostics);
  });
  if (dictionaries.verbs.empty()) return;
  const CameoTable cameo = CameoTable::load(files, diagnostics);
  each(dictionaries.verbs, [&](const std::string& text, const std::string& file) {
    knowledge.codebook.add(petrarch_verb_rules(text, file, cameo, diagnostics));
  });
}

}  // namespace

Knowledge Knowledge::load(const std::filesystem::path& data, const std::filesystem::path& overrides,
                          Diagnostics& diagnostics, const UserDictionaries& dictionaries) {
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
  knowledge.places = PlaceWords::load(files, diagnostics);
  knowledge.channels = ChannelWords::load(files, diagnostics);
  load_dictionaries(knowledge, files, dictionaries, diagnostics);
  knowledge.fingerprint = files.fingerprint();
  return knowledge;
}

}  // namespace parley
