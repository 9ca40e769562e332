"""What a demo space knows of its stakeholders: facts, talks, tags, filters, and records that are one body."""

from core.access.visibility import Visibility
from partnerships.operations.resource_need import meet_resource_need, open_resource_need
from reports.demo.clock import day, on_day
from reports.demo.people import Cast, address
from reports.demo.story import Fact, Marks, Said, Scores, Space
from stakeholders.models import Asset, MapEntry, MapRater
from stakeholders.operations.assessment import assess
from stakeholders.operations.asset import add_asset, verify_asset
from stakeholders.operations.contact import add_contact_point
from stakeholders.operations.duplicate import find_duplicates
from stakeholders.operations.influence_link import add_relation
from stakeholders.operations.interaction import log_interaction
from stakeholders.operations.merge import merge_stakeholders
from stakeholders.operations.profile import Editor, ask_to_add_person, change_profile, offer_asset, put_back_edit
from stakeholders.operations.saved_filter import save_filter
from stakeholders.operations.stakeholder import add_stakeholder, change_stakeholder
from stakeholders.operations.stakeholder_map import add_rater, close_round, open_round, put_on_map, start_map
from stakeholders.operations.stakeholder_status import move_stakeholder
from stakeholders.operations.tag import tag_stakeholder
from stakeholders.rules.assessment import SCORES
from stakeholders.rules.register import narrowing_from

# How a stakeholder comes nearer, one after the other.
# The day, counted from today, of the round of rating that is open.
REVIEWED = -9
STEPS = ("researched", "prioritised", "approached", "in_dialogue")


def bring_in_register(cast: Cast) -> None:
    """Tell what is known of each organisation, and leave two records for one body as life does."""
    space = cast.space
    for fact in space.facts:
        _tell(cast, fact)
    _bring_in_talks(cast, space)
    _bring_in_things(cast, space)
    for said in space.said:
        _bring_in_said(cast, said)
    for name, query in space.filters:
        save_filter(name=name, narrowing=narrowing_from(dict([query])), by=cast.coordinator, is_shared=True)
    for key, name, is_merged in space.twins:
        _bring_in_twin(cast, key, name, is_merged=is_merged)
    find_duplicates()


def _tell(cast: Cast, fact: Fact) -> None:
    organisation = cast.organisations[fact.key]
    known = {name: getattr(fact, name) for name in ("description", "stakes", "limits") if getattr(fact, name)}
    if fact.wants:
        known["interest_statement"] = fact.wants
    cast.organisations[fact.key] = change_stakeholder(
        stakeholder=organisation,
        by=cast.coordinator,
        relationship_owner=cast.coordinator,
        lawful_basis=fact.basis,
        source=fact.source,
        **known,
    )
    for status in STEPS[: STEPS.index(fact.status) + 1] if fact.status else ():
        move_stakeholder(stakeholder=organisation, to=status, by=cast.coordinator)
    for tag in fact.tags:
        tag_stakeholder(stakeholder=organisation, name=tag, by=cast.coordinator)


def _bring_in_talks(cast: Cast, space: Space) -> None:
    for talk in space.talks:
        with on_day(talk.day):
            log_interaction(
                stakeholder=cast.organisations[talk.key],
                by=cast.coordinator,
                today=day(talk.day).date(),
                kind=talk.kind,
                held_on=day(talk.day).date(),
                person=cast.people.get(talk.key),
                summary=talk.summary,
                next_step=talk.next_step,
                next_step_on=day(talk.next_step_on).date() if talk.next_step else None,
            )


def _bring_in_things(cast: Cast, space: Space) -> None:
    # Who offers something lets partners know of it.
    for key in dict.fromkeys([*(thing.key for thing in space.things), *(said.key for said in space.said)]):
        cast.organisations[key] = change_stakeholder(
            stakeholder=cast.organisations[key], by=cast.coordinator, visibility=Visibility.PARTNERS, is_meant=True
        )
    for thing in space.things:
        asset = add_asset(
            owner=cast.organisations[thing.key],
            by=cast.coordinator,
            kind=thing.kind,
            title=thing.title,
            offered=thing.offered,
            conditions=thing.conditions,
        )
        if thing.checked is not None:
            verify_asset(asset=asset, by=cast.coordinator, today=day(thing.checked).date())


