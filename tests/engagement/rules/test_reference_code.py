import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.rules.reference_code import ALPHABET, code_from, hash_of_code, normalised


@given(st.binary(min_size=10, max_size=40))
def test_code_has_eighty_bits_in_four_groups_without_lookalikes(secret):
    code = code_from(secret)
    groups = code.split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 4]
    assert set(code) <= set(ALPHABET) | {"-"}
    assert not set("ILOU") & set(code)


@given(st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_two_secrets_have_two_codes(one, other):
    assert (code_from(one) == code_from(other)) == (one == other)


@pytest.mark.parametrize(
    "typed", ["7f3k2m9q4trbw8x0", "7F3K 2M9Q 4TRB W8X0", " 7f3k-2m9q\u20134trb-w8xo ", "7F3K_2M9Q.4TRB-W8XO"]
)
def test_code_is_found_however_it_is_typed(typed):
    assert hash_of_code(typed) == hash_of_code("7F3K-2M9Q-4TRB-W8X0")


@given(st.text())
def test_any_text_has_a_hash_and_normalising_twice_changes_nothing(typed):
    assert len(hash_of_code(typed)) == 64
    assert normalised(normalised(typed)) == normalised(typed)
