"""The fixed sentences of domain 14.11, in both languages, keyed by what a statistic found.

Values come in written already, in both languages; nothing here calls a value good or bad.
"""

from metrics.rules.sentence import NOTHING, Sentence
from metrics.rules.statistics.intervals import FEWEST_FOR_DIFFERENCE
from metrics.rules.statistics.matched import FEWEST_FOR_TEST, Matched
from metrics.rules.statistics.run_chart import FEWEST_FOR_VERDICT, RunChart
from metrics.rules.statistics.summaries import Concentration

NUMBERS_EN = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
NUMBERS_IT = ("Nessuna", "Una", "Due", "Tre", "Quattro", "Cinque", "Sei", "Sette", "Otto", "Nove")
NO_MEASUREMENT = Sentence("No measurement so far.", "Finora nessuna rilevazione.")
ONE_MEASUREMENT = Sentence(
    "One measurement so far: a single value shows no change.",
    "Una sola rilevazione finora: un valore da solo non mostra cambiamenti.",
)


def too_few_for_trend(measurements: int) -> Sentence:
    """Below ten points there is no trend, whatever they look like."""
    if measurements >= FEWEST_FOR_VERDICT:
        return NOTHING
    if not measurements:
        return NO_MEASUREMENT
    if measurements == 1:
        return ONE_MEASUREMENT
    return Sentence(
        f"{NUMBERS_EN[measurements]} measurements so far: too few to speak of a trend.",
        f"{NUMBERS_IT[measurements]} rilevazioni finora: troppo poche per parlare di tendenza.",
    )


def first_and_last(first: Sentence, last: Sentence) -> Sentence:
    """All that two to four points allow."""
    return Sentence(
        f"First value: {first.text_en}; last value: {last.text_en}.",
        f"Primo valore: {first.text_it}; ultimo valore: {last.text_it}.",
    )


def middle_and_range(middle: Sentence, lowest: Sentence, highest: Sentence) -> Sentence:
    """Where a series lies."""
    return Sentence(
        f"Middle value: {middle.text_en}; lowest {lowest.text_en}, highest {highest.text_en}.",
        f"Valore mediano: {middle.text_it}; minimo {lowest.text_it}, massimo {highest.text_it}.",
    )


def run_chart_words(measurements: int, chart: RunChart | None) -> Sentence:
    """The verdict of a run chart from ten measurements on; without one, why there is none."""
    if measurements < FEWEST_FOR_VERDICT:
        return too_few_for_trend(measurements)
    if chart is None:
        return Sentence(
            f"{measurements} measurements, but fewer than ten differ from the middle value: too few for a verdict.",
            f"{measurements} rilevazioni, ma meno di dieci si scostano dal valore mediano: troppo poche per giudicare.",
        )
    if not chart.is_signal:
        return Sentence(
            f"{measurements} measurements: no signal; variation as usual.",
            f"{measurements} rilevazioni: nessun segnale; le variazioni sono quelle abituali.",
        )
    head = Sentence(
        f"{measurements} measurements: a signal of change.",
        f"{measurements} rilevazioni: c'è un segnale di cambiamento.",
    )
    return head + _long_run(chart) + _few_crossings(chart)


def _long_run(chart: RunChart) -> Sentence:
    if not chart.has_long_run:
        return NOTHING
    return Sentence(
        f"{chart.longest_run} values in a row lie on the same side of the middle value; up to {chart.most_in_a_row} "
        "would be usual.",
        f"{chart.longest_run} valori di seguito stanno dalla stessa parte del valore mediano; di solito sono al "
        f"massimo {chart.most_in_a_row}.",
    )


def _few_crossings(chart: RunChart) -> Sentence:
    if not chart.has_few_crossings:
        return NOTHING
    once_en = "once" if chart.crossings == 1 else f"{chart.crossings} times"
    once_it = "una volta" if chart.crossings == 1 else f"{chart.crossings} volte"
    return Sentence(
        f"The values cross the middle value {once_en}; at least {chart.fewest_crossings} would be usual.",
        f"I valori attraversano quello mediano {once_it}; di solito sono almeno {chart.fewest_crossings}.",
    )


