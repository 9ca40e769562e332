"""Which signatures an agreement of which kind allows (domain 12.1, R-A4)."""

from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from partnerships.models import InstrumentType, Signature

Method = Signature.Method
EVERY = frozenset(Method)
WRITTEN = frozenset({Method.PAPER_SCAN, Method.UPLOADED})
QUALIFIED = frozenset({Method.UPLOADED})
# What is not named may be signed in every way. Agreements between public bodies are void without a digital, advanced
# or qualified signature (art. 15, par. 2-bis, law 241/1990); conventions of public bodies are written acts.
METHODS: dict[str, frozenset[Method]] = {
    InstrumentType.PUBLIC_BODIES: QUALIFIED,
    InstrumentType.CO_DESIGN: WRITTEN,
    InstrumentType.ART_56: WRITTEN,
    InstrumentType.SCHOOL_WORK: WRITTEN,
    InstrumentType.PLACEMENT: WRITTEN,
    InstrumentType.UNIVERSITY: WRITTEN,
    InstrumentType.JOINT_VENTURE: WRITTEN,
    InstrumentType.GIFT: WRITTEN,
    InstrumentType.GIFT_WITH_BURDEN: WRITTEN,
}


def methods_for(instrument: str) -> frozenset[Method]:
    """The ways in which an agreement of a kind may be signed."""
    return METHODS.get(instrument, EVERY)


def can_sign_by(*, instrument: str, method: str) -> Verdict:
    """Whether an agreement of a kind may be signed in a way."""
    if method in methods_for(instrument):
        return ALLOWED
    if methods_for(instrument) == QUALIFIED:
        return Verdict(
            False, _("This kind of agreement needs a digital, advanced or qualified signature. Upload the signed file.")
        )
    return Verdict(False, _("This kind of agreement is signed on paper or in a file. Upload what was signed."))
