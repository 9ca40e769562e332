"""Goals of the demo under one roof: a whole with parts that weigh, and what a partner would change in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from goals.models import Goal, GoalSuggestion
from goals.operations.goal import change_goal, draft_goal
from goals.operations.nesting import weigh_parts
from goals.operations.suggestion import suggest
from partnerships.models import Partnership
from reports.demo.clock import day, on_day
from reports.demo.people import Cast
from reports.demo.story import Story

About = GoalSuggestion.About
DRAFTED, SUGGESTED, ENDS = -9, -4, 500


@dataclass(frozen=True)
class Whole:
    """A goal still in the making above the story's goals, ``weights`` in their order; ``more`` are parts without one.

    ``asks`` is what an organisation would change: about what, its words, and why.
    """

    title: tuple[str, str]
    population: tuple[str, str]
    place: str
    weights: tuple[int, ...]
    asks: tuple[str, str, str, str]
    more: tuple[tuple[str, str], ...] = ()


WHOLES = {
    "vicini-di-casa": Whole(
        ("Nobody in Fontanelle is left alone", "Nessuno resta solo alle Fontanelle"),
        ("residents over 65 who live alone", "residenti oltre i 65 anni che vivono soli"),
        "Fontanelle",
        (60, 40),
        (
            "argento",
            About.POPULATION,
            "Anche chi assiste un familiare, di qualunque età.",
            "Metà delle telefonate ai nostri volontari viene da figlie e nuore.",
        ),
    ),
    "good-neighbours": Whole(
        ("Nobody on Tanners Row is left alone", "Nessuno resta solo a Tanners Row"),
        ("people who live alone", "chi vive solo"),
        "Tanners Row",
        (70, 30),
        (
            "tenants",
            About.WHOLE,
            "Say “lonely”, not “alone”: many of us live alone and like it.",
            "Three households said so at the meeting on the Row.",
        ),
        (("A neighbour to ask on every stair", "Un vicino a cui chiedere su ogni scala"),),
    ),
}


def bring_in_parts(cast: Cast, story: Story, partnership: Partnership, goals: Sequence[Goal]) -> None:
    """Gather a story's goals under a whole, say how much each counts, and let a partner suggest a change of it."""
    told = WHOLES.get(story.slug)
    if told is None:
        return
    with on_day(DRAFTED) as moment:
        whole = _draft(cast, partnership, told, told.title)
        parts = [*goals, *(_draft(cast, partnership, told, title) for title in told.more)]
        for part in parts:
            change_goal(goal=part, by=cast.coordinator, today=moment.date(), parent=whole)
        weights = {part.pk: weight for part, weight in zip(parts, told.weights, strict=True)}
        weigh_parts(goal=whole, weights=weights, by=cast.coordinator)
    organisation, about, text, why = told.asks
    with on_day(SUGGESTED):
        member = cast.members[story.slug, organisation]
        suggest(
            partnership=partnership, by=cast.coordinator, goal=whole, member=member, about=about, text=text, why=why
        )


def _draft(cast: Cast, partnership: Partnership, told: Whole, title: tuple[str, str]) -> Goal:
    return draft_goal(
        partnership=partnership,
        by=cast.coordinator,
        title_en=title[0],
        title_it=title[1],
        population_en=told.population[0],
        population_it=told.population[1],
        place_en=told.place,
        place_it=told.place,
        starts_on=day(0).date(),
        ends_on=day(ENDS).date(),
    )
