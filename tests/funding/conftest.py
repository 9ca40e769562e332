from tests.engagement.conftest import in_neighbour, statements

__all__ = ["in_neighbour", "statements"]
