"""What a space says and allows on its public pages, by API."""

from engagement.models import PublicSettings
from tests.factories.engagement import make_public_partnership, make_submission

API = "/s/borgo/api/v1/settings/public/"


def test_administrator_reads_and_changes_them_and_nobody_else(space, admin, coordinator, signed_in_as):
    browser = signed_in_as(admin)

    def change(**given):
        return browser.patch(API, given, content_type="application/json")

    assert browser.get(API).json()["extra_languages"] == []
    changed = change(extra_languages=["ro", "ar"], emergency_numbers="112 everything urgent")
    assert changed.json()["extra_languages"] == ["ar", "ro"]
    assert PublicSettings.objects.get().extra_languages == "ar,ro"
    assert change(telephone="0555 1").json()["emergency_numbers"] == "112 everything urgent"
    assert "emergency_numbers" in str(change(emergency_numbers="call us").json())
    assert change(extra_languages=["xx"]).status_code == 400
    assert signed_in_as(coordinator).get(API).status_code == 403


def test_words_of_danger_in_a_further_language_mark_a_message_of_that_language(space, admin, signed_in_as):
    words = {"extra_languages": ["ro"], "urgent_words": "Bătut\nmă amenință"}
    signed_in_as(admin).patch(API, words, content_type="application/json")
    orti = make_public_partnership()
    assert make_submission(orti, "Un copil este bătut", language="ro").is_urgent
    assert make_submission(orti, "Vecinul MĂ AMENINȚĂ", language="ro").is_urgent
    assert not make_submission(orti, "O bancă stricată", language="ro").is_urgent
    assert not make_submission(orti, "Un copil este bătut la joc", language="it").is_urgent
