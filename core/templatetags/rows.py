"""Long tables: ``{% rows row in page.rows %} ... {% endrows %}`` draws each row as ``{% for %}`` would, much cheaper.

A row is text, the row's own attributes and simple tags of these. Everything else is decided once for the table, so an
``{% if %}`` inside asks about the page, never about the row; what a row needs decided stands in the row itself.
"""

from collections.abc import Callable, Iterable, Iterator
from html import escape
from operator import attrgetter
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, TextNode, Token, Variable, VariableNode
from django.template.base import render_value_in_context as in_words
from django.template.context import Context
from django.template.defaulttags import IfNode
from django.template.library import SimpleNode
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

OfRow = Callable[[Any], Any]


@register.tag
def rows(parser: Parser, token: Token) -> Node:
    """Raises TemplateSyntaxError for what would have to be decided anew for each row."""
    match token.split_contents():
        case [_tag, name, "in", source]:
            content = parser.parse(("endrows",))
            parser.delete_first_token()
            return RowsNode(name, parser.compile_filter(source), content)
    raise template.TemplateSyntaxError("Write {% rows row in list %}.")


class RowsNode(Node):
    """The rows of a table: their parts are found once, then filled in for each row."""

    child_nodelists = ("nodelist",)

    def __init__(self, name: str, source: FilterExpression, nodelist: NodeList) -> None:
        self.name, self.source, self.nodelist = name, source, nodelist
        self._refuse_decisions(nodelist)

    def render(self, context: Context) -> SafeString:
        """All rows."""
        parts = list(self._parts(self.nodelist, context))
        drawn = (part if isinstance(part, str) else part(row) for row in self.source.resolve(context) for part in parts)
        return mark_safe("".join(drawn))  # noqa: S308 - a template's text, and values that were escaped

    def _parts(self, nodes: Iterable[Node], context: Context) -> Iterator[str | OfRow]:
        for node in nodes:
            match node:
                case TextNode():
                    yield node.s
                case IfNode():
                    yield from self._parts(_chosen(node, context), context)
                case VariableNode():
                    yield _escaped(self._value(node.filter_expression, context), context)
                case SimpleNode():
                    values = [self._value(argument, context) for argument in node.args]
                    yield _escaped(_call(node.func, values), context)

    def _value(self, expression: FilterExpression, context: Context) -> OfRow:
        """How a value is read from a row; what does not come from the row is read now."""
        if path := self._path_in_row(expression):
            return attrgetter(path)
        known = expression.resolve(context)
        return lambda _row: known

    def _path_in_row(self, expression: FilterExpression) -> str | None:
        """``tone`` of ``row.tone``; None for what does not come from the row."""
        variable = expression.var
        if not isinstance(variable, Variable) or not variable.lookups or variable.lookups[0] != self.name:
            return None
        return ".".join(variable.lookups[1:])

    def _refuse_decisions(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            match node:
                case TextNode():
                    continue
                case IfNode(conditions_nodelists=branches):
                    for condition, inside in branches:
                        if any(self._path_in_row(asked) is not None for asked in _asked_by(condition)):
                            raise _RowDecidesError("A condition about a row")
                        self._refuse_decisions(inside)
                case VariableNode():
                    self._refuse_filtered([node.filter_expression])
                case SimpleNode() if not (node.kwargs or node.target_var or node.takes_context):
                    self._refuse_filtered(node.args)
                case _:
                    raise _RowDecidesError(repr(node))

    def _refuse_filtered(self, expressions: Iterable[FilterExpression]) -> None:
        for expression in expressions:
            path = self._path_in_row(expression)
            if path == "" or (path and expression.filters):
                raise _RowDecidesError(expression.token)


class _RowDecidesError(template.TemplateSyntaxError):
    def __init__(self, what: str) -> None:
        super().__init__(f"{what} would be worked out anew for each row: let the row say it, or use a loop.")


def _chosen(node: IfNode, context: Context) -> NodeList:
    for condition, nodelist in node.conditions_nodelists:
        if condition is None or condition.eval(context):  # type: ignore[arg-type]  # any mapping of names will do
            return nodelist
    return NodeList()


def _asked_by(condition: Any) -> Iterator[FilterExpression]:
    """The expressions of a condition, or none of ``{% else %}``."""
    if isinstance(value := getattr(condition, "value", None), FilterExpression):
        yield value
    for side in ("first", "second"):
        if part := getattr(condition, side, None):
            yield from _asked_by(part)


def _call(function: Callable[..., Any], values: list[OfRow]) -> OfRow:
    return lambda row: function(*[value(row) for value in values])


def _escaped(value: OfRow, context: Context) -> OfRow:
    def draw(row: Any) -> str:
        found = value(row)
        if type(found) is str:
            return escape(found)
        return found if isinstance(found, SafeString) else in_words(found, context)

    return draw
