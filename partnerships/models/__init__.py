"""Tables of partnerships."""

from partnerships.models.agreement import Agreement, AgreementVersion, Signature
from partnerships.models.member import PartnershipMember, Representative
from partnerships.models.partnership import Partnership
from partnerships.models.task import Task, TaskUpdate

__all__ = [
    "Agreement",
    "AgreementVersion",
    "Partnership",
    "PartnershipMember",
    "Representative",
    "Signature",
    "Task",
    "TaskUpdate",
]
