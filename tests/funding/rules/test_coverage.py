from hypothesis import given
from hypothesis import strategies as st

from funding.rules.coverage import Columns, Means, coverage_of, weighted_cents

means = st.builds(
    Means,
    kind=st.sampled_from(["grant", "sponsorship", "in_kind", "event"]),
    status=st.sampled_from(["expected", "secured", "lost"]),
    amount_cents=st.integers(1, 10**12),
    probability_percent=st.integers(0, 100),
    currency=st.sampled_from(["EUR", "GBP"]),
)
needs = st.none() | st.integers(0, 10**12)


def one(**given_fields):
    return Means(
        **{
            "kind": "grant",
            "status": "secured",
            "amount_cents": 100,
            "probability_percent": 50,
            "currency": "EUR",
            **given_fields,
        }
    )


def test_coverage_keeps_money_and_gifts_in_two_columns_and_counts_both_against_the_need():
    found = coverage_of(1_000, [one(amount_cents=300), one(kind="in_kind", amount_cents=200)], currency="EUR")
    assert found.secured == Columns(300, 200)
    assert found.missing_cents == 500


def test_coverage_never_counts_what_is_only_expected_even_when_it_is_certain():
    found = coverage_of(1_000, [one(status="expected", amount_cents=1_000, probability_percent=100)], currency="EUR")
    assert found.missing_cents == 1_000
    assert found.weighted == Columns(1_000, 0)
    assert found.secured == Columns(0, 0)


def test_coverage_of_an_unknown_need_has_no_missing_amount():
    assert coverage_of(None, [one()], currency="EUR").missing_cents is None


def test_coverage_leaves_other_currencies_out_and_says_so():
    found = coverage_of(1_000, [one(currency="GBP")], currency="EUR")
    assert (found.secured, found.left_out) == (Columns(0, 0), 1)


def test_weighted_amount_is_rounded_to_the_nearest_cent():
    assert [weighted_cents(1, 49), weighted_cents(1, 50), weighted_cents(3, 33)] == [0, 1, 1]


@given(needs, st.lists(means, max_size=20))
def test_coverage_is_never_below_zero_and_never_more_than_the_need(need, sources):
    found = coverage_of(need, sources, currency="EUR")
    if need is not None:
        assert 0 <= found.missing_cents <= need
        assert found.is_covered == (found.secured.cash_cents + found.secured.in_kind_cents >= need)


@given(needs, st.lists(means, max_size=20), means)
def test_secured_money_never_raises_what_is_missing_and_nothing_else_lowers_it(need, sources, another):
    before, after = coverage_of(need, sources, currency="EUR"), coverage_of(need, [*sources, another], currency="EUR")
    if need is None:
        return
    assert after.missing_cents <= before.missing_cents
    if another.status != "secured" or another.currency != "EUR":
        assert after.missing_cents == before.missing_cents


@given(st.lists(means, max_size=20))
def test_columns_hold_each_source_of_the_currency_once(sources):
    found = coverage_of(None, sources, currency="EUR")
    counted = sum(sum((columns.cash_cents, columns.in_kind_cents)) for columns in (found.secured, found.expected))
    assert counted == sum(s.amount_cents for s in sources if s.currency == "EUR" and s.status != "lost")
    assert found.weighted.cash_cents <= found.expected.cash_cents
    assert found.weighted.in_kind_cents <= found.expected.in_kind_cents


@given(needs, st.lists(means, max_size=20))
def test_coverage_does_not_depend_on_the_order_of_sources(need, sources):
    assert coverage_of(need, sources, currency="EUR") == coverage_of(need, sources[::-1], currency="EUR")