def _bring_in_said(cast: Cast, said: Said) -> None:
    organisation = cast.organisations[said.key]
    editor = Editor(person=cast.people[said.key])
    with on_day(-9):
        phone, answer = said.was_put_back
        edit = change_profile(organisation=organisation, editor=editor, phone=phone)
        if edit is not None:
            put_back_edit(edit=edit, by=cast.coordinator, answer=answer)
    with on_day(-2):
        offer_asset(
            organisation=organisation,
            editor=editor,
            kind=Asset.Kind.PLACE,
            title=said.place,
            conditions=said.conditions,
            offered=Asset.Offered.YES,
        )
        change_profile(organisation=organisation, editor=editor, phone=said.phone, description=said.description)
        ask_to_add_person(
            organisation=organisation,
            editor=editor,
            name=said.colleague,
            title=said.does,
            email=address(said.colleague, cast.space),
        )


def bring_in_asks(cast: Cast) -> None:
    """What the partnerships need beside what their kits name, some of it met."""
    for ask in cast.space.asks:
        first, last = (day(offset).date() for offset in ask.days) if ask.days else (None, None)
        need = open_resource_need(
            partnership=cast.partnerships[ask.partnership],
            kind=ask.kind,
            title=ask.title,
            needed_from=first,
            needed_until=last,
            by=cast.coordinator,
        )
        if ask.met_by:
            meet_resource_need(need=need, by=cast.coordinator, asset=Asset.objects.get(title=ask.met_by))


def bring_in_map(cast: Cast) -> None:
    """Who matters, rated before the partnership was formed and again this month; and who does what to whom."""
    space = cast.space
    for source, kind, target in space.ties:
        add_relation(
            source=cast.organisations[source], target=cast.organisations[target], kind=kind, by=cast.coordinator
        )
    if space.map is None:
        return
    began = day(space.map.begun).date()
    found = start_map(
        title=space.map.title, issue=space.map.issue, place=space.map.place, by=cast.coordinator, today=began
    )
    raters = [
        add_rater(found=found, by=cast.coordinator, user=cast.coordinator),
        add_rater(found=found, by=cast.coordinator, user=cast.evaluator),
    ]
    for scores in space.map.scores:
        put_on_map(found=found, stakeholders=[cast.organisations[scores.key]], ring=scores.ring, by=cast.coordinator)
    entries = {entry.stakeholder_id: entry for entry in MapEntry.objects.filter(map=found)}
    for rated_on, is_first in ((space.map.begun + 3, True), (REVIEWED, False)):
        for scores in space.map.scores:
            entry = entries[cast.organisations[scores.key].pk]
            for rater, marks in zip(raters, scores.earlier if is_first else scores.now, strict=True):
                # The coordinator still has two to look at in the open round.
                if is_first or rater != raters[0] or scores not in space.map.scores[-2:]:
                    _rate(entry, rater, scores, marks, rated_on)
        if is_first:
            close_round(found=found, by=cast.coordinator, today=day(rated_on).date())
            open_round(found=found, by=cast.coordinator, today=day(REVIEWED - 4).date())
    cast.maps[space.map.partnership] = found


def _rate(entry: MapEntry, rater: MapRater, scores: Scores, marks: Marks, offset: int) -> None:
    given = dict(zip(SCORES, marks, strict=True))
    current, desired = scores.engaged
    assess(
        entry=entry,
        rater=rater,
        by=rater.user,
        today=day(offset).date(),
        current_engagement=current,
        desired_engagement=desired,
        reason=scores.reason if {1, 5} & set(marks) else "",
        **given,
    )


def _bring_in_twin(cast: Cast, key: str, name: str, *, is_merged: bool) -> None:
    """A second record of an organisation, as two lists of one town bring it; perhaps already made one."""
    original = cast.organisations[key]
    twin = add_stakeholder(name=name, sector=original.sector, place=original.place, by=cast.deputy)
    phone = "+39 0555 010101" if cast.space.language == "it" else "+44 1632 960101"
    add_contact_point(stakeholder=twin, kind="phone", value=phone, by=cast.deputy)
    if is_merged:
        merge_stakeholders(kept=original, absorbed=twin, by=cast.coordinator)
        return
    add_contact_point(stakeholder=original, kind="phone", value=phone, by=cast.coordinator)
