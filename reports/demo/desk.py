"""Two accounts of one partnership of a demo space: who coordinates it alone, and who speaks for no organisation."""

from core.access.roles import Role
from core.models import User
from core.operations.membership import grant_role
from partnerships.models import Meeting, Partnership
from partnerships.operations.meeting import change_meeting
from partnerships.operations.task import propose_task
from partnerships.rules.meeting import AHEAD
from reports.demo.clock import day, on_day
from reports.demo.people import PASSWORD, Cast, make_user
from reports.demo.story import Account, Desk
from stakeholders.models import Stakeholder
from stakeholders.operations.contact import add_identifier
from stakeholders.operations.register_request import answer_register_request, ask_for_record
from stakeholders.operations.stakeholder import add_stakeholder, change_stakeholder


def bring_in_desk(cast: Cast) -> None:
    """The account with its role, and what it asked for: the first request has an answer, the last one waits."""
    desk = cast.space.desk
    if desk is None:
        return
    partnership = cast.partnerships[desk.partnership]
    user = make_user(Account(Role.COORDINATOR, desk.name), cast.space)
    grant_role(user=user, role=Role.COORDINATOR, scope=partnership.scope, by=cast.deputy)
    for ask in desk.asks:
        with on_day(ask.day):
            organisation = cast.organisations[ask.key]
            add_identifier(stakeholder=organisation, scheme=ask.scheme, value=ask.value, by=cast.coordinator)
            asked = ask_for_record(
                scope_id=partnership.scope_id,
                scheme=ask.scheme,
                value=ask.value,
                name=organisation.name,
                reason=ask.reason,
                by=user,
            )
        if ask.answer:
            with on_day(ask.day + 2):
                answer_register_request(asked=asked, is_granted=True, answer=ask.answer, by=cast.coordinator)
    _note_account(cast, user, Role.COORDINATOR)
    if desk.helper:
        _bring_in_helper(cast, partnership, desk)


def _bring_in_helper(cast: Cast, partnership: Partnership, desk: Desk) -> None:
    """Somebody who speaks for no organisation: what is asked of them stands on a page of their own."""
    user = make_user(Account(Role.PARTNER_MEMBER, desk.helper), cast.space)
    grant_role(user=user, role=Role.PARTNER_MEMBER, scope=partnership.scope, by=cast.deputy)
    person = add_stakeholder(
        name=desk.helper, kind=Stakeholder.Kind.PERSON, language=cast.space.language, by=cast.coordinator
    )
    person = change_stakeholder(stakeholder=person, by=None, user=user, email=user.email)
    propose_task(partnership=partnership, title=desk.helps, person=person, due_on=day(10).date(), by=cast.coordinator)
    coming = Meeting.objects.filter(partnership=partnership, state__in=AHEAD).order_by("starts_at", "id").first()
    if coming is not None:
        change_meeting(meeting=coming, note_taker=person, by=cast.coordinator)
    _note_account(cast, user, Role.PARTNER_MEMBER)


def _note_account(cast: Cast, user: User, role: Role) -> None:
    tenant = cast.tenant.slug
    told = {"tenant": tenant, "role": role.value, "name": user.name, "email": user.email}
    cast.accounts.append(told | {"password": PASSWORD, "start_url": f"/s/{tenant}/"})
