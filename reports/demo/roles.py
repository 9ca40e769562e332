"""Who does what in the demo's partnerships, and what their organisations are good at."""

from collections.abc import Mapping, Sequence

from goals.models import Goal
from goals.operations.deliverable import plan_deliverable, set_deliverable_tasks
from partnerships.models import Partnership, Task
from reports.demo.clock import day, on_day
from reports.demo.people import Cast
from reports.demo.story import Story
from stakeholders.operations.strength import confirm_strength, note_strength

# Organisation, skill, level, willing to, hours a month, what shows it; the first ones said so themselves.
Known = tuple[str, str, int, str, int | None, str]
# Title, day it is due, letters by organisation, tasks that belong to it.
Result = tuple[str, int, Mapping[str, str], Sequence[str]]

STRENGTHS: dict[str, tuple[Known, ...]] = {
    "borgo": (
        ("istituto", "teaching", 3, "lead", 20, "Vent'anni di laboratori con le imprese"),
        ("istituto", "safeguarding", 2, "help", 4, "Referente formata nel 2024"),
        ("officine", "mentoring", 3, "lead", 12, "Otto tutor aziendali"),
        ("caseificio", "mentoring", 1, "help", None, ""),
        ("artigiani", "coordination", 3, "lead", 10, "Sessanta botteghe associate"),
        ("artigiani", "legal", 2, "advise", 3, ""),
        ("comune", "grant_writing", 3, "help", 6, "Quattro bandi regionali vinti"),
        ("comune", "logistics", 2, "help", 4, "Due pulmini"),
        ("filoteso", "social_work", 3, "lead", 40, "Gestisce lo sportello"),
        ("argento", "volunteers", 3, "lead", 25, "Ottanta soci attivi"),
        ("fontanelle", "community_outreach", 2, "help", None, ""),
        ("ateneo", "evaluation", 3, "lead", 16, "Gruppo di ricerca sul territorio"),
        ("biblioteca", "venue", 3, "help", 8, "Tre sale, aperte fino alle 22"),
    ),
    "riverside": (
        ("academy", "teaching", 3, "lead", 16, "Careers lessons since 2019"),
        ("boatyard", "mentoring", 2, "help", 6, "Two trained mentors"),
        ("bakery", "food", 3, "help", None, ""),
        ("council", "logistics", 2, "help", 5, "A minibus on weekdays"),
        ("trust", "coordination", 3, "lead", 30, "Runs the phone line"),
        ("tenants", "community_outreach", 3, "lead", 12, "A door on every landing"),
        ("surgery", "health", 3, "advise", 2, ""),
    ),
}
CONFIRMED = 6

RESULTS: dict[str, tuple[Result, ...]] = {
    "scuola-lavoro": (
        (
            "Sessanta esperienze in azienda con un tutor formato", 60,
            {"istituto": "AR", "officine": "R", "caseificio": "R", "artigiani": "C", "comune": "I"},
            ("Firmare le convenzioni con dieci sedi ospitanti",),
        ),
        ("Trasporti gratuiti per chi abita fuori", 30, {"comune": "A", "artigiani": "R", "istituto": "C"}, ()),
        ("Serata di ringraziamento", 90, {"artigiani": "AR", "istituto": "I"}, ()),
    ),
    "vicini-di-casa": (
        (
            "Uno sportello aperto tre giorni la settimana", 40,
            {"filoteso": "AR", "comune": "C", "asl": "C", "fontanelle": "C"}, ("Aprire lo sportello di accesso",),
        ),
        ("Venti volontari che telefonano e fanno visita", 80, {"argento": "AR", "filoteso": "C", "asl": "I"}, ()),
    ),
    "first-job": (
        (
            "Forty placements with a trained mentor", 60,
            {"academy": "AR", "boatyard": "R", "bakery": "R", "council": "I"}, ("Spring placement round",),
        ),
        ("Travel paid for every student", 20, {"council": "AR", "academy": "C"}, ()),
    ),
    "good-neighbours": (
        (
            "A phone line that answers every weekday", 40,
            {"trust": "AR", "surgery": "C", "tenants": "R", "council": "I"}, ("Open the shared phone line",),
        ),
    ),
}  # fmt: skip


def bring_in_strengths(cast: Cast) -> None:
    """What the organisations are good at, as the first talks told."""
    with on_day(-200):
        for at, (key, skill, level, willing, hours, evidence) in enumerate(STRENGTHS.get(cast.tenant.slug, ())):
            strength = note_strength(
                owner=cast.organisations[key],
                by=cast.coordinator,
                skill=skill,
                level=level,
                willing=willing,
                hours_month=hours,
                evidence=evidence,
            )
            if at < CONFIRMED:
                confirm_strength(strength=strength, by=cast.coordinator)


def bring_in_roles(cast: Cast, story: Story, partnership: Partnership, goals: Sequence[Goal]) -> None:
    """Who answers for what, for the goals in their order."""
    for at, (title, due, letters, tasks) in enumerate(RESULTS.get(story.slug, ())):
        with on_day(max(story.started + 40, -150)):
            result = plan_deliverable(
                partnership=partnership,
                by=cast.coordinator,
                title=title,
                due_on=day(due).date(),
                goal=goals[min(at, len(goals) - 1)] if goals else None,
                parts={cast.members[story.slug, key].pk: set(parts) for key, parts in letters.items()},
                people={
                    cast.members[story.slug, key].pk: cast.people[key].pk
                    for key, parts in letters.items()
                    if "A" in parts
                },
            )
            mine = Task.objects.filter(partnership=partnership, title__in=tasks)
            set_deliverable_tasks(deliverable=result, tasks=mine, by=cast.coordinator)
