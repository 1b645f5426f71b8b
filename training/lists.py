"""Names that leave no doubt about their kind: weak labels where a source is coarser than our inventory.

A source's "location" is a GPE when it is a state, a capital or another big city of this list; words that
name people by origin or belief are NORP. Used in training only; the shipped knowledge lives in data/.
"""
import json
import pathlib

_COUNTRIES_SPOKEN = """
United States|US|U.S.|USA|U.S.A.|America|United Kingdom|UK|U.K.|Britain|Great Britain|England|Scotland|Wales|Northern Ireland|Russia|
Iran|Syria|North Korea|South Korea|Korea|Vietnam|Laos|Bolivia|Venezuela|Tanzania|Moldova|Taiwan|Palestine|Brunei|Ivory Coast|Burma|
Cape Verde|Czech Republic|Swaziland|Macedonia|Kosovo|Congo|DR Congo|East Timor|Vatican|Holland|Turkey|Micronesia|Gambia|Bahamas|
Soviet Union|USSR|Yugoslavia|Czechoslovakia|West Germany|East Germany|Gaza|West Bank|Crimea|Tibet|Kashmir|Chechnya|Darfur|Hong Kong|
Somaliland|Abkhazia|South Ossetia|Kurdistan|Catalonia|Quebec|California|Texas|Florida|Virginia|Georgia|Ohio|Michigan|Illinois|
Pennsylvania|Massachusetts|Washington|Oregon|Arizona|Colorado|Alaska|Hawaii|Louisiana|Mississippi|Alabama|Tennessee|Kentucky|
Missouri|Kansas|Oklahoma|Nebraska|Iowa|Minnesota|Wisconsin|Indiana|Maryland|Delaware|New Jersey|New York|Connecticut|Vermont|Maine|
New Hampshire|Rhode Island|North Carolina|South Carolina|Arkansas|Utah|Nevada|Idaho|Montana|Wyoming|North Dakota|South Dakota|
New Mexico|West Virginia|Ontario|Alberta|British Columbia|Bavaria|Punjab|Sindh|Balochistan|Helmand|Anbar|Donbas|Donetsk|Luhansk"""
_CITIES = """
Kabul|Tirana|Algiers|Luanda|Buenos Aires|Yerevan|Canberra|Sydney|Melbourne|Vienna|Baku|Manama|Dhaka|Minsk|Brussels|Sarajevo|Gaborone|
Brasilia|Rio de Janeiro|Sofia|Ouagadougou|Bujumbura|Phnom Penh|Yaounde|Ottawa|Toronto|Montreal|Vancouver|Bangui|N'Djamena|Santiago|
Beijing|Shanghai|Bogota|Kinshasa|Goma|Brazzaville|Zagreb|Havana|Nicosia|Prague|Copenhagen|Djibouti|Santo Domingo|Quito|Cairo|Alexandria|
Asmara|Tallinn|Addis Ababa|Helsinki|Paris|Marseille|Lyon|Libreville|Tbilisi|Berlin|Munich|Hamburg|Frankfurt|Bonn|Accra|Athens|
Guatemala City|Conakry|Port-au-Prince|Tegucigalpa|Budapest|Reykjavik|New Delhi|Delhi|Mumbai|Bombay|Calcutta|Kolkata|Chennai|Jakarta|
Tehran|Isfahan|Baghdad|Basra|Mosul|Fallujah|Kirkuk|Tikrit|Erbil|Najaf|Karbala|Ramadi|Dublin|Belfast|Jerusalem|Tel Aviv|Haifa|Rome|Milan|
Naples|Kingston|Tokyo|Osaka|Hiroshima|Amman|Astana|Nairobi|Mombasa|Pristina|Kuwait City|Bishkek|Vientiane|Riga|Beirut|Tripoli|Monrovia|
Benghazi|Vilnius|Skopje|Antananarivo|Kuala Lumpur|Bamako|Timbuktu|Nouakchott|Mexico City|Chisinau|Ulaanbaatar|Podgorica|Rabat|Casablanca|
Maputo|Yangon|Rangoon|Naypyidaw|Windhoek|Kathmandu|Amsterdam|Rotterdam|The Hague|Hague|Wellington|Auckland|Managua|Niamey|Abuja|Lagos|
Maiduguri|Kano|Pyongyang|Oslo|Muscat|Islamabad|Karachi|Lahore|Peshawar|Quetta|Ramallah|Gaza City|Rafah|Khan Younis|Hebron|Nablus|Jenin|
Asuncion|Lima|Manila|Davao|Marawi|Warsaw|Krakow|Lisbon|Doha|Bucharest|Moscow|St. Petersburg|Saint Petersburg|Grozny|Kigali|Riyadh|Jeddah|
Mecca|Medina|Dakar|Belgrade|Freetown|Singapore|Bratislava|Ljubljana|Mogadishu|Johannesburg|Cape Town|Pretoria|Seoul|Juba|Khartoum|
El Fasher|Port Sudan|Madrid|Barcelona|Bilbao|Colombo|Jaffna|Stockholm|Geneva|Zurich|Bern|Damascus|Aleppo|Homs|Idlib|Raqqa|Hama|Deraa|
Kobani|Palmyra|Latakia|Taipei|Dushanbe|Dar es Salaam|Bangkok|Lome|Tunis|Ankara|Istanbul|Izmir|Diyarbakir|Ashgabat|Kampala|Kyiv|Kiev|
Kharkiv|Kherson|Mariupol|Odesa|Odessa|Lviv|Bakhmut|Zaporizhzhia|Sevastopol|Abu Dhabi|Dubai|London|Manchester|Liverpool|Birmingham|Leeds|
Glasgow|Edinburgh|Cardiff|Oxford|Cambridge|New York City|Los Angeles|Chicago|Houston|Boston|Philadelphia|San Francisco|San Diego|Dallas|
Seattle|Detroit|Atlanta|Miami|Denver|Phoenix|Baltimore|New Orleans|Las Vegas|San Jose|Austin|Portland|Cleveland|Pittsburgh|
St. Louis|Washington, D.C.|Washington D.C.|Montevideo|Tashkent|Samarkand|Caracas|Hanoi|Saigon|Ho Chi Minh City|Sanaa|Sana'a|Aden|Hodeidah|
Taiz|Lusaka|Harare|Bulawayo|Srinagar|Kandahar|Herat|Jalalabad|Kunduz|Mazar-i-Sharif|Ghazni|Sharm el-Sheikh|Nagorno-Karabakh|Stepanakert"""
_DEMONYMS = """
Afghan Albanian Algerian American Andorran Angolan Argentine Argentinian Argentinean Armenian Australian Austrian Azerbaijani Azeri Bahamian
Bahraini Bangladeshi Barbadian Belarusian Belgian Belizean Beninese Bhutanese Bolivian Bosnian Botswanan Brazilian British Briton Bruneian
Bulgarian Burkinabe Burmese Burundian Cambodian Cameroonian Canadian Chadian Chilean Chinese Colombian Congolese Croatian Croat Cuban
Cypriot Czech Dane Danish Djiboutian Dominican Dutch Ecuadorian Egyptian Emirati English Eritrean Estonian Ethiopian European Fijian Filipino
Finn Finnish French Gabonese Gambian Georgian German Ghanaian Greek Guatemalan Guinean Guyanese Haitian Honduran Hungarian Icelandic Indian
Indonesian Iranian Iraqi Irish Israeli Italian Ivorian Jamaican Japanese Jordanian Kazakh Kazakhstani Kenyan Korean Kosovar Kuwaiti Kyrgyz Lao
Laotian Latvian Lebanese Liberian Libyan Lithuanian Macedonian Malagasy Malawian Malaysian Maldivian Malian Maltese Mauritanian Mexican
Moldovan Mongolian Montenegrin Moroccan Mozambican Namibian Nepali Nepalese Nicaraguan Nigerian Nigerien Norwegian Omani Pakistani Palestinian
Panamanian Paraguayan Persian Peruvian Philippine Pole Polish Portuguese Qatari Romanian Russian Rwandan Salvadoran Saudi Scot Scottish Scots
Senegalese Serb Serbian Singaporean Slovak Slovakian Slovene Slovenian Somali Soviet Spaniard Spanish Sudanese Swede Swedish Swiss Syrian
Taiwanese Tajik Tanzanian Thai Tibetan Togolese Tunisian Turk Turkish Turkmen Ugandan Ukrainian Uruguayan Uzbek Venezuelan Vietnamese Welsh
Yemeni Yugoslav Zambian Zimbabwean African Asian Arab Arabic Kurd Kurdish Berber Tuareg Tamil Sinhalese Sikh Hindu Muslim Moslem Christian
Catholic Protestant Orthodox Jew Jewish Buddhist Sunni Shiite Shia Shi'ite Alawite Druze Yazidi Yezidi Copt Coptic Maronite Chechen Tatar Uighur
Uyghur Rohingya Pashtun Hazara Baloch Bengali Punjabi Kashmiri Basque Catalan Hutu Tutsi Tigrayan Oromo Amhara Hausa Fulani Igbo Yoruba Zulu
Roma Latino Hispanic Islamic Islamist Zionist Maoist Marxist Communist Nazi Western Republican Democrat Democratic Roman Ottoman Viking
Mediterranean Scandinavian Caribbean Balkan Slavic Slav Anglican Lutheran Methodist Baptist Mormon Evangelical Presbyterian Jesuit Salafi Salafist
Wahhabi Houthi""".split()

