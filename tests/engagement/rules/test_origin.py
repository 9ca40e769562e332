import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.rules.origin import UNKNOWN, address_prefix


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "prefix"),
    [
        ("203.0.113.77", "", 0, "203.0.113.0/24"),
        ("203.0.113.77", "198.51.100.1", 0, "203.0.113.0/24"),
        ("10.0.0.1", "198.51.100.9", 1, "198.51.100.0/24"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.9", 1, "198.51.100.0/24"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.9, 10.0.0.2", 2, "198.51.100.0/24"),
        ("10.0.0.1", "", 1, "10.0.0.0/24"),
        ("2001:db8:1:2ff::1", "", 0, "2001:db8:1:200::/56"),
        ("::ffff:203.0.113.77", "", 0, "203.0.113.0/24"),
        ("fe80::1%eth0", "", 0, "fe80::/56"),
        ("10.0.0.1", "nonsense", 1, UNKNOWN),
        ("", "", 0, UNKNOWN),
    ],
)
def test_prefix_is_that_of_the_last_step_nobody_could_forge(remote, forwarded, proxies, prefix):
    assert address_prefix(remote, forwarded, trusted_proxies=proxies) == prefix


@given(st.text(max_size=80))
def test_what_a_caller_writes_in_front_of_the_header_changes_nothing(claimed):
    forwarded = f"{claimed}, 198.51.100.9"
    assert address_prefix("10.0.0.1", forwarded, trusted_proxies=1) == "198.51.100.0/24"
