// What is English about coreference: pronouns, nouns that mean persons, men, women, groups, verbs of speech, first
// names that tell the gender. General knowledge of English; sorted lists, searched by halving.
#include <algorithm>
#include <array>
#include <string_view>

#include "language/coreference_internal.h"

namespace parley::coreference::english {
namespace {

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::binary_search(list.begin(), list.end(), word);
}

constexpr auto kPronouns = std::to_array<Pronoun>({
    {"'em", Kind::they, Number::plural, Gender::unknown, Animacy::unknown},
    {"'s", Kind::first_plural, Number::plural, Gender::unknown, Animacy::person},
    {"he", Kind::he, Number::singular, Gender::male, Animacy::person},
    {"her", Kind::she, Number::singular, Gender::female, Animacy::person, false, true},
    {"hers", Kind::she, Number::singular, Gender::female, Animacy::person, false, true},
    {"herself", Kind::she, Number::singular, Gender::female, Animacy::person, true},
    {"him", Kind::he, Number::singular, Gender::male, Animacy::person},
    {"himself", Kind::he, Number::singular, Gender::male, Animacy::person, true},
    {"his", Kind::he, Number::singular, Gender::male, Animacy::person, false, true},
    {"i", Kind::first_singular, Number::singular, Gender::unknown, Animacy::person},
    {"it", Kind::it, Number::singular, Gender::unknown, Animacy::thing},
    {"its", Kind::it, Number::singular, Gender::unknown, Animacy::thing, false, true},
    {"itself", Kind::it, Number::singular, Gender::unknown, Animacy::thing, true},
    {"me", Kind::first_singular, Number::singular, Gender::unknown, Animacy::person},
    {"mine", Kind::first_singular, Number::singular, Gender::unknown, Animacy::person, false, true},
    {"my", Kind::first_singular, Number::singular, Gender::unknown, Animacy::person, false, true},
    {"myself", Kind::first_singular, Number::singular, Gender::unknown, Animacy::person, true},
    {"one", Kind::one, Number::singular, Gender::unknown, Animacy::unknown},
    {"oneself", Kind::one, Number::singular, Gender::unknown, Animacy::person, true},
    {"our", Kind::first_plural, Number::plural, Gender::unknown, Animacy::person, false, true},
    {"ours", Kind::first_plural, Number::plural, Gender::unknown, Animacy::person, false, true},
    {"ourselves", Kind::first_plural, Number::plural, Gender::unknown, Animacy::person, true},
    {"she", Kind::she, Number::singular, Gender::female, Animacy::person},
    {"that", Kind::demonstrative, Number::singular, Gender::unknown, Animacy::thing},
    {"their", Kind::they, Number::plural, Gender::unknown, Animacy::unknown, false, true},
    {"theirs", Kind::they, Number::plural, Gender::unknown, Animacy::unknown, false, true},
    {"them", Kind::they, Number::plural, Gender::unknown, Animacy::unknown},
    {"themselves", Kind::they, Number::plural, Gender::unknown, Animacy::unknown, true},
    {"these", Kind::demonstrative, Number::plural, Gender::unknown, Animacy::unknown},
    {"they", Kind::they, Number::plural, Gender::unknown, Animacy::unknown},
    {"this", Kind::demonstrative, Number::singular, Gender::unknown, Animacy::thing},
    {"those", Kind::demonstrative, Number::plural, Gender::unknown, Animacy::unknown},
    {"us", Kind::first_plural, Number::plural, Gender::unknown, Animacy::person},
    {"we", Kind::first_plural, Number::plural, Gender::unknown, Animacy::person},
    {"you", Kind::second, Number::unknown, Gender::unknown, Animacy::person},
    {"your", Kind::second, Number::unknown, Gender::unknown, Animacy::person, false, true},
    {"yours", Kind::second, Number::unknown, Gender::unknown, Animacy::person, false, true},
    {"yourself", Kind::second, Number::singular, Gender::unknown, Animacy::person, true},
    {"yourselves", Kind::second, Number::plural, Gender::unknown, Animacy::person, true},
    {"’s", Kind::first_plural, Number::plural, Gender::unknown, Animacy::person},
});

constexpr auto kPersons = std::to_array<std::string_view>({
    "abbot", "academic", "activist", "actor", "actress", "adviser", "advisor", "agent", "aide", "ally",
    "ambassador", "analyst", "archbishop", "artist", "assassin", "assistant", "attacker", "attorney", "aunt",
    "author", "baby", "bishop", "bomber", "boss", "boy", "brother", "bureaucrat", "businessman",
    "businesswoman", "candidate", "captain", "captive", "cardinal", "caretaker", "chairman", "chairwoman",
    "chancellor", "chief", "child", "citizen", "civilian", "cleric", "clerk", "coach", "colleague", "colonel",
    "combatant", "commander", "commissioner", "congressman", "congresswoman", "councillor", "counterpart",
    "cousin", "critic", "customer", "dad", "daughter", "deputy", "deserter", "detainee", "dictator", "diplomat",
    "director", "dissident", "doctor", "driver", "economist", "editor", "emir", "emperor", "employee",
    "empress", "engineer", "envoy", "exile", "expert", "extremist", "farmer", "father", "fellow", "fighter",
    "firefighter", "fisherman", "friend", "fugitive", "general", "gentleman", "girl", "governor", "guard",
    "guerrilla", "guest", "gunman", "guy", "heir", "hero", "historian", "host", "hostage", "husband", "imam",
    "individual", "infant", "inmate", "inspector", "insurgent", "intellectual", "interpreter", "investigator",
    "jihadist", "journalist", "judge", "kid", "king", "lady", "laureate", "lawmaker", "lawyer", "leader",
    "legislator", "liaison", "lieutenant", "lord", "major", "man", "manager", "marine", "marshal", "martyr",
    "mayor", "mediator", "medic", "member", "mercenary", "migrant", "militant", "miner", "minister", "minor",
    "moderator", "mom", "monarch", "monk", "mother", "mourner", "mum", "murderer", "musician", "negotiator",
    "neighbor", "neighbour", "nephew", "niece", "nun", "nurse", "observer", "occupant", "officer", "official",
    "opponent", "orphan", "parent", "parliamentarian", "passenger", "pastor", "patient", "patriarch",
    "peacekeeper", "peasant", "performer", "person", "philosopher", "photographer", "physician", "pilgrim",
    "pilot", "player", "poet", "policeman", "policewoman", "politician", "pope", "premier", "president",
    "priest", "prime", "prince", "princess", "principal", "prisoner", "professor", "prosecutor", "protester",
    "protestor", "queen", "rabbi", "rapporteur", "rebel", "refugee", "relative", "reporter", "representative",
    "researcher", "resident", "rival", "ruler", "sailor", "scholar", "scientist", "secretary", "senator",
    "separatist", "sergeant", "settler", "sheikh", "sister", "smuggler", "sniper", "soldier", "son", "speaker",
    "spokesman", "spokesperson", "spokeswoman", "spouse", "spy", "staffer", "statesman", "strongman", "student",
    "successor", "suicide", "sultan", "supporter", "surgeon", "survivor", "suspect", "teacher", "technician",
    "teenager", "terrorist", "tourist", "trader", "traitor", "translator", "traveler", "traveller", "treasurer",
    "troop", "tsar", "uncle", "undersecretary", "veteran", "vicar", "victim", "villager", "visitor",
    "volunteer", "voter", "warlord", "widow", "widower", "wife", "witness", "woman", "worker", "writer",
    "youngster", "youth",
});

constexpr auto kMaleNouns = std::to_array<std::string_view>({
    "abbot", "actor", "archbishop", "ayatollah", "baron", "bishop", "boy", "boyfriend", "brother",
    "businessman", "cardinal", "chairman", "congressman", "count", "dad", "daddy", "duke", "emir", "emperor",
    "father", "fisherman", "gentleman", "grandfather", "grandson", "gunman", "guy", "heir", "hero", "husband",
    "imam", "king", "lord", "man", "monk", "mr", "mr.", "nephew", "patriarch", "policeman", "pope", "priest",
    "prince", "rabbi", "sheikh", "sir", "son", "spokesman", "statesman", "strongman", "sultan", "tsar", "uncle",
    "widower",
});

constexpr auto kFemaleNouns = std::to_array<std::string_view>({
    "actress", "aunt", "baroness", "businesswoman", "chairwoman", "congresswoman", "countess", "dame",
    "daughter", "duchess", "empress", "girl", "girlfriend", "granddaughter", "grandmother", "heroine", "lady",
    "madam", "miss", "mom", "mother", "mrs", "mrs.", "ms", "ms.", "mum", "niece", "nun", "policewoman",
    "princess", "queen", "sister", "spokeswoman", "widow", "wife", "woman",
});

constexpr auto kGroups = std::to_array<std::string_view>({
    "administration", "agency", "airline", "alliance", "army", "assembly", "association", "authority", "bank",
    "battalion", "bloc", "board", "brigade", "broadcaster", "cabinet", "charity", "church", "coalition",
    "commission", "committee", "community", "company", "congress", "convoy", "council", "country", "court",
    "crew", "crowd", "delegation", "department", "division", "embassy", "enemy", "faction", "family",
    "federation", "firm", "force", "foundation", "front", "government", "group", "house", "institute",
    "institution", "junta", "kingdom", "leadership", "league", "majority", "media", "military", "militia",
    "ministry", "minority", "mission", "movement", "nation", "navy", "network", "office", "opposition",
    "organisation", "organization", "panel", "parliament", "party", "people", "police", "population", "public",
    "regime", "regiment", "republic", "school", "senate", "side", "society", "squad", "staff", "state", "team",
    "tribe", "troop", "unit", "university", "wing",
});

constexpr auto kSpeech = std::to_array<std::string_view>({
    "accuse", "acknowledge", "add", "admit", "agree", "allege", "announce", "answer", "argue", "ask", "assert",
    "assure", "believe", "blame", "boast", "call", "caution", "cite", "claim", "comment", "complain", "concede",
    "conclude", "condemn", "confirm", "continue", "cry", "declare", "demand", "deny", "describe", "disclose",
    "emphasise", "emphasize", "estimate", "exclaim", "explain", "express", "go", "hint", "imply", "insist",
    "joke", "lament", "mention", "note", "object", "observe", "pledge", "point", "predict", "promise",
    "propose", "quip", "quote", "read", "recall", "recount", "reiterate", "remark", "repeat", "reply", "report",
    "respond", "reveal", "say", "scream", "shout", "state", "stress", "suggest", "swear", "tell", "think",
    "threaten", "tweet", "urge", "vow", "warn", "whisper", "wonder", "write", "yell",
});

constexpr auto kQuantifiers = std::to_array<std::string_view>({
    "any", "each", "either", "enough", "every", "few", "many", "more", "most", "much", "neither", "no",
    "several", "some",
});

constexpr auto kTimes = std::to_array<std::string_view>({
    "afternoon", "century", "day", "decade", "evening", "friday", "hour", "minute", "moment", "monday", "month",
    "morning", "night", "noon", "saturday", "second", "sunday", "thursday", "time", "today", "tomorrow",
    "tonight", "tuesday", "wednesday", "week", "weekend", "year", "yesterday",
});

constexpr auto kMaleNames = std::to_array<std::string_view>({
    "aaron", "abdel", "abdelaziz", "abdul", "abdulaziz", "abdullah", "abiy", "abraham", "adam", "adel", "adolf",
    "adrian", "ahmad", "ahmed", "alan", "albert", "alejandro", "aleksandr", "alex", "alexander", "alexei",
    "alexis", "alfred", "ali", "amir", "andrei", "andrew", "andrey", "andriy", "andrzej", "anthony", "antoine",
    "anton", "antonio", "antony", "antónio", "ari", "arthur", "ashraf", "barack", "bashar", "ben", "benjamin",
    "benny", "bernard", "bill", "bob", "boris", "brian", "carl", "carlos", "charles", "chris", "christian",
    "christopher", "daniel", "david", "dennis", "diego", "dmitri", "dmitry", "dmytro", "donald", "douglas",
    "ebrahim", "edgar", "eduardo", "edward", "ehud", "emmanuel", "enrique", "eric", "ernest", "ernesto",
    "faisal", "felipe", "felix", "fernando", "fidel", "francesco", "francis", "francisco", "franck", "frank",
    "franklin", "fred", "frederick", "gabriel", "gamal", "gary", "geir", "gennady", "george", "gerald",
    "gerhard", "giorgio", "giovanni", "giuseppe", "gordon", "graham", "gustavo", "habib", "hamid", "hans",
    "harold", "harry", "hassan", "hector", "helmut", "henri", "henry", "herbert", "hosni", "howard", "hugo",
    "hussein", "ian", "ibrahim", "igor", "imran", "isaac", "isaias", "ismail", "ivan", "jack", "jacob",
    "jacques", "jaime", "jair", "jake", "jamal", "james", "jan", "jared", "jason", "javier", "jean", "jeff",
    "jeffrey", "jens", "jeremy", "jerome", "jerry", "jesse", "jim", "jimmy", "joao", "joe", "joel", "johan",
    "johann", "john", "jonathan", "jorge", "jose", "josep", "joseph", "joshua", "josé", "juan", "julian",
    "julius", "justin", "karim", "karl", "keir", "keith", "ken", "kenneth", "kevin", "khaled", "khalid",
    "khalifa", "kim", "kofi", "konstantin", "larry", "laurent", "lech", "leo", "leon", "leonid", "lloyd",
    "louis", "luis", "luiz", "mahmoud", "manuel", "marc", "marco", "marcos", "mario", "mark", "martin",
    "masoud", "matthew", "maurice", "max", "michael", "michel", "miguel", "mike", "mikhail", "mohamed",
    "mohammad", "mohammed", "moshe", "muammar", "muhammad", "mustafa", "narendra", "nelson", "nicholas", "nick",
    "nicolas", "nicolás", "nikita", "nikolai", "olaf", "oleg", "oleksandr", "oleksiy", "oliver", "omar",
    "osama", "oscar", "otto", "pablo", "patrick", "paul", "pavel", "pedro", "peter", "petro", "philip",
    "phillip", "pierre", "pyotr", "rafael", "ralph", "ramon", "ramzan", "raul", "raymond", "recep", "ricardo",
    "richard", "robert", "roberto", "rodrigo", "roger", "roman", "ron", "ronald", "roy", "rudolf", "ryan",
    "saad", "saddam", "said", "salah", "salman", "salva", "sam", "samuel", "scott", "sean", "sebastian",
    "sergei", "sergey", "sergio", "serhiy", "shimon", "silvio", "simon", "stanislav", "stefan", "stephen",
    "steve", "steven", "stéphane", "sven", "taras", "thomas", "tim", "timothy", "tom", "tony", "valery",
    "victor", "viktor", "vincent", "vitaly", "vladimir", "volodymyr", "walter", "wang", "warren", "wayne",
    "will", "william", "winston", "wolfgang", "xavier", "yahya", "yair", "yasser", "yitzhak", "yoav", "yusuf",
    "évariste",
});

constexpr auto kFemaleNames = std::to_array<std::string_view>({
    "aisha", "alexandra", "alice", "alicia", "amanda", "amina", "amy", "ana", "andrea", "angela", "angelina",
    "anita", "ann", "anna", "annalena", "anne", "annie", "asma", "audrey", "aung", "barbara", "beatrice",
    "benazir", "betty", "brenda", "carla", "carmen", "carol", "caroline", "catherine", "cecilia", "charlotte",
    "chloe", "christiane", "christina", "christine", "claire", "claudia", "condoleezza", "cristina", "cynthia",
    "deborah", "diana", "diane", "dilma", "dina", "donna", "doris", "dorothy", "elena", "elisabeth",
    "elizabeth", "ellen", "emily", "emma", "erna", "esther", "eva", "evelyn", "fatima", "fatou", "federica",
    "fiona", "florence", "frances", "gabriela", "giorgia", "gloria", "golda", "grace", "gro", "hala", "hanan",
    "hannah", "heather", "helen", "helena", "hillary", "indira", "ines", "irene", "irina", "isabel", "isabella",
    "jacqueline", "jane", "janet", "jean", "jeanne", "jennifer", "jessica", "jill", "joan", "joanna",
    "josephine", "joyce", "judith", "judy", "julia", "julie", "kaja", "kamala", "karen", "kate", "katherine",
    "kathleen", "kathy", "katie", "lara", "laura", "lauren", "leila", "leyla", "linda", "lisa", "liz", "louise",
    "lucia", "lucy", "madeleine", "malala", "margaret", "maria", "mariam", "marie", "marina", "martha", "mary",
    "maya", "megan", "melanie", "melissa", "mia", "michaela", "michelle", "monica", "nadia", "nancy", "naomi",
    "natalia", "natalie", "nicole", "nikki", "nina", "nora", "olena", "olga", "pamela", "patricia", "paula",
    "penny", "rachel", "rania", "rebecca", "rita", "rosa", "rose", "roza", "ruth", "samantha", "sandra",
    "sanna", "sara", "sarah", "sharon", "sheikha", "shirley", "silvia", "simone", "sofia", "sonia", "sophie",
    "stephanie", "susan", "svetlana", "sviatlana", "sylvia", "tamara", "tatiana", "teresa", "theresa", "tina",
    "tsai", "tzipi", "ursula", "valentina", "valerie", "vanessa", "vera", "veronica", "victoria", "virginia",
    "wendy", "yulia", "yvonne", "zainab", "zoe",
});

static_assert(std::is_sorted(kPersons.begin(), kPersons.end()));
static_assert(std::is_sorted(kMaleNouns.begin(), kMaleNouns.end()));
static_assert(std::is_sorted(kFemaleNouns.begin(), kFemaleNouns.end()));
static_assert(std::is_sorted(kGroups.begin(), kGroups.end()));
static_assert(std::is_sorted(kSpeech.begin(), kSpeech.end()));
static_assert(std::is_sorted(kQuantifiers.begin(), kQuantifiers.end()));
static_assert(std::is_sorted(kTimes.begin(), kTimes.end()));
static_assert(std::is_sorted(kMaleNames.begin(), kMaleNames.end()));
static_assert(std::is_sorted(kFemaleNames.begin(), kFemaleNames.end()));
static_assert(std::is_sorted(kPronouns.begin(), kPronouns.end(),
                             [](const Pronoun& a, const Pronoun& b) { return a.form < b.form; }));

}  // namespace

