import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from engagement.models import Post
from engagement.rules.picture_consent import ConsentFacts
from engagement.rules.post import (
    Consented,
    MentionFacts,
    PostFacts,
    Words,
    approving_findings,
    can_change,
    can_publish,
    can_schedule,
    needs_reason,
    own_approval_finding,
)
from engagement.rules.social_channel import FACTS, mail_address, share_address
from engagement.rules.social_plan import next_review
from partnerships.rules.severity import blocking

State = Post.State
DAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
ANNA = ConsentFacts("Anna", given_on=date(2026, 11, 1))


def draft(**facts):
    given = {"words": {"en": Words("Come")}, "people_shown": "nobody", **facts}
    return PostFacts(state=given.pop("state", State.DRAFT), **given)


def codes(**facts):
    return [finding.code for finding in approving_findings(draft(**facts), on=DAY)]


def test_plain_words_with_nobody_in_them_are_fine():
    assert codes() == []


def test_picture_is_described_in_each_language_it_goes_out_in():
    words = {"en": Words("Come", "A hall full of people"), "it": Words("Venite"), "ar": Words("", "")}
    (finding,) = approving_findings(draft(has_picture=True, words=words, names={"it": "Italian"}), on=DAY)
    assert (finding.code, "Italian" in str(finding.message)) == ("post alt text", True)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"people_shown": ""}, ["R-M2"]),
        ({"people_shown": "consented"}, ["R-M2"]),
        ({"people_shown": "consented", "consents": [ANNA]}, []),
        ({"consents": [ConsentFacts("Ugo", given_on=DAY, ended_on=DAY)]}, ["R-M2"]),
        ({"consents": [ConsentFacts("Ugo", given_on=DAY, expires_on=DAY - timedelta(days=1))]}, ["R-M2"]),
        ({"consents": [ConsentFacts("Ugo", given_on=DAY, expires_on=DAY)]}, []),
        ({"consents": [ConsentFacts("Ugo", given_on=DAY + timedelta(days=1))]}, ["R-M2"]),
        ({"consents": [ConsentFacts("Lia", is_minor=True, given_on=DAY)]}, ["R-M2-guardian"]),
        ({"consents": [ConsentFacts("Lia", is_minor=True, guardian="Her mother", given_on=DAY)]}, []),
        (
            {"consents": [ConsentFacts("Ugo", given_on=DAY, channel_id=uuid.uuid4())], "channel_id": uuid.uuid4()},
            ["R-M2"],
        ),
    ],
)
def test_people_are_shown_with_a_consent_that_holds(facts, expected):
    assert codes(**facts) == expected


@pytest.mark.parametrize(
    ("mention", "expected"),
    [
        (MentionFacts("Riva", Consented.YES), []),
        (MentionFacts("Riva", Consented.NO_AGREEMENT), ["clause 25 without agreement"]),
        (MentionFacts("Riva", Consented.UNREAD), ["clause 25 without agreement"]),
        (MentionFacts("Riva", Consented.NO_CLAUSE), ["clause 25"]),
        (MentionFacts("Riva", Consented.NOT_SIGNED), ["clause 25"]),
        (MentionFacts("Riva", Consented.NOT_SIGNED, agreed_how="Anna, by mail"), []),
        (MentionFacts("Riva", Consented.YES, shows_logo=True), ["clause 25 logo"]),
        (MentionFacts("Riva", Consented.YES, shows_logo=True, agreed_how="Anna, by mail"), []),
    ],
)
def test_partners_are_named_as_the_agreement_allows_or_as_they_agreed(mention, expected):
    assert codes(mentions=[mention]) == expected


def test_what_protects_people_stops_a_light_partnership_too_and_partners_are_only_advised_there():
    facts = draft(
        people_shown="", has_picture=True, mentions=[MentionFacts("Riva", Consented.NO_CLAUSE)],
        consents=[ConsentFacts("Lia", is_minor=True, given_on=DAY)],
    )  # fmt: skip
    findings = own_approval_finding(is_own=True) + approving_findings(facts, on=DAY)
    stopping = {mode: {finding.code for finding in blocking(findings, mode)} for mode in ("light", "full")}
    assert stopping["light"] == {"R-M2", "R-M2-guardian", "post alt text"}
    assert stopping["full"] == stopping["light"] | {"R-M1", "clause 25"}
    assert (needs_reason("light", is_own=True), needs_reason("light", is_own=False)) == (True, False)


def test_length_and_missing_languages_are_told_and_stop_nobody():
    facts = draft(kind="x", words={"en": Words("x" * 281)}, languages=["en", "it"], names={"it": "Italian"})
    findings = approving_findings(facts, on=DAY)
    assert [finding.code for finding in findings] == ["post languages", "post length"]
    assert blocking(findings, "full") == []
    assert codes(kind="x", words={"en": Words("x" * 280)}) == []


def test_steps_go_in_their_order():
    assert can_change(draft(state=State.SCHEDULED))
    assert not can_change(draft(state=State.PUBLISHED))
    ready = {"state": State.APPROVED, "kind": "facebook", "channel_id": uuid.uuid4(), "planned_at": NOW}
    assert can_schedule(draft(**ready), now=NOW - timedelta(minutes=1))
    assert not can_schedule(draft(**ready), now=NOW)
    assert not can_schedule(draft(**{**ready, "state": State.DRAFT}), now=NOW - timedelta(minutes=1))
    assert not can_publish(draft(**ready), link="")
    assert can_publish(draft(**{**ready, "kind": "notice_board"}), link="")
    assert not can_publish(draft(**{**ready, "state": State.DRAFT}), link="https://x.example")


def test_share_addresses_carry_words_and_page_whole():
    page, words = "https://t.example/p/a/?x=1&y=2", "Is it £5 & free? 100 %"
    assert share_address("facebook", text=words, url=page) == (
        "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Ft.example%2Fp%2Fa%2F%3Fx%3D1%26y%3D2"
    )
    assert "text=Is%20it%20%C2%A35%20%26%20free%3F%20100%20%25&url=https%3A%2F%2Ft" in share_address(
        "x", text=words, url=page
    )
    assert share_address("mastodon", text="a", url=page, channel_url="https://social.example/@us").startswith(
        "https://social.example/share?text=a%0Ahttps"
    )
    assert share_address("mastodon", text="a", url=page) == ""
    assert share_address("facebook", text="a", url="") == ""
    assert mail_address(subject="A\r\nBcc: x", text="a\nb", url=page).startswith(
        "mailto:?subject=A%0D%0ABcc%3A%20x&body=a%0D%0Ab"
    )


def test_every_kind_of_channel_is_known():
    from engagement.models import SocialChannel

    assert set(FACTS) == set(SocialChannel.Kind)


def test_plan_is_read_through_a_year_later_also_from_a_leap_day():
    assert (next_review(date(2026, 5, 3)), next_review(date(2028, 2, 29))) == (date(2027, 5, 3), date(2029, 2, 28))
