"""What may be told of the answers to a survey, and in which words (R-E18 to R-E20, R-E22, domain 14)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.rules.membership import ALLOWED, Verdict
from engagement.models import Survey
from engagement.rules.survey_form import ORDERED, Asked, Choice, Kind, Meaning, Nature
from metrics.rules.statistics.intervals import difference_interval, proportion_interval
from metrics.rules.statistics.shares import FEWEST_FOR_PERCENT
from stakeholders.rules.representation_hiding import WITHHELD, Cell, Showing, told

Recruitment = Survey.Recruitment
# What is told of children, and of health, origin or beliefs (PRI-07).
SMALLEST_GUARDED = 10
YOUNGEST_ALONE = 14


@dataclass(frozen=True)
class Line:
    """One answer that can be chosen and how many chose it, as far as that is told. ``share`` is in words."""

    choice: Choice
    cell: Cell
    answers: int
    interval: str = ""

    @property
    def count(self) -> int | None:
        """How many chose it; None when it is not told."""
        return self.cell.count

    @property
    def percent(self) -> int | None:
        """Whole per cent of those who answered; None below twenty answers and for what is not told (14.2)."""
        if self.cell.count is None or self.answers < FEWEST_FOR_PERCENT:
            return None
        return round(100 * self.cell.count / self.answers)

    @property
    def words(self) -> str:
        """How many, as a page says it."""
        if self.cell.showing is Showing.SMALL:
            return _("a few or nobody")
        if self.cell.count is None:
            return _("not told")
        if self.percent is None:
            return _("%(count)d of %(answers)d") % {"count": self.cell.count, "answers": self.answers}
        return f"{self.percent}% ({self.cell.count})"


@dataclass(frozen=True)
class Sampling:
    """How the people who answered were found, and how many there are in all where that is known."""

    recruitment: str
    population_size: int | None = None

    @property
    def is_random(self) -> bool:
        """Whether shares may be said of all: drawn at random from a list whose length is known (R-E19)."""
        return self.recruitment == Recruitment.RANDOM and self.population_size is not None


def smallest_for(smallest: int, *, min_age: int, questions: Sequence[Asked] = ()) -> int:
    """The smallest number of people that is told: more where children answer, or where it is about something sensitive.

    ``smallest`` is what the space asks for.
    """
    is_guarded = min_age < YOUNGEST_ALONE or any(one.nature == Nature.SENSITIVE for one in questions)
    return max(smallest, SMALLEST_GUARDED) if is_guarded else smallest


def lines_of(
    question: Asked, counts: Mapping[str, int], answers: int, *, smallest: int, sampling: Sampling
) -> list[Line]:
    """Each possible answer with how many chose it, hidden as far as somebody's answer could be worked out."""
    choices = question.choices
    numbers = [counts.get(choice.code, 0) for choice in choices]
    if question.kind in {Kind.MULTI, Kind.RANKING}:
        cells = [cell_of_part(number, answers, smallest=smallest) for number in numbers]
    else:
        cells = list(told(numbers, _ranks(choices), smallest=smallest))
    return [
        Line(choice, cell, answers, _interval(cell, answers, sampling))
        for choice, cell in zip(choices, cells, strict=True)
    ]


def cell_of_part(part: int, whole: int, *, smallest: int) -> Cell:
    """A count of people beside the rest of them: both are hidden where either is small."""
    if whole < smallest:
        return WITHHELD
    return told([part, whole - part], [0, 1], smallest=smallest)[0]


def _ranks(choices: Sequence[Choice]) -> list[int]:
    """Withheld first: no opinion, then the last answers; something everybody sees, never how many there are."""
    last = len(choices)
    return [0 if choice.meaning != Meaning.ANSWER else last - place for place, choice in enumerate(choices)]


def _interval(cell: Cell, answers: int, sampling: Sampling) -> str:
    if cell.count is None or not sampling.is_random or answers < FEWEST_FOR_PERCENT:
        return ""
    size = max(sampling.population_size or 0, answers)
    found = proportion_interval(cell.count, answers, is_random_sample=True, population=size)
    if found is None:
        return ""
    return _("between %(low)d%% and %(high)d%% of all, with 95%% certainty") % {
        "low": round(100 * found.low),
        "high": round(100 * found.high),
    }


def middle_of(question: Asked, lines: Sequence[Line], answers: int) -> str:
    """The middle step of a scale, where it follows from what is told; empty where it would tell more than that."""
    if question.kind not in ORDERED:
        return ""
    steps = [line for line in lines if line.choice.meaning == Meaning.ANSWER]
    others = [line for line in lines if line.choice.meaning != Meaning.ANSWER]
    if any(line.count is None for line in others):
        return ""
    people = answers - sum(line.count or 0 for line in others)
    places = _certain_places([line.cell for line in steps], people)
    if places is None:
        return ""
    low, high = (steps[place].choice.label for place in places)
    return low if low == high else _("between %(low)s and %(high)s") % {"low": low, "high": high}


