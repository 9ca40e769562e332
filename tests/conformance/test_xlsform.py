"""Exported questionnaires are read by pyxform, the reference reader of XLSForm."""

from io import BytesIO

import pytest
from pyxform.xls2xform import convert

from engagement.rules.survey_form import Asked, Choice, Kind, Meaning
from tests.factories.engagement import make_public_partnership
from tests.factories.surveys import QUESTIONS, make_survey

CHOICES = (Choice("1", "A bench", "Una panchina"), Choice("2", "A lamp & a tree", "Un lampione"))
EVERY_KIND = (
    *QUESTIONS,
    Asked("S1", Kind.SECTION, "The park", "Il parco"),
    Asked("Q4", Kind.MULTI, "What is missing?", "Che cosa manca?", options=(*CHOICES, Choice("dk", "I don't know", "Non so", Meaning.DONT_KNOW))),
    Asked("Q5", Kind.YES_NO, "Do you come with children?", "Vieni con bambini?"),
    Asked("Q6", Kind.NUMBER, "How many?", "Quanti?", lowest=0, highest=20, asked_after="Q5", asked_if=("yes",)),
    Asked("Q7", Kind.SHORT, "Which street?", "Quale via?"),
    Asked("Q8", Kind.RANKING, "What comes first?", "Che cosa viene prima?", options=CHOICES),
    Asked("S2", Kind.SECTION, "You", "Tu"),
    Asked("Q9", Kind.SINGLE, "How old are you?", "Quanti anni hai?", options=CHOICES, is_required=True),
)  # fmt: skip


@pytest.mark.parametrize("languages", ["both", "it"])
def test_questionnaire_with_every_kind_of_question_is_accepted(space, coordinator, signed_in_as, languages):
    make_survey(make_public_partnership(), EVERY_KIND, languages=languages)
    workbook = signed_in_as(coordinator).get("/s/borgo/partnerships/orti/surveys/1/xlsform.xlsx").content
    warnings: list[str] = []
    form = convert(BytesIO(workbook), warnings=warnings, file_type=".xlsx").xform
    assert warnings == []
    for question in EVERY_KIND:
        assert f"{question.code}" in form
        assert question.text_it in form.replace("&amp;", "&")
