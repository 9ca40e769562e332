"""Prepositions before a place or a group of people as somebody typed it (Italian fuses them with the article)."""

IN_IT = {"il": "nel ", "lo": "nello ", "la": "nella ", "i": "nei ", "gli": "negli ", "le": "nelle "}
OF_IT = {"il": "del ", "lo": "dello ", "la": "della ", "i": "dei ", "gli": "degli ", "le": "delle "}
PREPOSITIONS_IT = frozenset(
    [
        "a",
        "ad",
        "al",
        "allo",
        "alla",
        "ai",
        "agli",
        "alle",
        "da",
        "dal",
        "in",
        "nel",
        "nello",
        "nella",
        "nei",
        "negli",
        "nelle",
        "presso",
        "tra",
        "fra",
        "lungo",
        "su",
        "sul",
        "sulla",
        "sui",
        "sulle",
        "sopra",
        "sotto",
        "dentro",
        "vicino",
        "attraverso",
    ]
)
# Places that take "in" without an article.
REGIONS_IT = frozenset(
    [
        "abruzzo",
        "basilicata",
        "calabria",
        "campania",
        "emilia-romagna",
        "friuli",
        "liguria",
        "lombardia",
        "molise",
        "piemonte",
        "puglia",
        "sardegna",
        "sicilia",
        "toscana",
        "trentino",
        "umbria",
        "valle",
        "veneto",
        "italia",
        "europa",
    ]
)
FUSED_PLACES_IT = {"lazio": "nel ", "marche": "nelle "}
# Common nouns people write without an article.
NOUNS_IT = {
    "area": "nell'",
    "borgo": "nel ",
    "centro": "nel ",
    "città": "in ",
    "comune": "nel ",
    "distretto": "nel ",
    "frazione": "nella ",
    "municipio": "nel ",
    "paese": "nel ",
    "provincia": "in ",
    "quartiere": "nel ",
    "quartieri": "nei ",
    "regione": "nella ",
    "rione": "nel ",
    "scuola": "nella ",
    "scuole": "nelle ",
    "territorio": "nel ",
    "valle": "nella ",
    "zona": "nella ",
}
PREPOSITIONS_EN = frozenset(
    ["in", "at", "on", "across", "within", "around", "near", "inside", "along", "throughout", "among", "between", "by"]
)
DETERMINERS_EN = frozenset(
    ["the", "a", "an", "our", "their", "all", "every", "each", "both", "two", "three", "four", "five", "six"]
)


def in_place_en(place: str) -> str:
    """``in Borgo``, ``in the neighbourhood``, ``across the valley`` as written."""
    first = _first_word(place)
    if first in PREPOSITIONS_EN:
        return place
    if place[:1].islower() and first not in DETERMINERS_EN:
        return f"in the {place}"
    return f"in {lower_first(place) if first in DETERMINERS_EN else place}"


def in_place_it(place: str) -> str:
    """``a Borgo``, ``ad Ancona``, ``nel quartiere``, ``in Umbria``; what fits nothing stands in brackets."""
    parts = place.split(" e ")
    if len(parts) > 1 and all(_first_word(part) in IN_IT for part in parts):
        return " e ".join(in_place_it(part) for part in parts)
    first = _first_word(place)
    if first in PREPOSITIONS_IT:
        return lower_first(place)
    if first in IN_IT or place[:2].casefold() == "l'":
        return IN_IT[first] + place.partition(" ")[2] if first in IN_IT else f"nell'{place[2:]}"
    if first in FUSED_PLACES_IT:
        return FUSED_PLACES_IT[first] + place
    if place[:1].isupper():
        return _named_place_it(place, first)
    return NOUNS_IT[first] + place if first in NOUNS_IT else f"({place})"


def _named_place_it(place: str, first: str) -> str:
    if first in REGIONS_IT:
        return f"in {place}"
    return f"{'ad' if place[0] == 'A' else 'a'} {place}"


def of_it(words: str) -> str:
    """``di coppie``, ``delle coppie``, ``degli studenti``, ``dell'acqua``."""
    first = _first_word(words)
    if words[:2].casefold() == "l'":
        return f"dell'{words[2:]}"
    if first in OF_IT:
        return OF_IT[first] + words.partition(" ")[2]
    return f"di {words}"


def lower_first(words: str, *, keep: str = "") -> str:
    """Without the capital a title begins with; an acronym, a lone letter and words that stand in ``keep`` have it."""
    first = words.split(" ", 1)[0]
    if not first[1:2].islower() or first in keep.split():
        return words
    return words[:1].lower() + words[1:]


def _first_word(words: str) -> str:
    return words.split(" ", 1)[0].casefold()
