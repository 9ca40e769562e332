from fractions import Fraction

from partnerships.models import DecisionMethod
from partnerships.queries.governance import endorsement_terms_of, governance_of
from tests.factories.partnerships import make_agreement, make_partnership


def in_force(partnership, **fields):
    version = make_agreement(partnership)
    for name, value in {"state": "in_force", **fields}.items():
        setattr(version, name, value)
    version.save()
    return version


def test_without_an_agreement_in_force_every_way_of_deciding_is_open(space):
    partnership = make_partnership()
    in_force(partnership, state="ready_to_sign", quorum_percent=60)
    found = governance_of(partnership)
    assert (found.quorum_percent, found.methods, found.agreed_in) == (None, tuple(DecisionMethod), None)


def test_the_agreement_in_force_says_who_must_be_there_and_how(space):
    partnership = make_partnership()
    version = in_force(partnership, quorum_percent=60, decision_methods=["majority", "consent", "nonsense"])
    in_force(make_partnership("other"), quorum_percent=10)
    found = governance_of(partnership)
    assert found.quorum_percent == 60
    assert found.methods == (DecisionMethod.CONSENT, DecisionMethod.MAJORITY)
    assert found.agreed_in == version


def test_without_an_agreement_ten_days_two_thirds_and_one_voice_are_usual(space):
    partnership = make_partnership()
    in_force(partnership, quorum_percent=60)
    found = endorsement_terms_of(partnership)
    assert (found.days, found.share, found.voices, found.agreed_in) == (10, Fraction(2, 3), 1, None)


def test_the_agreement_in_force_says_what_adopting_a_goal_asks(space):
    partnership = make_partnership()
    version = in_force(partnership, endorsement_percent=75, endorsement_voices=0)
    in_force(make_partnership("other"), endorsement_days=3)
    found = endorsement_terms_of(partnership)
    assert (found.days, found.share, found.voices, found.agreed_in) == (10, Fraction(3, 4), 0, version)
