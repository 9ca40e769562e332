"""Every total says of how many partners it is made, and where its meaning changed, wherever it is shown."""

from datetime import date
from decimal import Decimal

import pytest

from core.access.visibility import Visibility
from goals.models import Goal
from metrics.operations.happening import note_happening
from metrics.operations.indicator import change_indicator
from reports.document import report_csv, report_html
from tests.factories.metrics import Q2, make_measurement
from tests.factories.partnerships import make_member
from tests.factories.reports import make_measured_partnership, make_report

Q3 = (date(2026, 7, 1), date(2026, 9, 30))
HERE = "/s/borgo/partnerships/scuola-lavoro/"


@pytest.fixture
def goal(space, coordinator):
    """Two partners in the first quarter, one of them since a new definition in the second."""
    partnership = make_measured_partnership(coordinator)
    goal = Goal.objects.select_related("indicator").get()
    goal.indicator.measurements.filter(period_starts_on=Q2[0]).delete()
    first, second = (make_member(partnership, name, state="member") for name in ("Scuola", "Officine"))
    rows = goal.indicator.measurements.all()
    rows.update(member=first)
    whole = {"numerator": Decimal(30), "denominator": Decimal(90)}
    make_measurement(goal.indicator, member=second, **whole)
    change_indicator(indicator=goal.indicator, by=coordinator, reason="Few", definition_en="Counted anew")
    make_measurement(goal.indicator, member=first, period=Q2, **whole)
    for day, title in ((3, "Second desk"), (6, "Strike")):
        note_happening(
            indicator=goal.indicator,
            title_en=title,
            happened_on=date(2026, 5, day),
            by=coordinator,
            today=date(2026, 7, 1),
        )
    Goal.objects.update(visibility=Visibility.PUBLIC)
    goal.indicator.__class__.objects.update(visibility=Visibility.PUBLIC)
    return goal


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (f"{HERE}goals/1/", ["1 of 2", "2 of 2", "New meaning", "cannot be compared"]),
        (f"{HERE}indicators/", ["1 of 2 partners reported"]),
        (f"{HERE}goals/", ["1 of 2 partners reported"]),
        (f"{HERE}goals/standing/", ["1 of 2 partners reported", "All goals", "Good placements"]),
        ("indicator", ["1 of 2", "2 of 2", "New meaning", "cannot be compared"]),
        ("/p/borgo/scuola-lavoro/goals/1/?lang=en", ["1 of 2 partners", "2 of 2 partners", "cannot be compared"]),
    ],
)
def test_pages_say_it(goal, coordinator, signed_in_as, path, words):
    path = f"{HERE}indicators/{goal.indicator.code}/" if path == "indicator" else path
    page = signed_in_as(coordinator).get(path).content.decode()
    assert [word for word in words if word not in page] == []


def test_report_its_figures_and_a_report_from_before_say_it(goal):
    report = make_report(goal.partnership)
    words = report_html(report)
    assert [one for one in ("1 of 2", "2 of 2", "New meaning", "cannot be compared") if one not in words] == []
    assert "1 of 2 partners reported" in words
    assert "1 · 3 May 2026 · Second desk; 2 · 6 May 2026 · Strike" in words
    assert ">1, 2</text>" in words
    assert "One measurement so far" in words
    content = report_csv(report).decode("utf-8-sig").splitlines()
    assert "Version of the indicator" in content[0]
    assert [line.rsplit(",", 1)[1] for line in content if line.startswith("Value,")] == ["1", "1", "2"]
    indicator = report.snapshot["goals"][0]["indicator"]
    for row in [*indicator["points"], *indicator["measurements"]]:
        for name in ("reported", "expected", "version"):
            row.pop(name, None)
    assert "New meaning" not in report_html(report)


def test_api_gives_each_total_with_its_partners_and_version(goal, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    address = f"/s/borgo/api/v1/partnerships/scuola-lavoro/indicators/{goal.indicator.code}/analysis/"
    points = browser.get(address).json()["points"]
    assert [(point["reported"], point["expected"], point["version"]) for point in points] == [(2, 2, 1), (1, 2, 2)]
    content = browser.get(f"{HERE}measurements/?format=csv").content.decode("utf-8-sig").splitlines()
    at = content[0].split(";").index("Version of the indicator") if ";" in content[0] else -2
    assert sorted(line.replace(";", ",").split(",")[at] for line in content[1:]) == ["1", "1", "2"]
