"""Bringing in the demo's spaces through the operations, and writing down how to enter them."""

import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.db import connections

from core.access.visibility import Visibility
from core.models import Tenant
from core.tenancy.context import tenant_scope
from core.web.space import absolute
from partnerships.kit_sections import built_in
from partnerships.kits.registry import KITS
from partnerships.models import Partnership, Task
from partnerships.operations.partnership import move_partnership, start_partnership
from partnerships.operations.partnership_map import connect_map
from partnerships.operations.task_link import make_task_link
from partnerships.rules.task import PROMISED
from reports.demo.activities import bring_in_activities
from reports.demo.agreements import bring_in_agreement
from reports.demo.borgo import BORGO
from reports.demo.clock import day, on_day
from reports.demo.days import bring_in_days
from reports.demo.desk import bring_in_desk
from reports.demo.early_signs import bring_in_signals
from reports.demo.figures import bring_in_figures
from reports.demo.groups import bring_in_groups
from reports.demo.kits import bring_in_kit
from reports.demo.learning import bring_in_learning
from reports.demo.leaving import bring_in_leaving
from reports.demo.meetings import bring_in_meetings
from reports.demo.parts import bring_in_parts
from reports.demo.people import Cast, bring_in_people, found_space
from reports.demo.promises import bring_in_promises, promise_link
from reports.demo.reading import bring_in_report
from reports.demo.reasons import bring_in_reasons, tie_themes
from reports.demo.register import bring_in_asks, bring_in_map, bring_in_register
from reports.demo.representation import bring_in_representation
from reports.demo.residents import bring_in_residents
from reports.demo.results import bring_in_drafts, bring_in_means, bring_in_results
from reports.demo.riverside import RIVERSIDE
from reports.demo.roles import bring_in_roles, bring_in_strengths
from reports.demo.second_version import bring_in_changed_goal, bring_in_second_version
from reports.demo.social import bring_in_social
from reports.demo.story import Space, Story
from reports.demo.surveys import bring_in_surveys
from reports.demo.voice import bring_in_channels
from reports.demo.voices import bring_in_voices
from reports.demo.work import bring_in_members, bring_in_tasks

SPACES = (BORGO, RIVERSIDE)
PATH_TO = {
    "scoping": ["scoping"],
    "forming": ["scoping", "forming"],
    "active": ["scoping", "forming", "active"],
}


def load_demo(folder: Path) -> list[dict[str, str]]:
    """Create both spaces unless they are there; returns and stores the ways in (``folder/demo.json``).

    A way in is an account with its password, or the link of somebody who needs none.
    """
    kept = folder / "demo.json"
    if Tenant.objects.filter(slug__in=[space.slug for space in SPACES]).exists() and kept.exists():
        return list(json.loads(kept.read_text()))
    # Spaces know nothing of each other: each is loaded by a process with a connection of its own.
    connections.close_all()
    with ProcessPoolExecutor(len(SPACES), mp_context=get_context("fork")) as processes:
        entries = [entry for found in processes.map(load_space, SPACES) for entry in found]
    folder.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(entries, ensure_ascii=False, indent=1))
    return entries


def load_space(space: Space) -> list[dict[str, str]]:
    """One space with everything in it, in one transaction."""
    with on_day(min(story.started for story in space.partnerships) - 30):
        tenant, users = found_space(space)
    with tenant_scope(tenant.pk):
        cast = Cast(space, tenant, users["coordinator"], users["tenant_admin"], users["evaluator"])
        with on_day(min(story.started for story in space.partnerships) - 20):
            bring_in_people(cast, users)
        bring_in_register(cast)
        bring_in_map(cast)
        bring_in_strengths(cast)
        links = [link for story in space.partnerships for link in _load_partnership(cast, story)]
        bring_in_channels(cast)
        bring_in_asks(cast)
        bring_in_representation(cast)
        bring_in_residents(cast)
        bring_in_activities(cast)
        bring_in_social(cast)
        bring_in_days(cast)
        bring_in_signals(cast)
        bring_in_desk(cast)
    return [*cast.accounts, *links, *_open_pages(cast)]


