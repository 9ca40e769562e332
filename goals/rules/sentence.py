"""The goal as one sentence in both languages, made from its fields (P2, R-G2).

The words fit any indicator's name: what would need an article the name does not tell stands after "di", in quotes or
in brackets.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goals.models import Goal
from goals.rules.place import in_place_en, in_place_it, lower_first, of_it
from metrics.models import Indicator
from metrics.rules.dates import by_date_it, date_words, until_date_it
from metrics.rules.figure import Figures
from metrics.rules.progress import article_it
from metrics.rules.sentence import Sentence

Direction = Goal.Direction
Unit = Indicator.Unit
GAP = "…"
VERBS_EN = {Direction.INCREASE: "increase", Direction.DECREASE: "reduce"}
VERBS_IT = {Direction.INCREASE: "aumentare", Direction.DECREASE: "ridurre"}
# Words by which a name already says that it is a share, with their Italian article.
SHARES_EN = ("share", "rate", "percentage", "proportion", "ratio", "per cent", "percent")
SHARES_IT = {
    "quota": "la ",
    "percentuale": "la ",
    "parte": "la ",
    "proporzione": "la ",
    "incidenza": "l'",
    "tasso": "il ",
    "rapporto": "il ",
    "grado": "il ",
    "livello": "il ",
    "indice": "l'",
}
# Names that begin with what is measured: article, and the adjective for median and mean that agrees with it.
MEASURES_IT = {
    "giorni": ("i ", "mediani", "medi"),
    "minuti": ("i ", "mediani", "medi"),
    "mesi": ("i ", "mediani", "medi"),
    "anni": ("gli ", "mediani", "medi"),
    "punti": ("i ", "mediani", "medi"),
    "ore": ("le ", "mediane", "medie"),
    "settimane": ("le ", "mediane", "medie"),
    "tempo": ("il ", "mediano", "medio"),
    "tempi": ("i ", "mediani", "medi"),
    "numero": ("il ", "mediano", "medio"),
    "costo": ("il ", "mediano", "medio"),
    "importo": ("l'", "mediano", "medio"),
    "punteggio": ("il ", "mediano", "medio"),
    "voto": ("il ", "mediano", "medio"),
    "giudizio": ("il ", "mediano", "medio"),
    "durata": ("la ", "mediana", "media"),
    "attesa": ("l'", "mediana", "media"),
    "distanza": ("la ", "mediana", "media"),
}


@dataclass(frozen=True)
class GoalWords:
    """What a sentence is made of; empty text and None are shown as a gap. ``name_*`` is the indicator's."""

    direction: str
    title: Sentence
    name: Sentence
    population: Sentence
    place: Sentence
    figures: Figures
    baseline: Sentence | None
    baseline_value: Decimal | None
    baseline_on: date | None
    baseline_due_on: date | None
    target_value: Decimal | None
    ends_on: date | None


def goal_sentence(words: GoalWords) -> Sentence:
    """The sentence in both languages; a gap stands where a field is still empty."""
    return Sentence(_english(words), _italian(words))


def is_complete(sentence: Sentence) -> bool:
    """Whether no gap is left."""
    return GAP not in sentence.text_en


def _english(words: GoalWords) -> str:
    day = date_words(words.ends_on, "en") if words.ends_on else GAP
    whom = _whom(words, "en", "for {}", in_place_en)
    target = _target(words, "en")
    start = _start(words, "en")
    note = _baseline_note_en(words)
    measured = _measured_en(words)
    if words.direction == Direction.MAINTAIN:
        return f"Until {day}, keep {measured}{whom} at {target}{note}."
    way = f"from {start} to {target}" if start else f"to {target}"
    if words.direction == Direction.ESTABLISH:
        title = words.title.text_en or words.title.text_it or GAP
        return f"By {day}, put in place “{title}”{whom}: {_name(words, 'en')}, {way}{note}."
    if words.direction == Direction.ACHIEVE_STANDARD:
        return f"By {day}, bring {measured}{whom} to the standard of {target}{note}."
    return f"By {day}, {VERBS_EN[Direction(words.direction)]} {measured}{whom} {way}{note}."


def _italian(words: GoalWords) -> str:
    whom = _whom(words, "it", "per {}", in_place_it)
    measured = _measured_it(words)
    note = _baseline_note_it(words)
    end = f"E{by_date_it(words.ends_on)[1:]}" if words.ends_on else f"Entro il {GAP}"
    target, start = _target_it(words), _start_it(words)
    if words.direction == Direction.MAINTAIN:
        until = f"F{until_date_it(words.ends_on)[1:]}" if words.ends_on else f"Fino al {GAP}"
        return f"{until}, mantenere {target} {measured}{whom}{note}."
    way = f"{start} {target}" if start else f"fino {target}"
    if words.direction == Direction.ESTABLISH:
        title = words.title.text_it or words.title.text_en or GAP
        return f"{end}, realizzare «{title}»{whom}: {_name(words, 'it')}, {way}{note}."
    if words.direction == Direction.ACHIEVE_STANDARD:
        return f"{end}, portare {measured}{whom} allo standard di {_target(words, 'it')}{note}."
    return f"{end}, {VERBS_IT[Direction(words.direction)]} {way} {measured}{whom}{note}."


