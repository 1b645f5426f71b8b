// Who and what a report speaks of, and who they are in event data.
//
// Names are found (entity_names.cc), joined to entities (entity_clusters.cc), coded by the tables
// and the words around them (entity_codes.cc); then common nouns for actors and coreference's
// pronouns (entity_nominals.cc), and the pronouns that it left (entity_pronouns.cc). Here the drafts become the record's entities, in the order of
// first mention.
#include <algorithm>

#include "record/entity_draft.h"
#include "record/extract.h"

namespace parley {
namespace {

/// Titles and the noun phrase around a name lead to the person too.
void cover_titles(const EntityWork& work, Context& context,
                  const std::vector<std::int32_t>& index) {
  for (const DraftMention& mention : work.mentions) {
    if (mention.form != MentionForm::name ||
        work.entities[mention.entity].kind != EntityKind::person)
      continue;
    const auto title = title_before(work, mention.words.first);
    if (!title) continue;
    const Word top = work.analysis.head_of({title->words.first, mention.words.last});
    for (Word w = title->words.first; w < mention.words.first; ++w) {
      if (context.entity_of_word[w] == Context::kNone)
        context.entity_of_word[w] = index[mention.entity];
    }
    if (top < mention.words.first && context.entity_at_head[top] == Context::kNone) {
      context.entity_at_head[top] = index[mention.entity];
    }
  }
}

}  // namespace

void extract_entities(Context& context) {
  EntityWork work(context);
  find_names(work);
  cluster_names(work);
  code_entities(work);
  find_nominals(work);
  resolve_pronouns(work);
  complete_codes(work);

  // Entities by their first mention; those whose mentions all went elsewhere are left out.
  std::vector<std::uint32_t> order(work.mentions.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const WordRange x = work.mentions[a].words;
    const WordRange y = work.mentions[b].words;
    return x.first != y.first ? x.first < y.first : x.last > y.last;
  });
  std::vector<std::int32_t> index(work.entities.size(), Context::kNone);
  std::vector<Entity>& entities = context.record.entities;
  const std::size_t base = entities.size();
  for (const std::uint32_t m : order) {
    const DraftMention& mention = work.mentions[m];
    std::int32_t& at = index[mention.entity];
    if (at == Context::kNone) {
      const EntityDraft& draft = work.entities[mention.entity];
      at = static_cast<std::int32_t>(entities.size());
      Entity entity;
      entity.id = "e" + std::to_string(entities.size() - base + 1);
      entity.kind = draft.kind;
      entity.name = draft.label.empty() ? std::string(context.slice(draft.name)) : draft.label;
      entity.actor = draft.code;
      entities.push_back(std::move(entity));
    }
    entities[static_cast<std::size_t>(at)].mentions.push_back(
        {context.span(mention.words), mention.form});
  }
  for (Word w = 0; w < work.analysis.size(); ++w) {
    const auto entity_of = [&](std::int32_t mention) {
      return mention < 0 ? Context::kNone
                         : index[work.mentions[static_cast<std::size_t>(mention)].entity];
    };
    context.entity_of_word[w] = entity_of(work.mention_of_word[w]);
    context.entity_at_head[w] = entity_of(work.mention_at_head[w]);
  }
  cover_titles(work, context, index);
  // "Kenyan and Somali officials": each nationality leads to its officials, the noun to neither
  // alone.
  for (const EntityWork::Several& several : work.several) {
    context.entity_at_head[several.head] = Context::kNone;
    for (const auto& [modifier, entity] : several.each)
      context.entity_at_head[modifier] = index[entity];
  }
}

}  // namespace parley
