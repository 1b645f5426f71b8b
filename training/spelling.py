"""What English spelling does that no training sentence may have shown: irregular verbs and British variants.

The facts are those of any school grammar. A form that is also another verb's base (found, fell, saw, wound)
is left out where the lemma lexicon asks: the tagger's context decides there, not a list.
"""

# base, past, participle; / parts equal ones
_IRREGULAR = """
abide abode abode; arise arose arisen; awake awoke awoken; bear bore borne; beat beat beaten; become became become; befall befell befallen;
beget begot begotten; begin began begun; bend bent bent; beset beset beset; bet bet bet; bid bid bidden; bind bound bound; bite bit bitten;
bleed bled bled; blow blew blown; break broke broken; breed bred bred; bring brought brought; broadcast broadcast broadcast; build built built;
burst burst burst; buy bought bought; cast cast cast; catch caught caught; choose chose chosen; cling clung clung; come came come;
cost cost cost; creep crept crept; cut cut cut; deal dealt dealt; dig dug dug; draw drew drawn; drink drank drunk; drive drove driven;
eat ate eaten; fall fell fallen; feed fed fed; feel felt felt; fight fought fought; find found found; flee fled fled; fling flung flung;
fly flew flown; forbid forbade forbidden; forego forewent foregone; foresee foresaw foreseen; foretell foretold foretold; forget forgot forgotten;
forgive forgave forgiven; forsake forsook forsaken; freeze froze frozen; get got gotten; give gave given; go went gone; grind ground ground;
grow grew grown; hang hung hung; hear heard heard; hide hid hidden; hit hit hit; hold held held; hurt hurt hurt; keep kept kept;
kneel knelt knelt; know knew known; lay laid laid; lead led led; leap leapt leapt; leave left left; lend lent lent; let let let;
lie lay lain; light lit lit; lose lost lost; make made made; mean meant meant; meet met met; mislead misled misled; mistake mistook mistaken;
offset offset offset; outdo outdid outdone; outgrow outgrew outgrown; outsell outsold outsold; overcome overcame overcome; overhear overheard overheard;
override overrode overridden; overrun overran overrun; oversee oversaw overseen; overtake overtook overtaken; overthrow overthrew overthrown;
partake partook partaken; pay paid paid; plead pled pled; prove proved proven; put put put; quit quit quit; read read read; rebuild rebuilt rebuilt;
redo redid redone; repay repaid repaid; resell resold resold; retake retook retaken; rethink rethought rethought; rewrite rewrote rewritten;
rid rid rid; ride rode ridden; ring rang rung; rise rose risen; run ran run; saw sawed sawn; say said said; see saw seen; seek sought sought;
sell sold sold; send sent sent; set set set; sew sewed sewn; shake shook shaken; shed shed shed; shine shone shone; shoot shot shot;
show showed shown; shrink shrank shrunk; shut shut shut; sing sang sung; sink sank sunk; sit sat sat; slay slew slain; sleep slept slept;
slide slid slid; sling slung slung; slit slit slit; sow sowed sown; speak spoke spoken; speed sped sped; spend spent spent; spin spun spun;
spit spat spat; split split split; spread spread spread; spring sprang sprung; stand stood stood; steal stole stolen; stick stuck stuck;
sting stung stung; stride strode stridden; strike struck struck; strike struck stricken; string strung strung; strive strove striven; swear swore sworn;
sweep swept swept; swell swelled swollen; swim swam swum; swing swung swung; take took taken; teach taught taught; tear tore torn; tell told told;
think thought thought; throw threw thrown; thrust thrust thrust; tread trod trodden; undercut undercut undercut; undergo underwent undergone;
understand understood understood; undertake undertook undertaken; undo undid undone; unfreeze unfroze unfrozen; uphold upheld upheld;
upset upset upset; wake woke woken; wear wore worn; weave wove woven; weep wept wept; win won won; wind wound wound; withdraw withdrew withdrawn;
withhold withheld withheld; withstand withstood withstood; wring wrung wrung; write wrote written"""

_OUR = "arbor ardor armor behavior candor clamor color demeanor disfavor dishonor endeavor favor fervor flavor glamor harbor honor humor labor neighbor odor parlor rancor rigor rumor savior splendor tumor valor vapor vigor".split()
_PAIRS = {
    "center": "centre", "theater": "theatre", "caliber": "calibre", "maneuver": "manoeuvre", "defense": "defence", "offense": "offence", "license": "licence",
    "pretense": "pretence", "practice": "practise", "program": "programme", "fulfill": "fulfil", "enroll": "enrol", "skillful": "skilful", "install": "instal",
    "enrollment": "enrolment", "fulfillment": "fulfilment", "installment": "instalment", "aging": "ageing", "judgment": "judgement", "acknowledgment": "acknowledgement",
    "plow": "plough", "gray": "grey", "check": "cheque", "tire": "tyre", "jail": "gaol", "jewelry": "jewellery", "skeptical": "sceptical", "skepticism": "scepticism",
    "dialog": "dialogue", "catalog": "catalogue", "analog": "analogue", "kidnaper": "kidnapper", "ceasefire": "cease-fire", "airstrike": "air-strike",
}


def irregular_forms():
    """-> {form: set of lemmas}, forms that are their own lemma left out"""
    out = {}
    for entry in _IRREGULAR.replace("\n", " ").split(";"):
        base, *forms = entry.split()
        for form in forms:
            if form != base:
                out.setdefault(form, set()).add(base)
    return out


def variants(lemma):
    """British spellings of an American lemma, and of a word with re-, de-, dis- ... before one: organize -> organise, demilitarization -> demilitarisation"""
    out = set()
    for american, british in (("ize", "ise"), ("yze", "yse"), ("ization", "isation"), ("izer", "iser"), ("ized", "ised")):
        if lemma.endswith(american) and len(lemma) > len(american) + 2 and lemma not in ("seize", "capsize", "prize"):
            out.add(lemma.removesuffix(american) + british)
    for stem in _OUR:
        if stem in lemma and lemma.startswith((stem, "re" + stem, "dis" + stem, "be" + stem)):
            out.add(lemma.replace(stem, stem[:-2] + "our"))
    if lemma in _PAIRS:
        out.add(_PAIRS[lemma])
    return out
