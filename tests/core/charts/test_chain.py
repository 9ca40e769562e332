"""What leads to what as a drawing: levels from the top, no step on another, arrows between those that are there."""

from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from core.charts import Chain, ChainBand, ChainLink, ChainStep, chain
from core.charts.shapes import Box

WORDS = ("nothing shows it yet", "weak evidence", "moderate evidence", "strong evidence")


def shapes(drawing, css_class):
    return [shape for shape in ET.fromstring(drawing).iter() if shape.get("class") == css_class]


def boxes(drawing):
    found = []
    for shape in shapes(drawing, "c-plan"):
        x, y, width, height = (float(shape.get(name)) for name in ("x", "y", "width", "height"))
        found.append(Box(x, y, x + width, y + height))
    return found


def drawn(links=(), *, steps=3, compact=False, label="Step"):
    top = ChainBand("Above", [ChainStep("top", label)])
    below = ChainBand("Below", [ChainStep(f"low{at}", f"{label} {at}") for at in range(steps)])
    return chain(Chain("What leads to what", [top, below], links, WORDS), compact=compact)


@pytest.mark.parametrize("compact", [True, False])
@pytest.mark.parametrize("steps", [1, 2, 5, 9])
def test_no_step_lies_on_another_and_all_are_on_the_page(steps, compact):
    drawing = drawn(steps=steps, compact=compact)
    found = boxes(drawing)
    assert len(found) == steps + 1
    assert all(box.right - box.left > 150 for box in found)
    assert not any(one.meets(other) for one, other in combinations(found, 2))
    width, height = (float(number) for number in ET.fromstring(drawing).get("viewBox").split()[2:])
    assert all(box.within(Box(0, 0, width, height)) for box in found)
    assert found[0].bottom < min(box.top for box in found[1:])


def test_an_arrow_goes_up_to_its_step_and_one_to_nowhere_is_left_out():
    drawing = drawn([ChainLink("low0", "top", 3), ChainLink("low1", "gone", 1)])
    assert len(shapes(drawing, "c-edge")) == 2  # the arrow, and its sample in the legend
    (head,) = [shape for shape in shapes(drawing, "c-muted") if shape.tag.endswith("path")]
    assert head.get("d").endswith("Z")
    tip = float(head.get("d").removesuffix("Z").rpartition(" ")[2])
    assert tip == pytest.approx(boxes(drawing)[0].bottom)


def test_firmness_is_told_by_dashes_and_in_words():
    drawing = drawn([ChainLink("low0", "top", 0), ChainLink("low1", "top", 3)])
    words = [text.text for text in shapes(drawing, "c-muted") if text.tag.endswith("text")]
    assert {"nothing shows it yet", "strong evidence"} <= set(words)
    assert "weak evidence" not in words
    assert {line.get("stroke-dasharray") for line in shapes(drawing, "c-edge")} == {"2 4", "none"}


def test_words_are_escaped_and_cut_where_they_do_not_fit():
    drawing = drawn(label="<b>&" + " a very long step that says much more than anybody reads" * 4)
    assert "<b>" not in drawing
    assert "…" in drawing


def test_nothing_to_draw_is_an_empty_picture():
    assert ET.fromstring(chain(Chain("Nothing", [], [], WORDS))) is not None
