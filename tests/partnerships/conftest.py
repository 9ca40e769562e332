"""What the tests of partnerships borrow: a tenant that is really committed."""

from tests.core.conftest import committed_space

__all__ = ["committed_space"]
