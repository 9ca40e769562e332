from datetime import date

import pytest

from core.queries.viewer import viewer_for
from funding.operations.source import change_source
from partnerships.models import Task, TaskEvidence
from partnerships.queries.ledger import LedgerLineMaker, Wish, kept_rate, kept_rates, ledger_of, rate_of
from partnerships.rules.ledger import KeptRate, LedgerStatus
from reports.queries.promises import promises_kept
from tests.factories.funding import make_source
from tests.factories.partnerships import make_commitment, make_member, make_partner, make_partnership, make_task

TODAY = date(2026, 6, 15)


@pytest.fixture
def own(space):
    return make_partnership("own")


@pytest.fixture
def member(own):
    return make_member(own)


def lines(viewer=None, **wish):
    return list(map(LedgerLineMaker(today=TODAY), ledger_of(viewer, Wish(**wish), today=TODAY)))


def done(member, title, *, due, finished):
    task = make_task(member.partnership, title, member=member, state="done", due_on=due)
    Task.objects.filter(pk=task.pk).update(finished_on=finished)
    return task


@pytest.fixture
def everything(own, member):
    """One line of each status, from tasks and from elsewhere, and what is no promise."""
    task = done(member, "kept task", due=date(2026, 6, 1), finished=date(2026, 6, 1))
    TaskEvidence.objects.create(task=task, note="Photo in the hall")
    done(member, "late task", due=date(2026, 6, 1), finished=date(2026, 6, 2))
    make_task(own, "open task", member=member, state="accepted", due_on=date(2026, 6, 20))
    make_task(own, "overdue task", member=member, state="in_progress", due_on=date(2026, 6, 14))
    make_task(own, "dropped task", member=member, state="cancelled", due_on=date(2026, 6, 1))
    make_task(own, "only asked", member=member)
    make_task(own, "refused", member=member, state="declined")
    make_commitment(member, "kept word", due_on=date(2026, 6, 3), state="kept", kept_on=date(2026, 6, 3))
    make_commitment(member, "late word", due_on=date(2026, 6, 3), state="kept", kept_on=date(2026, 6, 4))
    make_commitment(member, "overdue word", due_on=date(2026, 6, 3), reference="Clause 9", source="agreement_clause")
    make_commitment(member, "released word", due_on=date(2026, 6, 3), state="released")
    make_commitment(member, "some day", due_on=None)
    return member


BY_STATUS = {
    LedgerStatus.KEPT: {"kept task", "kept word"},
    LedgerStatus.KEPT_LATE: {"late task", "late word"},
    LedgerStatus.OPEN: {"open task", "some day"},
    LedgerStatus.LATE: {"overdue task", "overdue word"},
    LedgerStatus.RELEASED: {"dropped task", "released word"},
}


def test_every_promise_is_one_line_with_its_status(everything):
    found = {line.title: line.status for line in lines()}
    assert found == {title: status for status, titles in BY_STATUS.items() for title in titles}


@pytest.mark.parametrize("status", LedgerStatus)
def test_status_in_the_database_is_the_rules(everything, status):
    assert {line.title for line in lines(status=status.value)} == BY_STATUS[status]


def test_open_ones_come_first_by_date_and_those_without_last(everything):
    titles = [line.title for line in lines()]
    assert titles[:4] == ["overdue word", "overdue task", "open task", "some day"]


def test_line_says_who_where_when_and_what_shows_it(everything, own):
    by_title = {line.title: line for line in lines()}
    clause, task = by_title["overdue word"], by_title["kept task"]
    assert (clause.who, clause.where, clause.partnership) == (
        "Officine Riva", "Clause of an agreement: Clause 9", own.name,
    )  # fmt: skip
    assert clause.url.endswith("/partnerships/own/promises/3/")
    assert (task.evidence, task.first_agreed_on) == ("Photo in the hall", date(2026, 6, 1))
    assert task.url.endswith("/partnerships/own/tasks/1/")


def test_narrowed_by_organisation_place_and_partnership(everything, own):
    other = make_member(make_partnership("other"), "Scuola")
    make_commitment(other, "theirs")
    assert {line.title for line in lines(organisations={other.organisation_id})} == {"theirs"}
    assert {line.title for line in lines(partnership_id=other.partnership_id)} == {"theirs"}
    assert {line.title for line in lines(origin="agreement_clause")} == {"overdue word"}
    assert lines(organisations=set()) == []
    assert lines(origin="nowhere") == []


def test_offer_in_kind_is_a_line_of_funding(own, member, coordinator):
    make_source(own, "The hall", kind="in_kind", giver=member.organisation, status="expected", valued_by="Rent list")
    tables = make_source(
        own, "Tables", kind="in_kind", giver=member.organisation, status="secured", valued_by="Shop", evidence="Receipt 7",
        due_on=date(2026, 6, 1), decided_on=date(2026, 6, 9),
    )  # fmt: skip
    change_source(source=tables, due_on=date(2026, 6, 10), by=coordinator, today=TODAY)
    make_source(own, "A grant", kind="grant", giver=member.organisation, status="expected")
    line, brought = sorted(lines(viewer_for(coordinator)), key=lambda one: one.title)
    assert (brought.title, brought.where, brought.status) == ("The hall", "In-kind offer", LedgerStatus.OPEN)
    assert (line.due_on, line.first_agreed_on, line.evidence) == (date(2026, 6, 10), date(2026, 6, 1), "Receipt 7")
    # Kept, but not by the day first promised; what has no day counts in no share.
    assert line.status == LedgerStatus.KEPT_LATE
    assert kept_rate(None, wish=Wish(partnership_id=own.pk), until=TODAY) == KeptRate(0, 1)
    assert lines(viewer_for(make_partner(member))) == []


def test_somebody_sees_only_what_they_may(own, member, coordinator):
    partner = make_partner(member)
    make_task(own, "secret", state="accepted", visibility=1)
    make_commitment(member, "kept in coordination", visibility=1)
    make_commitment(make_member(make_partnership("other"), "Far"), "elsewhere")
    make_commitment(member, "shared")
    assert {line.title for line in lines(viewer_for(partner))} == {"shared"}
    assert len(lines(viewer_for(coordinator))) == 4


def test_share_counts_the_first_agreed_dates_and_leaves_out_what_was_released(everything, own):
    rates = kept_rates(wish=Wish(partnership_id=own.pk), until=TODAY)
    # Kept: one task, one word. Due: these, two kept late, two overdue.
    assert rates == {everything.organisation_id: KeptRate(kept=2, due=6)}
    assert kept_rate(None, wish=Wish(), until=TODAY) == KeptRate(2, 6)
    # Counted from the tasks' own columns, or from the lines: the same.
    assert kept_rate(None, wish=Wish(partnership_id=own.pk), until=TODAY) == rate_of(rates.values())
    assert kept_rate(None, wish=Wish(), until=TODAY, since=date(2026, 6, 2)) == KeptRate(1, 4)
    assert promises_kept(own, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30)) == {"kept": 2, "due": 7}


@pytest.mark.parametrize("count", [1, 3])
def test_ledger_is_one_query_whatever_it_holds(own, member, django_assert_num_queries, count):
    for number in range(count):
        make_task(own, f"T{number}", member=member, state="accepted")
        make_commitment(member, f"C{number}")
    lines()
    with django_assert_num_queries(1):
        assert len(lines()) == 2 * count
