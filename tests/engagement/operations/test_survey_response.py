import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from core.models import AuditEvent, OutboxMail, StoredFile
from core.operations.rate import TooOftenError
from engagement.models import SurveyAnswer, SurveyInvitation, SurveyResponse
from engagement.operations.survey import SurveyRefusedError
from engagement.operations.survey_import import store_survey_file
from engagement.operations.survey_invitation import decline_invitation, invite_to_survey, remind_invited
from engagement.operations.survey_response import AnswersRefusedError, enter_answers, review_response, send_answers
from engagement.operations.survey_retention import SURVEY_FILES, SURVEY_INVITATIONS, SURVEY_WORDS
from engagement.operations.survey_words import add_subject, read_words, set_subjects
from engagement.queries.survey_invitation import invitation_with_token
from engagement.rules.limits import SENDING_FROM_ONE_NETWORK
from engagement.rules.survey_answer import Given
from engagement.rules.survey_form import Asked, Kind
from tests.factories.engagement import make_public_partnership
from tests.factories.surveys import answer, make_survey, sent

NOW = datetime(2026, 11, 29, 14, 37, 12, tzinfo=UTC)
RATINGS = [Asked(f"R{number}", Kind.RATING, "How?", "Come?") for number in range(6)]


@pytest.fixture
def orti(space):
    return make_public_partnership()


@pytest.fixture
def survey(orti):
    return make_survey(orti)


def test_answers_are_kept_without_address_name_or_exact_time(survey):
    events = AuditEvent.objects.count()
    response = answer(survey, now=NOW, Q1="3", Q2="4", Q3=Given(text="It is dark"))
    assert response.answered_hour == datetime(2026, 11, 29, 14, tzinfo=UTC)
    assert response.pk.version == 4
    assert {row.pk.version for row in SurveyAnswer.objects.all()} == {4}
    assert AuditEvent.objects.count() == events
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM engagement_surveyresponse t")
        assert "10.0." not in cursor.fetchone()[0]


def test_first_answer_freezes_the_words(survey):
    assert survey.versions.get().frozen_on is None
    answer(survey, now=NOW, Q1="1")
    assert survey.versions.get().frozen_on == NOW.date()


def test_same_form_sent_twice_is_one_answer(survey):
    one = sent()
    assert send_answers(survey=survey, sent=one, sent_from="a")
    assert not send_answers(survey=survey, sent=one, sent_from="b")
    assert SurveyResponse.objects.count() == 1
    # On another survey the same random name is another one.
    assert send_answers(survey=make_survey(survey.partnership), sent=one, sent_from="a")


def test_repeating_is_told_as_received_even_when_the_survey_is_over(survey):
    one = sent()
    send_answers(survey=survey, sent=one, sent_from="a")
    survey.state = "closed"
    survey.save()
    assert not send_answers(survey=survey, sent=one, sent_from="a")
    with pytest.raises(AnswersRefusedError):
        send_answers(survey=survey, sent=sent(), sent_from="a")


def test_answer_to_a_question_that_is_not_asked_is_not_kept(survey):
    response = answer(survey, Q1="1", Q3=Given(text="left over from before"))
    assert [row.question.code for row in response.answers.all()] == ["Q1"]


def test_impossible_answers_are_refused_and_nothing_is_kept(survey):
    with pytest.raises(ValidationError):
        answer(survey, Q1="9")
    assert SurveyResponse.objects.count() == 0
    assert survey.versions.get().frozen_on is None


def test_one_network_sends_only_so_often(survey):
    for _number in range(SENDING_FROM_ONE_NETWORK.most):
        send_answers(survey=survey, sent=sent(), sent_from="same", now=NOW)
    with pytest.raises(TooOftenError):
        send_answers(survey=survey, sent=sent(), sent_from="same", now=NOW)


def test_equal_answers_and_the_same_step_everywhere_wait_to_be_looked_at(orti, coordinator):
    survey = make_survey(orti, RATINGS)
    mixed = {"R0": "1", "R1": "2", "R2": "3", "R3": "4", "R4": "5"}
    first, second = answer(survey, **mixed), answer(survey, **mixed)
    straight = answer(survey, **dict.fromkeys(("R0", "R1", "R2", "R3", "R4"), "3"))
    nothing = answer(survey)
    assert [one.review for one in (first, second, straight, nothing)] == ["counted", "to_check", "to_check", "to_check"]
    assert [one.review_reason for one in (second, straight, nothing)] == ["same_answers", "straight", "no_answer"]
    assert review_response(response=second, review="counted", by=coordinator).review_reason == ""
    assert review_response(response=straight, review="set_aside", by=coordinator).review == "set_aside"
    with pytest.raises(AnswersRefusedError):
        review_response(response=straight, review="to_check", by=coordinator)
    survey.state = "published"
    survey.learned_en = "x"
    survey.save()
    with pytest.raises(AnswersRefusedError):
        review_response(response=nothing, review="set_aside", by=coordinator)


