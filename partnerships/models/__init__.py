"""Tables of partnerships."""

from partnerships.models.agreement import Agreement, AgreementVersion, Signature
from partnerships.models.communication import CommunicationLine, Update, UpdateStop
from partnerships.models.exit_step import ExitStep
from partnerships.models.governance import DecisionMethod, Position
from partnerships.models.member import PartnershipMember, Representative
from partnerships.models.partnership import Partnership
from partnerships.models.partnership_map import PartnershipMap
from partnerships.models.recognition import Recognition
from partnerships.models.resource_need import ResourceNeed
from partnerships.models.saved_kit import SavedKit
from partnerships.models.shelf import ShelfDocument, ShelfVersion
from partnerships.models.task import Task, TaskUpdate
from partnerships.models.thread import Comment, Thread
from partnerships.models.worry import Worry, WorryContact

__all__ = [
    "Agreement",
    "AgreementVersion",
    "Comment",
    "CommunicationLine",
    "DecisionMethod",
    "ExitStep",
    "Partnership",
    "PartnershipMap",
    "PartnershipMember",
    "Position",
    "Recognition",
    "Representative",
    "ResourceNeed",
    "SavedKit",
    "ShelfDocument",
    "ShelfVersion",
    "Signature",
    "Task",
    "TaskUpdate",
    "Thread",
    "Update",
    "UpdateStop",
    "Worry",
    "WorryContact",
]
