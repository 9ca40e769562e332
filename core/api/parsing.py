"""Reading JSON within bounds (INP-09)."""

import json
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

DEEPEST = 20


class BoundedJSONParser(JSONParser):
    """Refuses what nests deeper than 20 levels, NaN and Infinity."""

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Any = None) -> Any:
        """The value; raises ParseError."""
        try:
            text = stream.read().decode("utf-8")
            value = json.loads(text, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise ParseError(_("The body is not valid JSON.")) from error
        if _depth(value) > DEEPEST:
            raise ParseError(_("The JSON nests too deeply."))
        return value


def _refuse(name: str) -> None:
    raise ValueError(name)


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level and depth <= DEEPEST + 1:
        depth += 1
        level = [
            child
            for node in level
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
    return depth
