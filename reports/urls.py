"""Addresses of reports."""

from django.urls import path

from reports.api import report as report_api
from reports.views import partner_feedback, partner_page, partner_values, partner_worry, public, reminder, report, start

space_urlpatterns = [
    path("", start.start, name="start"),
    path("reminders/", reminder.reminders, name="reminders"),
    path("asked/", partner_page.own_page, name="own_page"),
    path(
        "partnerships/<slug:slug>/members/<uuid:member_id>/people/<uuid:representative_id>/page/",
        partner_page.partner_page_send,
        name="partner_page_send",
    ),
    path("partnerships/<slug:slug>/reports/", report.reports, name="report_list"),
    path("partnerships/<slug:slug>/reports/new/", report.report_new, name="report_new"),
    path("partnerships/<slug:slug>/reports/<int:number>/", report.report_detail, name="report_detail"),
    path("partnerships/<slug:slug>/reports/<int:number>/publish/", report.report_publish, name="report_publish"),
    path("partnerships/<slug:slug>/reports/<int:number>/share/", report.report_share, name="report_share"),
    path(
        "partnerships/<slug:slug>/reports/<int:number>/share/<uuid:link_id>/end/",
        report.report_share_end,
        name="report_share_end",
    ),
    path(
        "partnerships/<slug:slug>/reports/<int:number>/report.<str:file_format>", report.report_file, name="report_file"
    ),
]

link_urlpatterns = [
    path("report/<str:token>/", public.report_shared, name="report_shared"),
    path("report/<str:token>/report.<str:file_format>", public.report_shared_file, name="report_shared_file"),
    path("partner/<str:token>/", partner_page.partner_page, name="partner_page"),
    path("partner/<str:token>/renew/", partner_page.partner_page_renew, name="partner_page_renew"),
    path(
        "partner/<str:token>/open/<slug:kind>/<uuid:item_id>/", partner_page.partner_page_open, name="partner_page_open"
    ),
    path("partner/<str:token>/numbers/", partner_values.partner_values, name="partner_values"),
    path("partner/<str:token>/value/<uuid:item_id>/", partner_page.partner_value, name="partner_value"),
    path("partner/<str:token>/worry/<slug:slug>/", partner_worry.partner_worry, name="partner_worry"),
    path("partner/<str:token>/together/<slug:slug>/", partner_feedback.partner_together, name="partner_together"),
    path("partner/<str:token>/heard/<uuid:item_id>/", partner_page.partner_heard, name="partner_heard"),
    path("reminders/<str:token>/", reminder.reminder_choice, name="reminder_choice"),
]

public_urlpatterns = [
    path("<slug:slug>/reports/<int:number>/", public.report_public, name="report_public"),
    path(
        "<slug:slug>/reports/<int:number>/report.<str:file_format>",
        public.report_public_file,
        name="report_public_file",
    ),
]

verify_urlpatterns = [path("<str:code>/", public.verify, name="verify")]

api_urlpatterns = [
    path("partnerships/<slug:slug>/reports/", report_api.ReportList.as_view(), name="api_report_list"),
    path("partnerships/<slug:slug>/reports/<int:number>/", report_api.ReportDetail.as_view(), name="api_report_detail"),
]