def test_paper_may_have_gaps_and_history_names_the_survey_only(orti, coordinator):
    survey = make_survey(
        orti, [Asked("Q1", Kind.SHORT, "Name a street", "Una via", is_required=True), *RATINGS], state="closed"
    )
    with pytest.raises(ValidationError):
        enter_answers(survey=survey, sent=sent({}, channel="assisted"), by=coordinator)
    assert enter_answers(survey=survey, sent=sent({"R0": Given(codes=("2",))}, channel="paper_entered"), by=coordinator)
    event = AuditEvent.objects.get(verb="survey.answers_entered")
    assert (event.subject_id, event.changes) == (survey.pk, {"channel": "paper_entered"})
    survey.state = "cleaned"
    survey.save()
    with pytest.raises(AnswersRefusedError):
        enter_answers(survey=survey, sent=sent(), by=coordinator)


def test_invited_people_get_a_link_each_that_is_good_once(orti, coordinator):
    survey = make_survey(orti, recruitment="invited_list")
    emails = ["anna@example.org", "ANNA@example.org ", "bea@example.org", ""]
    assert invite_to_survey(survey=survey, emails=emails, language="it", by=coordinator) == 2
    assert invite_to_survey(survey=survey, emails=emails, language="it", by=coordinator) == 0
    mails = list(OutboxMail.objects.filter(kind="survey_invitation").order_by("to"))
    assert [mail.to for mail in mails] == ["anna@example.org", "bea@example.org"]
    invitation = SurveyInvitation.objects.get(email="anna@example.org")
    assert invitation.token_hash not in mails[0].text
    with pytest.raises(AnswersRefusedError):
        answer(survey, Q1="1")
    answer(survey, invitation=invitation, Q1="1")
    with pytest.raises(AnswersRefusedError):
        answer(survey, invitation=invitation, Q1="2")
    assert SurveyResponse.objects.count() == 1


def test_who_did_not_use_the_link_is_reminded_once_after_three_days_by_a_link_that_opens_the_same(orti, coordinator):
    survey = make_survey(orti, recruitment="invited_list")
    day, emails = date(2026, 6, 1), [f"{name}@example.org" for name in ("anna", "bea", "carla")]
    invite_to_survey(survey=survey, emails=emails, language="en", by=coordinator, today=day)
    anna, bea, carla = SurveyInvitation.objects.order_by("email")
    answer(survey, invitation=anna, Q1="1")
    decline_invitation(invitation=bea)
    days = (2, 3, 9)
    assert [remind_invited(survey=survey, by=coordinator, today=day + timedelta(days=one)) for one in days] == [0, 1, 0]
    mail = OutboxMail.objects.get(subject__startswith="There is still time")
    assert (mail.to, "your link is not used yet" in mail.text) == (carla.email, True)
    (token,) = set(re.findall(r"/survey/([\w-]{20,})/", mail.text))
    assert invitation_with_token(token).get() == carla
    decline_invitation(invitation=carla)
    assert set(OutboxMail.objects.filter(kind="survey_invitation").exclude(to="").values_list("to", flat=True)) == {
        anna.email
    }
    survey.state = "closed"
    survey.save()
    with pytest.raises(SurveyRefusedError):
        remind_invited(survey=survey, by=coordinator)


def test_nothing_ties_an_answer_to_its_invitation(orti, coordinator):
    survey = make_survey(orti, recruitment="invited_list")
    invite_to_survey(survey=survey, emails=["anna@example.org"], language="en", by=coordinator)
    invitation = SurveyInvitation.objects.get()
    response = answer(survey, invitation=invitation, Q1="1")
    tables = ("engagement_surveyresponse", "engagement_surveyanswer", "core_auditevent")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s OR t::text LIKE %s",
                [f"%{invitation.pk}%", f"%{invitation.token_hash}%"],
            )
            assert cursor.fetchone()[0] == 0
        cursor.execute("SELECT count(*) FROM engagement_surveyinvitation t WHERE t::text LIKE %s", [f"%{response.pk}%"])
        assert cursor.fetchone()[0] == 0


