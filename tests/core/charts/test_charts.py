"""The drawings: sound SVG, honest about what is missing, nothing on top of anything else."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from core.charts import (
    BarChart,
    Edge,
    Event,
    LineChart,
    Milestone,
    NetworkChart,
    Node,
    Point,
    ProgressChart,
    Quadrants,
    ScatterChart,
    Span,
    TimelineChart,
    bars,
    line,
    network,
    progress,
    scatter,
    timeline,
)
from core.charts.samples import sample_drawings

SVG = "{http://www.w3.org/2000/svg}"


def shapes(drawing: str, css_class: str) -> list[ET.Element]:
    return [shape for shape in ET.fromstring(drawing).iter() if css_class in shape.get("class", "").split()]


def texts(drawing: str) -> list[str]:
    return [text.text or "" for text in ET.fromstring(drawing).iter(f"{SVG}text")]


def line_chart(**changes: object) -> LineChart:
    values: dict[str, object] = {
        "title": "8 below target",
        "labels": ["Jan", "Feb", "Mar", "Apr"],
        "measured": [10, 20, 30, 40],
        "measured_label": "Reached",
    }
    return LineChart(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("italian", [True, False])
def test_every_drawing_is_sound_and_titled(italian: bool) -> None:
    for sample in sample_drawings(italian=italian):
        for drawing in (sample["wide"], sample["compact"]):
            root = ET.fromstring(drawing)
            assert root.find(f"{SVG}title").text == sample["finding"]
            assert root.get("role") == "img"
            assert "nan" not in drawing


def test_no_drawing_has_a_style_a_script_or_a_reference() -> None:
    for sample in sample_drawings(italian=False):
        assert not re.search(r"style=|<script|href|url\(|\son\w+=", sample["wide"] + sample["compact"])


def test_every_coloured_shape_has_a_class_for_the_page() -> None:
    for sample in sample_drawings(italian=False):
        for shape in ET.fromstring(sample["wide"]).iter():
            if shape.get("fill", "none") != "none" or shape.get("stroke"):
                assert shape.get("class", "").startswith("c-"), ET.tostring(shape)


def test_words_are_escaped() -> None:
    drawing = line(line_chart(title="<b>&", measured_label="<script>"))
    assert "<script>" not in drawing
    assert "&lt;b&gt;&amp;" in drawing


def test_brand_colour_is_the_print_colour() -> None:
    assert "#c2185b" in line(line_chart(), brand="#c2185b")
    with pytest.raises(ValueError, match="#rrggbb"):
        line(line_chart(), brand='red" onload="x')


def test_line_leaves_a_gap_when_a_value_is_missing() -> None:
    whole, broken = line(line_chart()), line(line_chart(measured=[10, 20, None, 40, 50], labels=list("abcde")))
    assert len(shapes(whole, "c-now-line")) == 1
    # The second run has two points, so there are two lines and never a point at zero.
    assert len(shapes(broken, "c-now-line")) == 2
    assert len(shapes(broken, "c-now")) == 4


def test_line_starts_at_zero_unless_told_otherwise() -> None:
    assert "0" in texts(line(line_chart(measured=[80, 90, 85, 95])))
    assert "0" not in texts(line(line_chart(measured=[80, 90, 85, 95], from_zero=False)))


def test_line_shows_both_targets_with_their_last_values() -> None:
    chart = line_chart(
        target=[10, 20, 30, 50], target_label="Target", original_target=[10, 20, 30, 45], original_target_label="First"
    )
    assert {"Target", "50", "First", "45"} <= set(texts(line(chart)))
    assert {"Target 50", "First 45", "Reached 40"} <= set(texts(line(chart, compact=True)))


def test_line_labels_at_the_end_do_not_overlap() -> None:
    chart = line_chart(target=[40] * 4, target_label="Target", original_target=[40] * 4, original_target_label="First")
    ends = [
        text for text in ET.fromstring(line(chart)).iter(f"{SVG}text") if text.text in {"Target", "First", "Reached"}
    ]
    heights = sorted(float(text.get("y", "")) for text in ends)
    assert len(heights) == 3
    assert all(after - before >= 28 for before, after in pairwise(heights))


def test_line_without_values_still_draws() -> None:
    assert shapes(line(line_chart(measured=[None] * 4)), "c-now") == []


def test_line_says_its_events() -> None:
    assert "Venue closed" in texts(line(line_chart(events=[Event(1, "Venue closed")])))


def test_bars_say_missing_and_draw_no_bar_for_it() -> None:
    chart = BarChart("t", ["a", "b"], [1, None], "Now", [2, 3], "Before", missing="not reported")
    assert "not reported" in texts(bars(chart))
    # One bar and one square in the legend.
    assert len(shapes(bars(chart), "c-now")) == 2
    assert len(shapes(bars(chart), "c-before")) == 3


def test_bars_lie_down_when_words_are_long() -> None:
    long = "I did not come because the hours do not fit my work and there is no bus"
    drawing = bars(BarChart("t", [long, "b", "c", "d"], [1, 2, 3, 4]))
    assert shapes(drawing, "c-track")


def test_bars_end_the_axis_at_the_top_given() -> None:
    labels = texts(bars(BarChart("t", ["a", "b"], [Decimal("3.6"), Decimal("2.4")], top=5)))
    assert {"0", "1", "2", "3", "4", "5"} <= set(labels)
    assert "6" not in labels


def test_bars_of_zero_draw_without_length() -> None:
    assert "0" in texts(bars(BarChart("t", ["a"], [0]), compact=True))


@pytest.mark.parametrize("share", [-1, 0, 0.5, 1, 7])
@pytest.mark.parametrize("shape", ["ring", "bar"])
def test_progress_stays_in_its_frame(share: float, shape: str) -> None:
    drawing = progress(ProgressChart("t", share, "x", shape=shape))
    widths = [float(found.get("width", 0)) for found in ET.fromstring(drawing).iter(f"{SVG}rect")]
    assert all(0 <= width <= 720 for width in widths)


def calendar(**changes: object) -> TimelineChart:
    values: dict[str, object] = {
        "title": "t",
        "starts_on": date(2026, 9, 1),
        "ends_on": date(2027, 6, 30),
        "rows": [
            Span("Survey", date(2026, 10, 1), date(2026, 11, 22), 1, "100 %"),
            Milestone("Report", date(2027, 3, 30)),
        ],
        "month": lambda day: f"{day:%b}",
        "today": date(2026, 11, 22),
        "today_label": "today",
    }
    return TimelineChart(**(values | changes))  # type: ignore[arg-type]


def test_timeline_notes_stand_clear_of_the_today_line() -> None:
    drawing = timeline(calendar())
    [today] = shapes(drawing, "c-mark-line")
    x = float(re.match(r"M([\d.]+)", today.get("d", "")).group(1))
    [note] = [text for text in ET.fromstring(drawing).iter(f"{SVG}text") if text.text == "100 %"]
    assert note.get("text-anchor") == "end"
    assert float(note.get("x", "")) - 60 > x


def test_timeline_leaves_today_out_when_it_is_outside() -> None:
    assert "today" not in texts(timeline(calendar(today=date(2028, 1, 1))))


def test_timeline_of_one_day_and_of_ten_years_draws() -> None:
    day = date(2026, 9, 1)
    assert timeline(calendar(starts_on=day, ends_on=day))
    years = texts(timeline(calendar(ends_on=date(2036, 9, 1)), compact=True))
    assert 2 <= len([word for word in years if word in {"Jan", "Jul"}]) <= 12


def grid(points: list[Point]) -> ScatterChart:
    return ScatterChart("t", points, ["g", "h"], Quadrants("a", "b", "c", "d"), "Interest", "Power")


def test_scatter_keeps_points_on_one_spot_apart() -> None:
    drawing = scatter(grid([Point(f"P{number}", 3, 3, "g") for number in range(5)]))
    places = {(found.get("cx"), found.get("cy")) for found in shapes(drawing, "c-g1")}
    assert len(places) == 6  # five points and the one of the legend


def test_scatter_gives_groups_a_shape_as_well_as_a_colour() -> None:
    drawing = scatter(grid([Point("x", 1, 1, "g"), Point("y", 5, 5, "h")]))
    assert {found.tag for found in shapes(drawing, "c-g1")} != {found.tag for found in shapes(drawing, "c-g2")}


def test_names_never_overlap_in_a_crowd() -> None:
    drawing = scatter(
        grid([Point(f"Organisation {number}", 1 + number % 5, 1 + number // 13, "g") for number in range(60)])
    )
    found = [text for text in ET.fromstring(drawing).iter(f"{SVG}text") if (text.text or "").startswith("Organisation")]
    spots = []
    for text in found:
        width, x = len(text.text or "") * 5, float(text.get("x", ""))
        left = x - {"start": 0, "middle": width / 2, "end": width}[text.get("text-anchor", "")]
        spots.append((left, left + width, float(text.get("y", ""))))
    assert len(spots) > 10
    for number, (left, right, y) in enumerate(spots):
        assert not any(
            left < other_right and other_left < right and abs(y - other_y) < 9
            for other_left, other_right, other_y in spots[number + 1 :]
        )


def ring(count: int) -> NetworkChart:
    nodes = [Node(str(number), f"N{number}", "g") for number in range(count)]
    return NetworkChart("t", nodes, [Edge(str(number), str((number + 1) % count)) for number in range(count)], ["g"])


def test_network_is_the_same_every_time() -> None:
    assert network(ring(12)) == network(ring(12))


@pytest.mark.parametrize("count", [0, 1, 2, 70])
def test_network_of_any_size_stays_in_its_frame(count: int) -> None:
    drawing = network(ring(count) if count else NetworkChart("t", [], [], []))
    for found in ET.fromstring(drawing).iter(f"{SVG}circle"):
        assert 0 <= float(found.get("cx", "")) <= 720


def test_network_leaves_out_ties_to_strangers() -> None:
    chart = NetworkChart("t", [Node("a", "A", "g")], [Edge("a", "gone")], ["g"])
    assert shapes(network(chart), "c-edge") == []