def _certain_places(cells: Sequence[Cell], people: int) -> tuple[int, int] | None:
    """Where the two people in the middle stand, if every way to fill the hidden cells says the same."""
    hidden = people - sum(cell.count or 0 for cell in cells)
    if not people or all(cell.count is None for cell in cells):
        return None
    found = [_place_of(cells, rank, hidden) for rank in ((people - 1) // 2, people // 2)]
    return None if found[0] is None or found[1] is None else (found[0], found[1])


def _place_of(cells: Sequence[Cell], rank: int, hidden: int) -> int | None:
    unseen = [cell.count is None for cell in cells]
    shown = 0
    for place, cell in enumerate(cells):
        before = shown
        shown += cell.count or 0
        # At least nobody, at most everybody hidden stands among the hidden cells so far.
        most_before = before + (hidden if any(unseen[:place]) else 0)
        least_upto = shown + (hidden if all(not one for one in unseen[place + 1 :]) else 0)
        least_upto = least_upto if any(unseen) else shown
        if most_before <= rank < least_upto:
            return place
    return None


def middle_number(numbers: Sequence[Decimal], *, smallest: int) -> str:
    """The median of numbers, from ``smallest`` of them on."""
    if len(numbers) < smallest:
        return ""
    found = median(numbers).normalize()
    return str(localize(int(found) if found == found.to_integral_value() else found))


def honest_words(
    sampling: Sampling,
    *,
    population: str,
    answers: int,
    invited: int,
    set_aside: int,
    smallest: int,
    smallest_sensitive: int = 0,
) -> list[str]:
    """What must be said beside the results: of whom they speak, how sure they are, what is not told (R-E18, R-E19)."""
    if answers < smallest:
        return [
            _(
                "Fewer than %(smallest)d people have answered so far. Nothing is told, so that nobody's answer can "
                "be worked out."
            )
            % {"smallest": smallest}
        ]
    found = [_of_whom(sampling, population=population, answers=answers, invited=invited)]
    if answers < FEWEST_FOR_PERCENT:
        found.append(_("Fewer than 20 answers: numbers of people are told, no percentages."))
    if set_aside:
        found.append(
            ngettext(
                "%(count)d answer was set aside after somebody looked at it.",
                "%(count)d answers were set aside after somebody looked at them.",
                set_aside,
            )
            % {"count": set_aside}
        )
    found.append(
        _("Numbers of people from 1 to %(most)d are not told, nor another one that would give them away.")
        % {"most": smallest - 1}
    )
    if smallest_sensitive > smallest:
        found.append(
            _("Of health, origin or beliefs numbers from 1 to %(most)d are not told.")
            % {"most": smallest_sensitive - 1}
        )
    return found


def _of_whom(sampling: Sampling, *, population: str, answers: int, invited: int) -> str:
    people = population or _("the people it is about")
    if sampling.is_random:
        return _(
            "%(answers)d people answered, drawn at random from %(size)s: %(people)s. The range beside each share says "
            "how far chance alone may have moved it; it says nothing of those who were drawn and did not answer."
        ) % {"answers": answers, "size": localize(sampling.population_size), "people": people}
    if sampling.recruitment == Recruitment.INVITED and invited:
        return _(
            "%(answers)d people answered; %(invited)d were invited. The results speak of those who answered, not of "
            "all who were invited. There is no margin of error."
        ) % {"answers": answers, "invited": invited}
    if sampling.recruitment == Recruitment.RANDOM:
        return _(
            "%(answers)d people answered. They were drawn at random, but from how many is not known: there is no "
            "margin of error."
        ) % {"answers": answers}
    return _(
        "%(answers)d people answered because they wanted to. The results speak of them, not of all: %(people)s. There "
        "is no margin of error, and there cannot be one."
    ) % {"answers": answers, "people": people}


@dataclass(frozen=True)
class Wave:
    """What must be the same for two waves to be compared."""

    population: str
    sampling: Sampling
    questions: tuple[Asked, ...]


def can_compare_waves(before: Wave, now: Wave) -> Verdict:
    """Whether a change between two waves may be read as one (R-E22)."""
    if _same(before.population) != _same(now.population):
        return Verdict(False, _("The two surveys asked different people."))
    if before.sampling.recruitment != now.sampling.recruitment:
        return Verdict(False, _("People were found in different ways."))
    return ALLOWED


def is_same_wording(before: Asked, now: Asked) -> bool:
    """Whether two questions are the same word for word, with the same answers in the same order."""
    return (before.kind, before.text_en, before.text_it, before.choices) == (
        now.kind,
        now.text_en,
        now.text_it,
        now.choices,
    )


def change_words(before: Line, now: Line, *, are_random: bool) -> str:
    """What changed between two waves: counts; a range only for two random samples of twenty or more (14.7)."""
    if before.count is None or now.count is None:
        return _("not told")
    words = _("%(before)s before, %(now)s now") % {"before": before.words, "now": now.words}
    found = difference_interval((before.count, before.answers), (now.count, now.answers), are_random_samples=are_random)
    if found is None:
        return words
    return _("%(words)s; the change is between %(low)+d and %(high)+d points") % {
        "words": words,
        "low": round(100 * found.low),
        "high": round(100 * found.high),
    }


def _same(text: str) -> str:
    return " ".join(text.casefold().split())