def _whom(words: GoalWords, language: str, form: str, in_place: Callable[[str], str]) -> str:
    """For whom and where, each unless the words before it say so already."""
    place, population = words.place.in_language(language), words.population.in_language(language)
    said_before = words.name.in_language(language).casefold()
    found = ""
    if population and population.casefold() not in said_before:
        found += f" {form.format(lower_first(population, keep=place))}"
        said_before += population.casefold()
    if place and place.casefold() not in said_before:
        is_own = bool(words.place.text_it if language == "it" else words.place.text_en)
        # A place written in the other language takes no preposition of this one.
        found += f" {in_place(place) if is_own else f'({place})'}"
    return found


def _start(words: GoalWords, language: str) -> str:
    if words.baseline is None or words.baseline_value is None:
        return ""
    if words.figures.unit == Unit.PERCENT:
        return words.baseline.in_language(language)
    return words.figures.bare(words.baseline_value, language)


def _target(words: GoalWords, language: str) -> str:
    """The target, with what is counted where the indicator's name does not say it."""
    if words.target_value is None:
        return GAP
    full = words.figures.words(words.target_value, language)
    bare = words.figures.bare(words.target_value, language)
    label = full.removeprefix(bare).strip()
    is_middle = words.figures.unit in {Unit.MEDIAN, Unit.MEAN}
    return full if is_middle and label.casefold() not in _name(words, language).casefold() else bare


def _name(words: GoalWords, language: str) -> str:
    name = words.name.in_language(language)
    return lower_first(name, keep=words.place.in_language(language)) if name else GAP


def _measured_en(words: GoalWords) -> str:
    name = _name(words, "en")
    bare = name.removeprefix("the ")
    unit = words.figures.unit
    if unit == Unit.PERCENT:
        return f"the {bare}" if any(word in bare.casefold() for word in SHARES_EN) else f"the share of {name}"
    if unit in {Unit.MEDIAN, Unit.MEAN}:
        kind = "median" if unit == Unit.MEDIAN else "average"
        return f"the {bare}" if kind in bare.casefold() else f"the {kind} {bare}"
    if unit == Unit.MONEY:
        return f"the amount of {name}"
    if unit == Unit.HOURS:
        return f"the {bare}" if "hours" in bare.casefold() else f"the hours of {name}"
    return f"the {bare}" if bare.casefold().startswith("number of") else f"the number of {name}"


def _measured_it(words: GoalWords) -> str:
    name = _name(words, "it")
    first = name.split(" ", 1)[0].casefold()
    unit = words.figures.unit
    if unit == Unit.PERCENT:
        return f"{SHARES_IT[first]}{name}" if first in SHARES_IT else f"la quota {of_it(name)}"
    if unit in {Unit.MEDIAN, Unit.MEAN}:
        return _middle_it(words, name, first)
    if unit == Unit.MONEY:
        return f"l'{name}" if first == "importo" else f"l'ammontare {of_it(name)}"
    if unit == Unit.HOURS:
        return f"le {name}" if first == "ore" else f"le ore {of_it(name)}"
    return f"il {name}" if first == "numero" else f"il numero {of_it(name)}"


def _middle_it(words: GoalWords, name: str, first: str) -> str:
    is_median = words.figures.unit == Unit.MEDIAN
    if first in MEASURES_IT:
        article, median, mean = MEASURES_IT[first]
        rest = name[len(first) :]
        adjective = median if is_median else mean
        says_so = rest.strip().startswith(adjective)
        return f"{article}{first}{rest}" if says_so else f"{article}{first} {adjective}{rest}"
    kind = "mediano" if is_median else "medio"
    title = words.name.in_language("it") or GAP
    return f"il valore {kind} dell'indicatore «{title}»"


def _start_it(words: GoalWords) -> str:
    text = _start(words, "it")
    if not text:
        return ""
    return _fused(text, "da", "dal ", "dall'", "dallo ") if _is_percent(text) else f"da {text}"


def _target_it(words: GoalWords) -> str:
    text = _target(words, "it")
    return _fused(text, "a", "al ", "all'", "allo ") if _is_percent(text) else f"a {text}"


def _is_percent(text: str) -> bool:
    return text.endswith("%")


def _fused(text: str, plain: str, with_il: str, with_l: str, with_lo: str) -> str:
    article = article_it(text.partition("\u00a0")[0])
    return {"il ": with_il, "l'": with_l, "lo ": with_lo}.get(article, f"{plain} ") + text


def _baseline_note_en(words: GoalWords) -> str:
    if words.baseline is not None and words.baseline_on is not None:
        day = date_words(words.baseline_on, "en")
        if words.direction == Direction.MAINTAIN:
            return f" (it was {words.baseline.text_en} on {day})"
        return f" (starting value of {day})"
    if words.baseline is None and words.baseline_due_on is not None:
        return f" (starting value to be measured by {date_words(words.baseline_due_on, 'en')})"
    return ""


def _baseline_note_it(words: GoalWords) -> str:
    if words.baseline is not None and words.baseline_on is not None:
        day = date_words(words.baseline_on, "it")
        if words.direction == Direction.MAINTAIN:
            return f" (valore di partenza: {words.baseline.text_it}, {day})"
        return f" (valore di partenza: {day})"
    if words.baseline is None and words.baseline_due_on is not None:
        return f" (valore di partenza da rilevare {by_date_it(words.baseline_due_on)})"
    return ""
