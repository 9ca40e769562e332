from engagement.models import LoopFigure
from tests.factories.engagement import make_public_partnership, make_submission

API = "/s/borgo/api/v1/partnerships/orti/said/figures/"


def test_area_is_told_and_recorded(space, coordinator, signed_in_as, statements):
    orti = make_public_partnership()
    for _number in range(5):
        make_submission(orti, place="Rose Park")
    api = signed_in_as(coordinator)
    told = api.get(API).json()
    assert [(area["place"], area["received"], area["answered"]) for area in told["areas"]] == [("Rose Park", 5, 0)]
    assert api.post(API, {"place": "Nowhere"}, content_type="application/json").status_code == 400
    made = api.post(API, {"place": "rose park"}, content_type="application/json")
    assert made.status_code == 201
    assert {(one["kind"], one["place"]) for one in made.json()["figures"]} == {
        ("rate", "Rose Park"),
        ("days", "Rose Park"),
    }
    page = "/s/borgo/partnerships/orti/said/figures/"
    assert "recorded each quarter" in api.get(page).content.decode()
    api.post(f"{page}record/")
    assert LoopFigure.objects.count() == 4