# organisations that are spoken of by these very words
_ORGANISATIONS = """
Hamas|Hezbollah|Hizbollah|Hizbullah|Fatah|Taliban|al Qaeda|al-Qaeda|Al-Qaeda|al-Qaida|Al Qaeda|Al Qaida|al Qaida|Islamic Jihad|Islamic State|ISIS|ISIL|Daesh|
PKK|YPG|SDF|PLO|PFLP|IRA|ETA|FARC|ELN|M23|RSF|SPLA|SPLM|TPLF|LTTE|Tamil Tigers|Boko Haram|al-Shabaab|Al-Shabaab|al Shabaab|ADF|LRA|UN|U.N.|United Nations|NATO|EU|
European Union|African Union|AU|ECOWAS|IGAD|ASEAN|OSCE|OPEC|WTO|IMF|World Bank|IAEA|UNHCR|UNICEF|UNRWA|WHO|WFP|ICC|ICJ|Arab League|Red Cross|Red Crescent|OECD|
Amnesty International|Human Rights Watch|Interpol|CIA|FBI|NSA|KGB|FSB|Mossad|Pentagon|Kremlin|White House|Congress|Senate|State Department|Security Council|
Knesset|Likud|Kadima|Labour Party|Labor Party|Republican Party|Democratic Party|Communist Party|GOP|Supreme Court|Reuters|AFP|BBC|CNN|Al Jazeera|Al-Jazeera|Xinhua|
Associated Press|New York Times|Washington Post|Google|Microsoft|Apple|Amazon|Facebook|Twitter|Yahoo|IBM|Intel|Boeing|Airbus|Gazprom|Enron|Sony|Toyota|Ford|
General Motors|Walmart|Wal-Mart|NASA|EPA|FDA|FEMA|USAID|IRS|SEC|BJP|ANC|Congress Party|Baath Party|Ba'ath Party|Muslim Brotherhood|Wagner|IDF|IRGC|
Revolutionary Guards|Northern Alliance|Peshmerga|Janjaweed|Mahdi Army|Lashkar-e-Taiba|Jemaah Islamiyah|Abu Sayyaf|Sinn Fein|Bundestag|Duma|Parliament"""
# given names that are hardly anything else
_GIVEN = """
James John Robert Michael William David Richard Joseph Thomas Charles Christopher Daniel Matthew Anthony Donald Steven Paul Andrew Joshua Kenneth Kevin Brian
George Edward Ronald Timothy Jason Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Patrick Alexander Jack
Dennis Jerry Tyler Aaron Jose Nathan Henry Zachary Douglas Peter Adam Kyle Walter Ethan Jeremy Harold Carl Keith Roger Gerald Arthur Terry Lawrence Sean Albert
Bruce Willie Ralph Roy Eugene Randy Philip Phillip Louis Bobby Johnny Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Nancy Lisa Margaret
Betty Sandra Ashley Dorothy Kimberly Emily Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Laura Helen Sharon Cynthia Kathleen Amy Shirley Angela Anna
Ruth Brenda Pamela Nicole Katherine Samantha Christine Catherine Debra Rachel Carolyn Janet Emma Maria Heather Diane Julie Joyce Evelyn Joan Christina Kelly Lauren
Martha Judith Cheryl Megan Andrea Ann Alice Jean Doris Jacqueline Kathryn Hannah Julia Gloria Teresa Theresa Sara Janice Bob Jim Bill Tom Mike Dave Steve Joe Dan
Tony Sam Ben Greg Jeff Ken Ron Chris Matt Nick Tim Rick Fred Frank Kate Sue Kathy Kim Beth Jane Jen Jenny Becky Vince Karim Ahmed Ahmad Mohammed Mohammad Muhammad
Mohamed Mahmoud Mustafa Hassan Hussein Hasan Abdullah Abdul Ibrahim Khalid Omar Osama Saddam Yasser Yasir Ismail Yousef Yusuf Bashar Hosni Muammar Nouri Hamid Pervez
Ariel Ehud Benjamin Shimon Yitzhak Vladimir Dmitry Dmitri Sergei Sergey Mikhail Boris Viktor Yulia Ivan Igor Oleg Volodymyr Jacques Francois Nicolas Pierre Jean
Angela Gerhard Helmut Hans Silvio Giuseppe Giovanni Carlos Luis Juan Pedro Miguel Jorge Fidel Hugo Evo Nelson Thabo Kofi Yoweri Paul Salva Joseph Barack Hillary Condoleezza
Dick Colin Jimmy Ronald Tony Gordon Margaret Manmohan Sonia Rajiv Indira Atal Benazir Nawaz Aung Kim Junichiro Shinzo Hamza Fatima Aisha Leila Noor Ali Reza Ehsan"""

