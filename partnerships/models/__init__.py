"""Tables of partnerships."""

from partnerships.models.agenda import AgendaItem, MeetingAction
from partnerships.models.agreement import Agreement, AgreementVersion, InstrumentType
from partnerships.models.annex import AgreementAnnex
from partnerships.models.attendance import Attendance, ConflictOfInterest, HeardBack
from partnerships.models.clause import AgreementClause, ClauseRequest
from partnerships.models.closing import ClosingStep
from partnerships.models.commitment import Commitment
from partnerships.models.communication import CommunicationLine, Update, UpdateStop
from partnerships.models.decision import Decision, DecisionAudience, DecisionPosition
from partnerships.models.exit_step import ExitStep
from partnerships.models.governance import DecisionMethod, DecisionSubject, Position
from partnerships.models.meeting import Meeting, MeetingKind, MeetingSeries
from partnerships.models.member import PartnershipMember, Representative
from partnerships.models.minutes import Erratum, Minutes, MinutesApproval
from partnerships.models.partner_feedback import PartnerFeedback
from partnerships.models.partnership import Partnership
from partnerships.models.partnership_map import PartnershipMap
from partnerships.models.recognition import Recognition
from partnerships.models.resource_need import ResourceNeed
from partnerships.models.saved_kit import SavedKit
from partnerships.models.shelf import ShelfDocument, ShelfVersion
from partnerships.models.signal import Signal
from partnerships.models.signature import Signature
from partnerships.models.task import Task, TaskUpdate
from partnerships.models.task_plan import TaskCheck, TaskDependency, TaskEvidence
from partnerships.models.thread import Comment, Thread
from partnerships.models.worry import Worry, WorryContact

__all__ = [
    "AgendaItem",
    "Agreement",
    "AgreementAnnex",
    "AgreementClause",
    "AgreementVersion",
    "Attendance",
    "ClauseRequest",
    "ClosingStep",
    "Comment",
    "Commitment",
    "CommunicationLine",
    "ConflictOfInterest",
    "Decision",
    "DecisionAudience",
    "DecisionMethod",
    "DecisionPosition",
    "DecisionSubject",
    "Erratum",
    "ExitStep",
    "HeardBack",
    "InstrumentType",
    "Meeting",
    "MeetingAction",
    "MeetingKind",
    "MeetingSeries",
    "Minutes",
    "MinutesApproval",
    "PartnerFeedback",
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
    "Signal",
    "Signature",
    "Task",
    "TaskCheck",
    "TaskDependency",
    "TaskEvidence",
    "TaskUpdate",
    "Thread",
    "Update",
    "UpdateStop",
    "Worry",
    "WorryContact",
]