def test_invitation_that_is_declined_forgets_address_and_mail(orti, coordinator):
    survey = make_survey(orti, recruitment="invited_list")
    invite_to_survey(survey=survey, emails=["anna@example.org"], language="en", by=coordinator)
    invitation = SurveyInvitation.objects.get()
    decline_invitation(invitation=invitation)
    decline_invitation(invitation=invitation)
    invitation.refresh_from_db()
    assert (invitation.email, invitation.is_used) == ("", True)
    mail = OutboxMail.objects.get(kind="survey_invitation")
    assert (mail.to, mail.text, mail.state) == ("", "", "dropped")
    again = {"survey": survey, "language": "en", "by": coordinator}
    assert invite_to_survey(emails=["Anna <ANNA@example.org>", "Bea Blu <bea@example.org>"], **again) == 1
    assert invite_to_survey(emails=["anna@example.org"], **again | {"survey": make_survey(orti)}) == 1
    assert list(OutboxMail.objects.exclude(to="").order_by("pk").values_list("to", flat=True)) == [
        "bea@example.org", "anna@example.org"
    ]  # fmt: skip


def test_nobody_is_invited_to_what_is_not_open_or_at_no_address(orti, coordinator):
    with pytest.raises(SurveyRefusedError):
        invite_to_survey(
            survey=make_survey(orti, state="draft"), emails=["a@example.org"], language="it", by=coordinator
        )
    with pytest.raises(ValidationError) as refused:
        invite_to_survey(survey=make_survey(orti), emails=["nobody", "a@b", "x"], language="it", by=coordinator)
    assert [message.split()[-1] for message in refused.value.messages] == ["nobody", "a@b", "x"]


def test_addresses_and_words_are_forgotten_in_time(orti, coordinator):
    survey = make_survey(orti)
    answer(survey, Q1="3", Q3=Given(text="Ask Anna"))
    invite_to_survey(survey=survey, emails=["anna@example.org"], language="it", by=coordinator)
    survey.state, survey.closed_on = "closed", NOW.date()
    survey.save()
    for keeping in (SURVEY_INVITATIONS, SURVEY_WORDS):
        before = NOW.date().replace(day=28)
        assert (keeping.due(before), keeping.forget(before)) == (0, 0)
        assert (keeping.due(NOW.date()), keeping.forget(NOW.date()), keeping.due(NOW.date())) == (1, 1, 0)
    assert not SurveyInvitation.objects.exclude(email="", declined_hash="").exists()
    assert not SurveyAnswer.objects.exclude(text="").exists()
    assert SurveyAnswer.objects.filter(question__code="Q1").get().codes == ["3"]


def test_file_that_nobody_took_over_is_removed_after_a_week(orti, coordinator):
    content = SimpleUploadedFile("answers.csv", b"Q1,Q2\nOften,4\n")
    stored = store_survey_file(partnership=orti, upload=content, by=coordinator)
    today = timezone.localdate()
    assert SURVEY_FILES.forget(today - timedelta(days=1)) == 0
    assert (SURVEY_FILES.due(today), SURVEY_FILES.forget(today), SURVEY_FILES.due(today)) == (1, 1, 0)
    assert not StoredFile.objects.filter(pk=stored.pk).exists()


def test_words_are_told_as_a_person_left_them(survey, coordinator):
    answer(survey, Q1="3", Q3=Given(text="Ask Dr. Rossi"))
    row = SurveyAnswer.objects.get(question__code="Q3")
    assert (row.reading, row.told_text) == ("unread", "")
    with pytest.raises(ValidationError):
        read_words(answer=row, told_text="  ", is_told=True, by=coordinator)
    assert read_words(answer=row, told_text="Ask […]", is_told=True, by=coordinator).told_text == "Ask […]"
    withheld = read_words(answer=row, told_text="Ask […]", is_told=False, by=coordinator)
    assert (withheld.reading, withheld.told_text, withheld.text) == ("withheld", "", "Ask Dr. Rossi")
    assert "Rossi" not in str(list(AuditEvent.objects.values_list("changes", flat=True)))


def test_subjects_are_noted_by_hand_and_only_those_of_the_question(survey, coordinator):
    answer(survey, Q1="3", Q3=Given(text="Dark"))
    row = SurveyAnswer.objects.get(question__code="Q3")
    light = add_subject(question=row.question, by=coordinator, label_en="Light")
    other = add_subject(question=SurveyAnswer.objects.get(question__code="Q1").question, by=coordinator, label_en="X")
    assert set_subjects(answer=row, subjects=[light.pk], by=coordinator) == 1
    assert set_subjects(answer=row, subjects=[light.pk], by=coordinator) == 1
    with pytest.raises(ValidationError):
        set_subjects(answer=row, subjects=[other.pk], by=coordinator)
    assert set_subjects(answer=row, subjects=[], by=coordinator) == 0
    with pytest.raises(ValidationError):
        add_subject(question=row.question, by=coordinator)
