"""What public pages say to machines is read back by extruct: schema.org as JSON-LD, and Open Graph."""

import extruct
import pytest

from core.access.visibility import Visibility
from tests.factories.activities import announce, make_shift, publish
from tests.factories.engagement import make_public_partnership
from tests.factories.goals import make_goal
from tests.factories.surveys import make_survey, people

PAGES = {
    "": {"Organization"},
    "about/contact/": {"Organization"},
    "about/privacy/": {"Organization"},
    "about/accessibility/": {"Organization"},
    "follow/": {"Organization"},
    "orti/": {"Organization"},
    "orti/feedback/": {"Organization"},
    "orti/calendar/": {"Organization", "Event"},
    "orti/goals/1/": {"Organization"},
    "orti/activities/1/": {"Event"},
    "orti/activities/1/register/": {"Organization"},
    "orti/volunteering/1/": {"Organization", "Event"},
    "orti/volunteering/1/sign-up/": {"Organization"},
    "orti/surveys/1/": {"Organization"},
    "orti/surveys/2/results/": {"Organization"},
}


@pytest.fixture
def told(space, coordinator):
    """A public partnership with something of every kind on its pages; its name tries to end a script."""
    orti = make_public_partnership(name="Orti </script><b>", purpose="Three “gardens” & a well")
    announce(orti, coordinator, title="Walk through the park", place="Gate 2")
    make_shift(publish(orti, coordinator), coordinator)
    goal = make_goal(orti, visibility=Visibility.PUBLIC)
    type(goal).objects.filter(pk=goal.pk).update(state="active")
    make_survey(orti)
    people(make_survey(orti, state="published", published_on="2026-11-01"), 6, Q1="1")
    return orti


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("page", PAGES)
def test_page_is_read_back(told, client, page, language):
    answer = client.get(f"/p/borgo/{page}?lang={language}")
    assert answer.status_code == 200
    found = extruct.extract(answer.content.decode(), syntaxes=["json-ld", "opengraph"], errors="strict")
    assert {one["@type"] for one in found["json-ld"]} == PAGES[page]
    for one in found["json-ld"]:
        assert one["@context"] == "https://schema.org"
        assert one["name"]
        assert one["url"].startswith("http")
        if one["@type"] == "Event":
            assert one["startDate"] < one["endDate"]
            assert one["organizer"]["name"] == told.name
    card = dict(found["opengraph"][0]["properties"])
    assert card["og:title"]
    assert card["og:description"]
    assert card["og:url"].endswith(f"/p/borgo/{page}")