def year_on_year_words(now: Sentence, before: Sentence, difference: Sentence, *, is_more: bool | None) -> Sentence:
    """A value beside the one of a year before; ``is_more`` None: the two are the same."""
    if is_more is None:
        return Sentence(f"The same as a year before: {now.text_en}.", f"Come un anno prima: {now.text_it}.")
    side_en, side_it = ("more", "in più") if is_more else ("less", "in meno")
    return Sentence(
        f"{now.text_en}; a year before {before.text_en}: {difference.text_en} {side_en}.",
        f"{now.text_it}; un anno prima {before.text_it}: {difference.text_it} {side_it}.",
    )


def interval_words(cases: Sentence, low: Sentence, high: Sentence) -> Sentence:
    """How sure a share of a random sample is."""
    return Sentence(
        f"A random sample of {cases.text_en}: with 95 % certainty the share among all lies between {low.text_en} and "
        f"{high.text_en}.",
        f"Campione casuale di {cases.text_it}: con il 95 % di certezza la quota tra tutti è compresa tra {low.text_it} "
        f"e {high.text_it}.",
    )


def before_after_words(before: Sentence, now: Sentence) -> Sentence:
    """The counts of two periods beside each other."""
    return Sentence(
        f"The period before: {before.text_en}; now: {now.text_en}.",
        f"Periodo precedente: {before.text_it}; ora: {now.text_it}.",
    )


def change_words(low: Sentence, high: Sentence) -> Sentence:
    """How far the change between two random samples can be told."""
    return Sentence(
        f"With 95 % certainty the change lies between {low.text_en} and {high.text_en} points.",
        f"Con il 95 % di certezza la variazione è compresa tra {low.text_it} e {high.text_it} punti.",
    )


COUNTS_ONLY = Sentence(
    f"Fewer than {FEWEST_FOR_DIFFERENCE} were asked: only the counts are told.",
    f"Sono state interpellate meno di {FEWEST_FOR_DIFFERENCE} persone: si riportano solo i conteggi.",
)


def matched_words(found: Matched) -> Sentence:
    """Counts first; what the sign test says only when ten or more changed."""
    if not found.people:
        return Sentence("Nobody was measured both times.", "Nessuno è stato rilevato entrambe le volte.")
    counts = Sentence(
        f"Of {found.people} measured both times, {found.better} are better, {found.same} the same and {found.worse} "
        "worse.",
        f"Su {found.people} rilevati entrambe le volte: {found.better} migliorati, {found.same} uguali, {found.worse} "
        "peggiorati.",
    )
    if found.chance is None:
        return counts + Sentence(
            f"Fewer than {FEWEST_FOR_TEST} changed: too few to tell it from chance.",
            f"I cambiamenti sono meno di {FEWEST_FOR_TEST}: troppo pochi per distinguerli dal caso.",
        )
    if found.is_beyond_chance:
        return counts + Sentence(
            "Chance alone would rarely split them so unevenly.",
            "Il caso da solo darebbe di rado una divisione così netta.",
        )
    return counts + Sentence(
        "Chance alone could explain this split.", "Il caso da solo basta a spiegare questa divisione."
    )


def concentration_words(found: Concentration, largest: Sentence) -> Sentence:
    """On how few sources something rests; ``largest`` is the largest share in words."""
    count = len(found.shares)
    if count == 1:
        return Sentence("Everything comes from one source.", "Tutto viene da una sola fonte.")
    shares = Sentence(
        f"{count} sources; the largest gives {largest.text_en}.", f"{count} fonti; la più grande dà {largest.text_it}."
    )
    if found.index is None:
        return shares
    alike = max(round(1 / found.index), 1)
    return shares + Sentence(
        f"That is as concentrated as {alike} equal source{'' if alike == 1 else 's'}.",
        f"È una concentrazione come di {alike} font{'e' if alike == 1 else 'i uguali'}.",
    )


def reported_words(reported: int, expected: int) -> Sentence:
    """How complete a total is, beside every total of several partners."""
    if expected < 2:  # noqa: PLR2004 - one partner alone has no total
        return NOTHING
    return Sentence(
        f"{reported} of {expected} partners reported.",
        f"{'Ha' if reported == 1 else 'Hanno'} risposto {reported} partner su {expected}.",
    )
