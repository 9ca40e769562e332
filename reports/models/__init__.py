"""Tables of reports."""

from reports.models.delivery import Delivery, ReminderPreference
from reports.models.report import ImpactReport, ReportDownload, ReportReply

__all__ = ["Delivery", "ImpactReport", "ReminderPreference", "ReportDownload", "ReportReply"]