TITLES = frozenset("""
mr mrs ms miss dr prof professor president vice prime minister secretary general senator sen rep representative congressman congresswoman
governor gov mayor king queen prince princess sir lord lady dame pope bishop archbishop cardinal rev reverend father sister brother saint sheikh
shaikh ayatollah imam mullah sultan emir chancellor chairman chairwoman chief director judge justice attorney ambassador envoy spokesman
spokeswoman colonel col captain capt major maj lieutenant lt gen admiral adm commander sergeant sgt private corporal foreign defense defence
deputy former acting crown grand ex uncle aunt grandma grandpa mom dad dear coach officer inspector detective agent
""".split())

PLACE_WORDS = frozenset("""
river lake sea ocean mountain mountains mount mt hills hill valley desert island islands peninsula strait straits gulf bay coast plain plains
plateau forest canyon basin cape channel delta glacier falls creek beach africa asia europe antarctica america east west north south
middle atlantic pacific mediterranean balkans caucasus sahel levant earth mars moon sun galaxy arctic
""".split())
FACILITY_WORDS = frozenset("""
airport bridge street avenue road highway boulevard square park hospital mosque church cathedral temple palace tower building hall stadium
dam port harbor harbour base camp prison museum hotel theatre theater school university library station castle gate wall crossing house plant
reactor embassy center centre mall market garden gardens zoo plaza
""".split())


def _split(text):
    return {x.strip() for x in text.replace("\n", "").split("|") if x.strip()}


def load(iso_codes: pathlib.Path = pathlib.Path("/usr/share/iso-codes/json")):
    """-> (political places, words of origin or belief, organisations, given names); lower-cased, UD's words joined by spaces."""
    places = _split(_COUNTRIES_SPOKEN) | _split(_CITIES)
    file = iso_codes / "iso_3166-1.json"
    if file.exists():
        for country in json.loads(file.read_text(encoding="utf-8"))["3166-1"]:
            for key in ("name", "common_name"):
                name = country.get(key)
                if name and "," not in name:
                    places.add(name)
    people = set(_DEMONYMS) | {w + "s" for w in _DEMONYMS if not w.endswith(("s", "sh", "ch", "ese"))}
    joined = lambda items: frozenset(p.lower().replace("-", " - ") for p in items)
    return joined(places), frozenset(p.lower() for p in people), frozenset(p.replace("-", " - ") for p in _split(_ORGANISATIONS)), frozenset(_GIVEN.split())
