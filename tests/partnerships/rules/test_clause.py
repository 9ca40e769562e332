import re
import uuid
from datetime import date

import pytest

from core.rules.bilingual import spoken
from partnerships.clauses.clause import GAP, Weight
from partnerships.clauses.library import CLAUSES, LIBRARY
from partnerships.kits.clause_drafts import drafts_of, facts_named_by
from partnerships.kits.kit import KitClause
from partnerships.kits.registry import KITS
from partnerships.models import AgreementClause, InstrumentType, Signature
from partnerships.rules.agreement import is_lapsed, last_order_asked, order_of_steps, reminder_of, renewed_until
from partnerships.rules.clause import (
    Completeness,
    Filled,
    Wording,
    completeness_of,
    fill,
    findings_of,
    one_line,
    parts_of,
    required_clauses,
    text_of_parts,
    wording_of,
)
from partnerships.rules.instrument import can_sign_by
from partnerships.rules.severity import blocking

# R-A1, by the numbers of domain 5.3.
REQUIRED = [1, 2, 3, 6, 8, 9, 10, 12, 16, 17, 26, 28, 29, 31, 32, 36]
TODAY = date(2026, 6, 15)


def words(code):
    return {"name": Filled("Borgo"), "goals": Filled("(goals: still to be written)", is_missing=True)}.get(code)


def parts(*wordings):
    return parts_of(wordings, words=words, second_words=words)


def test_library_has_thirty_six_clauses_with_every_text_in_both_languages():
    assert [clause.number for clause in CLAUSES] == list(range(1, 37))
    assert len(LIBRARY) == 36
    for clause in CLAUSES:
        for name in ("title", "guidance", "text"):
            english, italian = spoken(clause, name, "en"), spoken(clause, name, "it")
            assert english.strip()
            assert italian.strip()
            assert english != italian
        gaps = [set(GAP.findall(spoken(clause, "text", language))) for language in ("en", "it")]
        assert gaps[0] == gaps[1]


def test_required_clauses_are_those_of_the_rule_and_those_the_facts_ask_for():
    assert [clause.number for clause in required_clauses(())] == REQUIRED
    everything = required_clauses({"minors", "volunteers", "money", "research"})
    assert {clause.number for clause in everything} == {*REQUIRED, 14, 19, 22, 24}
    assert {clause.number for clause in required_clauses({"public_body"})} - {*REQUIRED} == {15, 34}


def test_gaps_are_filled_in_one_pass_and_unknown_ones_stay():
    assert fill("{name} {nobody} {goals}", words) == ("Borgo {nobody} (goals: still to be written)", ("goals",))
    assert fill("{name}", lambda _code: Filled("{name}")) == ("{name}", ())


def test_text_is_numbered_by_what_is_in_it():
    text = text_of_parts(parts(Wording("parties", "Parties", "{name}", False), Wording("own-1", "Tea", "Yes", False)))
    assert text == "## 1. Parties\n\nBorgo\n\n## 2. Tea\n\nYes\n"


def test_second_language_stands_beneath_as_a_quotation():
    (part,) = parts(Wording("scope", "Scope", "One\n\nTwo", False, "Ambito", "Uno\n\nDue"))
    assert part.text == "One\n\nTwo\n\n> **Ambito.** Uno\n>\n> Due"


def test_own_words_are_not_printed_beside_the_librarys_translation():
    clause = AgreementClause(tenant_id=1, code="scope", body="Our own")
    assert wording_of(clause, language="en", second_language="it").second_body == ""
    untouched = wording_of(AgreementClause(tenant_id=1, code="scope"), language="en", second_language="it")
    assert untouched.second_body == LIBRARY["scope"].text_it


@pytest.mark.parametrize(
    ("wording", "how_far"),
    [
        (Wording("scope", "Scope", LIBRARY["scope"].text_en, is_default=True), Completeness.DEFAULT),
        (Wording("scope", "Scope", "Our words", is_default=False), Completeness.FILLED),
        (Wording("purpose", "Purpose", "In {name}", is_default=True), Completeness.FILLED),
        (Wording("goals", "Goals", "{goals}", is_default=True), Completeness.MISSING),
        (Wording("own-1", "Own", "", is_default=False), Completeness.MISSING),
    ],
)
def test_completeness_by_clause(wording, how_far):
    assert completeness_of(parts(wording)[0]) is how_far


def test_missing_clause_stops_a_full_partnership_and_warns_a_light_one():
    written = [Wording(clause.code, clause.title_en, "Text", False) for clause in CLAUSES if clause.code != "interests"]
    findings = findings_of(parts(*written), facts=(), language="en")
    assert [str(finding.message) for finding in findings] == ["The clause “Conflicts of interest” is needed."]
    assert (len(blocking(findings, "full")), blocking(findings, "light")) == (1, [])


