"""How partners decide: words that agreements, meetings and decisions share (domain 2.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DecisionMethod(models.TextChoices):
    """How a decision is taken. An agreement names the ones its partners allow (R-C8)."""

    CONSENT = "consent", _("Consent: nobody objects")
    CONSENSUS = "consensus", _("Consensus: everybody agrees")
    MAJORITY = "majority", _("Majority")
    QUALIFIED_MAJORITY = "qualified_majority", _("Qualified majority")
    DELEGATED = "delegated", _("Delegated to some of the partners")
    LEAD_PARTNER = "lead_partner", _("By the lead partner")


class DecisionSubject(models.TextChoices):
    """What a decision is about. An agreement may allow other ways of deciding for some of these (R-C8)."""

    WORK = "work", _("The work and its plan")
    GOALS = "goals", _("Goals and indicators")
    MONEY = "money", _("Money and means")
    MEMBERS = "members", _("Who takes part")
    AGREEMENT = "agreement", _("The agreement and its rules")
    PUBLIC = "public", _("What is said in public")
    FUTURE = "future", _("The future of the partnership")


class Position(models.IntegerChoices):
    """Where an organisation stands, in five steps (R-G7). No answer is not a position: silence is never consent."""

    ACTIVE_SUPPORT = 5, _("We will actively support it")
    SUPPORT_WITH_REMARKS = 4, _("We support it, with remarks")
    CAN_LIVE_WITH_IT = 3, _("We can live with it")
    NOT_YET = 2, _("Not yet: we need changes")
    OBJECTION = 1, _("We object, because…")
