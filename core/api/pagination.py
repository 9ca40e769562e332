"""Pages of a list: numbered, bounded."""

from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination

DEEPEST_PAGE = 2_000
DIGITS = 4


class Pages(PageNumberPagination):
    """50 records a page, at most 200 when asked for; a page number that is none is 400, one past the end 404."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def get_page_number(self, request: Any, paginator: Any) -> int:
        """The number; raises ValidationError for what is not a whole number from 1 to 2,000."""
        text = request.query_params.get(self.page_query_param, "1")
        if not (text.isascii() and text.isdigit() and len(text) <= DIGITS and 1 <= int(text) <= DEEPEST_PAGE):
            raise ValidationError({"page": ["1-2000"]})
        return int(text)