def test_open_gap_is_told_and_stops_nobody():
    findings = findings_of(parts(Wording("goals", "Goals", "{goals}", True)), facts=(), language="en")
    assert "R-A2" in {finding.code for finding in findings}
    assert "R-A2" not in {finding.code for finding in blocking(findings, "full")}


def test_data_cannot_format_or_break_a_clause():
    assert one_line("A *bold*\n## name [x](y)") == "A \\*bold\\* ## name \\[x](y)"


@pytest.mark.parametrize("kit", [kit for code, kit in KITS.items() if code], ids=lambda kit: kit.code)
def test_kit_words_stand_beneath_the_clause_they_belong_to(kit):
    facts = facts_named_by(kit.clauses)
    drafts = {draft.code: draft for draft in drafts_of(kit.clauses, language="it", needed=())}
    assert set(drafts) == set(LIBRARY)
    used = {code for code, draft in drafts.items() if draft.is_on}
    assert {clause.code for clause in required_clauses(facts)} - {"law"} <= used
    for clause in kit.clauses:
        if clause.adds_to:
            assert f"**{clause.title_it}.** {clause.text_it}" in drafts[clause.adds_to].body
    assert drafts["parties"].body == ""


def test_clause_of_a_kit_that_is_in_no_library_stands_before_the_signatures():
    drafts = drafts_of([KitClause("Tea", "Tè", "Yes", "Sì")], language="it", needed={"parties"})
    assert [(draft.title, draft.body, draft.is_on) for draft in drafts[-2:]] == [("Tè", "Sì", True), ("", "", False)]
    assert [draft.code for draft in drafts if draft.is_on] == ["parties", "own-1"]


def test_agreement_between_public_bodies_needs_a_signed_file():
    public = InstrumentType.PUBLIC_BODIES
    allowed = {method for method in Signature.Method if can_sign_by(instrument=public, method=method)}
    assert allowed == {Signature.Method.UPLOADED}
    intent = InstrumentType.INTENT
    assert all(can_sign_by(instrument=intent, method=method) for method in Signature.Method)
    assert not can_sign_by(instrument=InstrumentType.CO_DESIGN, method=Signature.Method.IN_APP)


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        ([(0, "waiting", True), (1, "waiting", True)], 0),
        ([(0, "signed", True), (1, "waiting", True)], 1),
        ([(0, "signed", True), (0, "requested", True), (1, "waiting", True)], 0),
        ([(0, "declined", True), (1, "waiting", True)], 0),
        ([(0, "void", True), (1, "waiting", True), (2, "waiting", True)], 1),
        ([(0, "requested", False), (1, "waiting", True), (2, "waiting", True)], 1),
        ([(0, "signed", True), (1, "waiting", False)], None),
        ([(0, "signed", True), (0, "signed", True)], None),
    ],
)
def test_those_of_a_step_are_asked_when_all_needed_before_have_signed(asked, last):
    assert last_order_asked(asked) == last


def test_steps_are_numbered_without_gaps_and_equal_ones_stay_equal():
    one, two, three = (uuid.uuid4() for _number in range(3))
    assert order_of_steps({one: 7, two: 2, three: 7}) == {one: 1, two: 0, three: 1}


@pytest.mark.parametrize(
    ("state", "valid_to", "renewal", "lapsed"),
    [
        ("in_force", date(2026, 6, 14), "none", True),
        ("in_force", date(2026, 6, 15), "none", False),
        ("in_force", None, "none", False),
        ("in_force", date(2026, 6, 14), "tacit", False),
        ("in_force", date(2026, 6, 14), "by_decision", True),
        ("expired", None, "none", True),
        ("superseded", date(2020, 1, 1), "none", False),
    ],
)
def test_agreement_lapses_after_its_last_day(state, valid_to, renewal, lapsed):
    assert is_lapsed(state=state, valid_to=valid_to, renewal=renewal, today=TODAY) is lapsed


@pytest.mark.parametrize(
    ("valid_to", "until"),
    [
        (date(2026, 6, 14), date(2027, 6, 14)),
        (date(2023, 6, 14), date(2027, 6, 14)),
        (date(2023, 7, 1), date(2026, 7, 1)),
        (date(2024, 2, 29), date(2027, 2, 28)),
    ],
)
def test_agreement_renewed_by_silence_goes_on_by_whole_years(valid_to, until):
    assert renewed_until(valid_to, today=TODAY) == until


@pytest.mark.parametrize(("days", "reminder"), [(91, None), (90, 90), (61, 90), (60, 60), (30, 30), (0, 30), (-5, 30)])
def test_reminders_come_ninety_sixty_and_thirty_days_before(days, reminder):
    day = date.fromordinal(TODAY.toordinal() + days)
    assert reminder_of(day, today=TODAY) == reminder


def test_no_text_of_the_library_breaks_a_paragraph_with_a_heading():
    assert not [clause.code for clause in CLAUSES if re.search(r"^#", clause.text_en + clause.text_it, re.MULTILINE)]
    assert sum(clause.weight is Weight.REQUIRED for clause in CLAUSES) == len(REQUIRED)
