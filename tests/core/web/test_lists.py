"""Pages of a list: how far it is counted, and what a page then says of its end."""

import pytest
from django.test import RequestFactory

from core.web.lists import count_up_to, page_of
from stakeholders.models import Stakeholder
from tests.factories.stakeholders import make_stakeholder


@pytest.fixture
def seven(space):
    for number in range(7):
        make_stakeholder(f"Coro {number}")
    return Stakeholder.objects.order_by("sort_name", "id")


def page_at(number, rows, **options):
    return page_of(RequestFactory().get("/", {"page": number}), rows, per_page=2, **options)


@pytest.mark.parametrize(("most", "expected"), [(6, (6, True)), (7, (7, False)), (8, (7, False))])
def test_counting_ends_where_it_is_told_to(seven, most, expected):
    assert count_up_to(seven, most) == expected


def test_list_counted_in_full_says_how_long_it_is(seven):
    page = page_at(1, seven)
    assert (page.total, page.is_more, page.has_next) == (7, False, True)


def test_list_counted_as_far_as_told_says_that_there_is_more(seven):
    page = page_at(1, seven, most_counted=4)
    assert (page.total, page.is_more, page.has_next) == (4, True, True)


def test_page_beyond_what_is_counted_leads_on_until_the_last(seven):
    third, last = page_at(3, seven, most_counted=2), page_at(4, seven, most_counted=2)
    assert (third.total, third.is_more, third.has_next) == (6, True, True)
    assert (last.total, last.is_more, last.has_next) == (7, False, False)


def test_page_that_ends_with_the_list_knows_it(seven):
    assert page_at(3, seven.filter(pk__in=seven[:6]), most_counted=2).is_more is False
