from datetime import date

import pytest

from core.access.roles import Role
from core.models import Grant, Invitation, OutboxMail
from core.operations.membership import roles_of
from partnerships.models import PartnershipMember, Representative
from partnerships.operations.member import MemberRefusedError, change_member, invite_member, move_member
from partnerships.operations.representative import (
    RepresentativeRefusedError,
    end_representation,
    end_terms,
    invite_representative,
    name_new_representative,
    name_representative,
)
from partnerships.queries.representative import acting_member
from tests.factories.core import make_user
from tests.factories.partnerships import make_member, make_organisation, make_partner, make_partnership, make_person

State = PartnershipMember.State


def test_organisation_is_asked_once(space, admin):
    partnership, organisation = make_partnership(), make_organisation()
    member = invite_member(partnership=partnership, organisation=organisation, by=admin, role="Host")
    assert (member.state, member.role) == (State.INVITED, "Host")
    with pytest.raises(MemberRefusedError, match="already"):
        invite_member(partnership=partnership, organisation=organisation, by=admin)


def test_person_cannot_be_a_member(space, admin):
    with pytest.raises(MemberRefusedError, match="organisation or a group"):
        invite_member(partnership=make_partnership(), organisation=make_person(), by=admin)


def test_former_member_is_asked_again_in_the_same_place(space, admin):
    member = make_member(make_partnership(), state=State.FORMER, left_on=date(2026, 1, 1))
    again = invite_member(partnership=member.partnership, organisation=member.organisation, by=admin)
    assert (again.pk, again.state, again.left_on) == (member.pk, State.INVITED, None)


def test_new_lead_takes_the_place_of_the_old_one(space, admin):
    partnership = make_partnership()
    first, second = make_member(partnership, "First", is_lead=True), make_member(partnership, "Second")
    change_member(member=second, by=admin, role="", is_lead=True)
    first.refresh_from_db()
    assert not first.is_lead


def test_nobody_becomes_a_member_by_hand(space, admin):
    member = make_member(make_partnership())
    with pytest.raises(MemberRefusedError, match="cannot go there"):
        move_member(member=member, to=State.MEMBER, by=admin)


def test_suspending_needs_a_reason(space, admin):
    member = make_member(make_partnership(), state=State.MEMBER)
    with pytest.raises(MemberRefusedError, match="reason"):
        move_member(member=member, to=State.SUSPENDED, by=admin)
    assert move_member(member=member, to=State.SUSPENDED, by=admin, reason="Unpaid share").state == State.SUSPENDED


def test_member_that_leaves_no_longer_leads_and_has_a_date(space, admin):
    member = make_member(make_partnership(), is_lead=True)
    left = move_member(member=member, to=State.FORMER, by=admin, today=date(2026, 3, 1))
    assert (left.left_on, left.is_lead) == (date(2026, 3, 1), False)


def test_person_with_an_account_gets_the_role_in_this_partnership_only(space, admin):
    member, other = make_member(make_partnership("one")), make_partnership("two")
    user = make_user("anna@riva.example", "Anna")
    person = make_person(user=user)
    name_representative(member=member, person=person, can_commit=True, by=admin)
    assert roles_of(user) == [Role.PARTNER_LEAD]
    assert acting_member(user, member.partnership) == member
    assert acting_member(user, other) is None


def test_naming_again_without_the_right_to_commit_takes_the_stronger_role_back(space, admin):
    member = make_member(make_partnership())
    user = make_user("anna@riva.example", "Anna")
    person = make_person(user=user)
    name_representative(member=member, person=person, can_commit=True, by=admin)
    name_representative(member=member, person=person, can_commit=False, by=admin)
    assert roles_of(user) == [Role.PARTNER_MEMBER]
    assert Representative.objects.count() == 1


def test_organisation_cannot_speak_for_another(space, admin):
    with pytest.raises(RepresentativeRefusedError, match="Choose a person"):
        name_representative(
            member=make_member(make_partnership()), person=make_organisation("Other"), can_commit=True, by=admin
        )


def test_member_that_left_gets_no_representative(space, admin):
    member = make_member(make_partnership(), state=State.FORMER)
    with pytest.raises(RepresentativeRefusedError, match="no longer"):
        name_representative(member=member, person=make_person(), can_commit=True, by=admin)


def test_known_address_is_the_person_already_listed(space, admin):
    person = make_person(email="anna@riva.example")
    named = name_new_representative(
        member=make_member(make_partnership()), name="A. Riva", email="Anna@Riva.example", can_commit=False, by=admin
    )
    assert named.person == person


