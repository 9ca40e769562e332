import pytest

from core.access.roles import Role
from partnerships.models import Partnership
from tests.factories.core import make_user
from tests.factories.partnerships import make_partnership

NEW = "/s/borgo/partnerships/new/"


def test_first_step_names_every_kit_in_one_sentence(space, coordinator, signed_in_as):
    page = signed_in_as(coordinator).get(NEW).content.decode()
    for words in ("Business and school", "Nonprofits and public bodies", "Community and university", "From scratch"):
        assert words in page


@pytest.mark.parametrize(("kit", "code", "mode"), [("BS", "BS", "full"), ("scratch", "", "light")])
def test_second_step_starts_the_partnership(space, coordinator, signed_in_as, kit, code, mode):
    browser = signed_in_as(coordinator)
    assert browser.get(f"{NEW}?kit={kit}").status_code == 200
    answer = browser.post(f"{NEW}?kit={kit}", {"name": "Scuola e lavoro", "purpose": "Students find a way."})
    made = Partnership.objects.get()
    assert answer["Location"] == f"/s/borgo/partnerships/{made.slug}/"
    assert (made.template_code, made.mode) == (code, mode)
    assert browser.get(answer["Location"]).status_code == 200


def test_kit_there_is_none_of_comes_back(space, coordinator, signed_in_as):
    assert signed_in_as(coordinator).get(f"{NEW}?kit=XX").status_code == 422
    assert signed_in_as(coordinator).post(f"{NEW}?kit=XX", {"name": "A"}).status_code == 422
    assert not Partnership.objects.exists()


def test_end_before_start_comes_back_with_what_was_typed(space, coordinator, signed_in_as):
    answer = signed_in_as(coordinator).post(
        f"{NEW}?kit=BS", {"name": "Kept", "starts_on": "2026-05-01", "ends_on": "2026-04-01"}
    )
    assert answer.status_code == 422
    assert b"Kept" in answer.content


def test_partner_starts_no_partnership(space, signed_in_as):
    own = make_partnership("own")
    partner = make_user("partner@borgo.example", role=Role.PARTNER_LEAD, scope=own.scope)
    assert signed_in_as(partner).get(NEW).status_code == 403