const Pronoun* pronoun(std::string_view form) {
  const auto it = std::lower_bound(kPronouns.begin(), kPronouns.end(), form,
                                   [](const Pronoun& p, std::string_view f) { return p.form < f; });
  return it != kPronouns.end() && it->form == form ? &*it : nullptr;
}

bool is_person_noun(std::string_view lemma) {
  if (contains(kPersons, lemma)) return true;
  // "councilwoman", "newspaperman", "psychologist", "musician".
  return lemma.size() > 6 && (lemma.ends_with("man") || lemma.ends_with("woman") || lemma.ends_with("ologist") ||
                              lemma.ends_with("ician") || lemma.ends_with("keeper") || lemma.ends_with("person"));
}
Gender gender_of_noun(std::string_view lemma) {
  if (contains(kFemaleNouns, lemma) || (lemma.size() > 6 && lemma.ends_with("woman"))) return Gender::female;
  if (contains(kMaleNouns, lemma) || (lemma.size() > 7 && lemma.ends_with("sman"))) return Gender::male;
  return Gender::unknown;
}
Gender gender_of_name(std::string_view name) {
  const bool male = contains(kMaleNames, name), female = contains(kFemaleNames, name);
  return male == female ? Gender::unknown : male ? Gender::male : Gender::female;
}
bool is_group_noun(std::string_view lemma) { return contains(kGroups, lemma); }
bool is_speech_verb(std::string_view lemma) { return contains(kSpeech, lemma); }
bool is_quantifier(std::string_view lemma) { return contains(kQuantifiers, lemma); }
bool is_time_noun(std::string_view lemma) { return contains(kTimes, lemma); }

}  // namespace parley::coreference::english