def _open_pages(cast: Cast) -> list[dict[str, str]]:
    """Where everybody can read, and where somebody who wants to help says so; nobody needs an account for either."""
    story = next(story for story in cast.space.partnerships if story.is_public)
    tenant = cast.tenant.slug
    return [
        {"tenant": tenant, "role": "public", "what": "read what is public", "start_url": absolute(f"/p/{tenant}/")},
        {
            "tenant": tenant,
            "role": "volunteer",
            "what": "offer to help",
            "start_url": absolute(f"/p/{tenant}/{story.slug}/feedback/"),
        },
    ]


def _kit_of(story: Story) -> dict[str, Any]:
    """The kit it was made of: the first version, which had neither needs and risks nor starting points."""
    content = built_in(KITS[story.kit]).content
    later = {"members", "needs", "notes", "community_needs", "risks"}
    first = {section: items for section, items in content.items() if section not in later}
    return {"template_code": story.kit, "template_version": 1, "template_snapshot": first}


def _load_partnership(cast: Cast, story: Story) -> list[dict[str, str]]:
    with on_day(story.started):
        partnership = start_partnership(
            name=story.name,
            slug=story.slug,
            by=cast.coordinator,
            purpose=story.purpose,
            territory=story.territory,
            about_en=story.about_en,
            about_it=story.about_it,
            visibility=Visibility.PUBLIC if story.is_public else Visibility.PARTNERS,
            mode="full" if story.kit != "CU" else "light",
            starts_on=day(story.started).date(),
            why_partnership=story.why,
            coordinator=cast.coordinator,
            deputy=cast.deputy,
            rhythm=Partnership.Rhythm.MONTHLY,
            **_kit_of(story),
        )
    cast.partnerships[story.slug] = partnership
    if found := cast.maps.get(story.slug):
        connect_map(partnership=partnership, found=found, by=cast.coordinator)
    bring_in_members(cast, story, partnership)
    bring_in_agreement(cast, story, partnership)
    bring_in_tasks(cast, story, partnership)
    bring_in_meetings(cast, story, partnership)
    bring_in_promises(cast, story, partnership)
    goals = bring_in_drafts(cast, story, partnership)
    bring_in_roles(cast, story, partnership, goals)
    bring_in_means(cast, story, partnership, goals)
    needs = bring_in_reasons(cast, story, partnership, goals)
    bring_in_results(cast, story, goals)
    bring_in_parts(cast, story, partnership, goals)
    bring_in_groups(cast, story, goals)
    bring_in_figures(cast, story, partnership, goals)
    bring_in_second_version(cast, story, partnership)
    bring_in_changed_goal(cast, story, partnership)
    bring_in_learning(cast, story, partnership, goals)
    codes = bring_in_voices(cast, story, partnership)
    tie_themes(cast, story, partnership, needs)
    bring_in_surveys(cast, story, partnership)
    _live(cast, story, partnership)
    bring_in_kit(cast, story, partnership)
    bring_in_leaving(cast, story)
    links = bring_in_report(cast, story, partnership) + _partner_link(cast, partnership)
    links += promise_link(cast, partnership)
    return links + [_follow_link(cast, code) for code in codes[:1]]


def _follow_link(cast: Cast, code: str) -> dict[str, str]:
    """Where a resident follows a message; the code they were given stands in place of a password."""
    tenant = cast.tenant.slug
    url = absolute(f"/p/{tenant}/follow/")
    return {"tenant": tenant, "role": "resident", "what": "follow a message", "start_url": url, "password": code}


def _partner_link(cast: Cast, partnership: Partnership) -> list[dict[str, str]]:
    """A link to one open task of somebody without an account, as it would be mailed."""
    waiting = Task.objects.filter(partnership=partnership, state__in=PROMISED, person__user=None, person__isnull=False)
    task = waiting.select_related("person").order_by("due_on").first()
    if task is None:
        return []
    _link, path = make_task_link(task=task, person=task.person, by=cast.coordinator)
    return [{"tenant": cast.tenant.slug, "role": "partner", "what": task.title, "start_url": absolute(path)}]


def _live(cast: Cast, story: Story, partnership: Partnership) -> None:
    for position, state in enumerate(PATH_TO[story.state]):
        with on_day(story.started + 10 * position):
            move_partnership(
                partnership=partnership,
                to=state,
                by=cast.coordinator,
                reason="Il bisogno è documentato nei verbali del tavolo",
            )
