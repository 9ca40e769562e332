from tests.engagement.conftest import statements

__all__ = ["statements"]