def test_unknown_address_becomes_a_person_of_the_organisation(space, admin):
    member = make_member(make_partnership())
    named = name_new_representative(
        member=member, name="Bruno Sala", email="bruno@riva.example", can_commit=False, by=admin, language="it"
    )
    assert (named.person.name, named.person.language) == ("Bruno Sala", "it")
    assert member.organisation.people.get().person == named.person


def test_ended_representation_takes_the_roles_of_this_partnership(space, admin):
    member = make_member(make_partnership())
    user = make_partner(member)
    end_representation(representative=Representative.objects.get(), by=admin)
    assert not Grant.objects.filter(user=user).exists()
    assert acting_member(user, member.partnership) is None


def test_ended_representation_keeps_the_role_held_for_another_member(space, admin):
    partnership = make_partnership()
    first, second = make_member(partnership, "First"), make_member(partnership, "Second")
    user = make_partner(first)
    name_representative(member=second, person=Representative.objects.get().person, can_commit=True, by=admin)
    end_representation(representative=Representative.objects.get(member=first), by=admin)
    assert roles_of(user) == [Role.PARTNER_LEAD]


def test_invited_person_gets_the_role_and_scope_in_the_invitation(space, admin):
    member = make_member(make_partnership())
    named = name_representative(member=member, person=make_person(), can_commit=True, by=admin)
    invitation = invite_representative(representative=named, by=admin)
    assert (invitation.role, invitation.scope, invitation.email) == (
        Role.PARTNER_LEAD,
        member.partnership.scope,
        "anna@riva.example",
    )
    assert OutboxMail.objects.get().to == "anna@riva.example"


def test_person_who_wants_no_contact_is_not_invited(space, admin):
    member = make_member(make_partnership())
    named = name_representative(member=member, person=make_person(do_not_contact=True), can_commit=True, by=admin)
    with pytest.raises(RepresentativeRefusedError, match="contacted"):
        invite_representative(representative=named, by=admin)
    assert not Invitation.objects.exists()


def test_invited_person_is_found_by_address_before_an_account_is_linked(space, admin):
    member = make_member(make_partnership())
    name_representative(member=member, person=make_person(email="anna@riva.example"), can_commit=True, by=admin)
    user = make_user("anna@riva.example", "Anna", role=Role.PARTNER_LEAD, scope=member.partnership.scope)
    assert acting_member(user, member.partnership) == member


def test_stranger_with_the_address_of_a_linked_person_speaks_for_nobody(space, admin):
    member = make_member(make_partnership())
    person = make_person(email="anna@riva.example", user=make_user("other@riva.example"))
    name_representative(member=member, person=person, can_commit=True, by=admin)
    assert acting_member(make_user("anna@riva.example"), member.partnership) is None


def test_term_that_is_known_ends_by_itself_and_takes_the_access(space, admin, time_machine):
    time_machine.move_to("2026-06-01 10:00", tick=False)
    member = make_member(make_partnership())
    user = make_user("anna@riva.example", "Anna")
    named = name_representative(
        member=member, person=make_person(user=user), can_commit=True, until=date(2026, 7, 1), by=admin
    )
    with pytest.raises(RepresentativeRefusedError, match="day to come"):
        name_representative(member=member, person=named.person, can_commit=True, until=date(2026, 6, 1), by=admin)
    end_terms(today=date(2026, 6, 1))
    assert (roles_of(user), acting_member(user, member.partnership)) == ([Role.PARTNER_LEAD], member)
    time_machine.move_to("2026-07-01 06:00", tick=False)
    assert acting_member(user, member.partnership) is None
    assert [end_terms(today=date(2026, 7, 1)) for _night in range(2)] == [1, 1]
    assert roles_of(user) == []


def test_term_of_one_member_that_ended_leaves_the_access_held_for_another(space, admin, time_machine):
    time_machine.move_to("2026-06-01 10:00", tick=False)
    partnership = make_partnership()
    first, second = make_member(partnership, "First"), make_member(partnership, "Second")
    user = make_user("anna@riva.example", "Anna")
    person = make_person(user=user)
    name_representative(member=first, person=person, can_commit=True, until=date(2026, 7, 1), by=admin)
    name_representative(member=second, person=person, can_commit=True, by=admin)
    time_machine.move_to("2026-07-02 06:00", tick=False)
    end_terms(today=date(2026, 7, 2))
    assert roles_of(user) == [Role.PARTNER_LEAD]
