import pytest

from stakeholders import search
from stakeholders.search import Result, register_search
from tests.factories.stakeholders import make_stakeholder

# Savepoint and tenant settings of a request inside a test.
FRAME = 4
SEARCH = "/s/borgo/search/"


@pytest.fixture
def only_stakeholders(monkeypatch):
    monkeypatch.setattr(search, "_finders", search._finders[:1])


@pytest.fixture
def more_to_find(monkeypatch):
    monkeypatch.setattr(search, "_finders", list(search._finders))


@pytest.mark.usefixtures("only_stakeholders")
@pytest.mark.parametrize("count", [1, 3])
def test_search_costs_the_same_queries_for_one_and_three_results(
    space, coordinator, signed_in_as, django_assert_num_queries, count
):
    for number in range(count):
        make_stakeholder(f"Coro {number}", place="Borgo")
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(FRAME + 6):
        answer = browser.get(SEARCH, {"q": "coro borgo"})
    assert answer.content.decode().count('<th class="t-main"') == count


def test_kind_another_app_registers_is_found_too(space, coordinator, signed_in_as, more_to_find):
    def find(viewer, words):
        return [Result("Orti condivisi", "Borgo", "/s/borgo/somewhere/")] if "orti" in words else []

    register_search("Gardens", find)
    register_search("Gardens", find)
    page = signed_in_as(coordinator).get(SEARCH, {"q": "ORTI"}).content.decode()
    assert page.count("Orti condivisi") == 1
    assert "/s/borgo/somewhere/" in page


def test_more_than_shown_leads_to_the_list(space, coordinator, signed_in_as):
    for number in range(11):
        make_stakeholder(f"Coro {number:02}")
    page = signed_in_as(coordinator).get(SEARCH, {"q": "coro"}).content.decode()
    assert "/s/borgo/stakeholders/?q=coro" in page
    assert "Coro 10" not in page


def test_search_for_nothing_says_how(space, coordinator, signed_in_as):
    assert b"beginning of one or more words" in signed_in_as(coordinator).get(SEARCH).content


def test_stranger_gets_404(space, client, signed_in_as):
    from tests.factories.core import make_user

    assert signed_in_as(make_user("nobody@elsewhere.example")).get(SEARCH).status_code == 404
