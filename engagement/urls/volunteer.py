"""Addresses of volunteer work, of those who do it, and of what worries them."""

from django.urls import path

from engagement.api import volunteer as volunteer_api
from engagement.api import volunteer_document as document_api
from engagement.api import volunteer_people as people_api
from engagement.api import volunteer_shift as shift_api
from engagement.views import concern, public_volunteer, volunteer, volunteer_opportunity

HERE = "partnerships/<slug:slug>/volunteering/"
OPPORTUNITY = f"{HERE}<int:number>/"
SIGNUP = f"{OPPORTUNITY}roster/<uuid:signup_id>/"
HOURS = f"{OPPORTUNITY}hours/<uuid:hours_entry_id>/"
VOLUNTEER = f"{HERE}people/<uuid:volunteer_id>/"
REGISTER = f"{HERE}register/"
CONCERN = "concerns/<uuid:concern_id>/"
PUBLIC_OPPORTUNITY = "<slug:slug>/volunteering/<int:number>/"

space_urlpatterns = [
    path("concerns/", concern.concerns, name="concern_list"),
    path(CONCERN, concern.concern_detail, name="concern_detail"),
    path(f"{CONCERN}read/", concern.concern_read, name="concern_read"),
    path(f"{CONCERN}close/", concern.concern_close, name="concern_close"),
    path(HERE, volunteer_opportunity.opportunities, name="opportunity_list"),
    path(f"{HERE}new/", volunteer_opportunity.opportunity_new, name="opportunity_new"),
    path(f"{HERE}people/", volunteer.volunteers, name="volunteer_list"),
    path(VOLUNTEER, volunteer.volunteer_file, name="volunteer_file"),
    path(f"{VOLUNTEER}certify/", volunteer.volunteer_certify, name="volunteer_certify"),
    path(
        f"{VOLUNTEER}certificates/<uuid:certificate_id>/download/",
        volunteer.volunteer_certificate,
        name="volunteer_certificate",
    ),
    path(f"{VOLUNTEER}register/", volunteer.volunteer_register_enter, name="volunteer_register_enter"),
    path(REGISTER, volunteer.volunteer_register, name="volunteer_register"),
    path(f"{REGISTER}table/download/", volunteer.volunteer_register_csv, name="volunteer_register_csv"),
    path(f"{REGISTER}make/", volunteer.volunteer_register_render, name="volunteer_register_render"),
    path(f"{REGISTER}download/", volunteer.volunteer_register_file, name="volunteer_register_file"),
    path(f"{REGISTER}<uuid:register_entry_id>/end/", volunteer.volunteer_register_end, name="volunteer_register_end"),
    path(OPPORTUNITY, volunteer_opportunity.opportunity_detail, name="opportunity_detail"),
    path(f"{OPPORTUNITY}edit/", volunteer_opportunity.opportunity_edit, name="opportunity_edit"),
    path(f"{OPPORTUNITY}publish/", volunteer_opportunity.opportunity_publish, name="opportunity_publish"),
    path(f"{OPPORTUNITY}pause/", volunteer_opportunity.opportunity_pause, name="opportunity_pause"),
    path(f"{OPPORTUNITY}close/", volunteer_opportunity.opportunity_close, name="opportunity_close"),
    path(f"{OPPORTUNITY}archive/", volunteer_opportunity.opportunity_archive, name="opportunity_archive"),
    path(f"{OPPORTUNITY}shifts/new/", volunteer_opportunity.shift_new, name="shift_new"),
    path(f"{OPPORTUNITY}shifts/<uuid:shift_id>/cancel/", volunteer_opportunity.shift_cancel, name="shift_cancel"),
    path(f"{OPPORTUNITY}roster/", volunteer_opportunity.roster, name="roster"),
    path(f"{OPPORTUNITY}roster/table/download/", volunteer_opportunity.roster_csv, name="roster_csv"),
    path(f"{SIGNUP}accept/", volunteer_opportunity.signup_accept, name="signup_accept"),
    path(f"{SIGNUP}decline/", volunteer_opportunity.signup_decline, name="signup_decline"),
    path(f"{SIGNUP}cancel/", volunteer_opportunity.signup_cancel, name="signup_cancel"),
    path(f"{SIGNUP}in/", volunteer_opportunity.signup_check_in, name="signup_check_in"),
    path(f"{SIGNUP}attended/", volunteer_opportunity.signup_attended, name="signup_attended"),
    path(f"{SIGNUP}absent/", volunteer_opportunity.signup_no_show, name="signup_no_show"),
    path(f"{HOURS}confirm/", volunteer.hours_entry_confirm, name="hours_entry_confirm"),
    path(f"{HOURS}query/", volunteer.hours_entry_query, name="hours_entry_query"),
    path(f"{HOURS}reject/", volunteer.hours_entry_reject, name="hours_entry_reject"),
]

public_urlpatterns = [
    path(PUBLIC_OPPORTUNITY, public_volunteer.public_opportunity, name="public_opportunity"),
    path(f"{PUBLIC_OPPORTUNITY}sign-up/", public_volunteer.volunteer_sign_up, name="volunteer_sign_up"),
    path(f"{PUBLIC_OPPORTUNITY}concern/", public_volunteer.opportunity_concern, name="opportunity_concern"),
]

link_urlpatterns = [
    path("volunteer/<str:token>/", public_volunteer.volunteer_page, name="volunteer_page"),
    path(
        "volunteer/<str:token>/certificate/<uuid:certificate_id>/",
        public_volunteer.volunteer_certificate_file,
        name="volunteer_certificate_file",
    ),
    path("guardian/<str:token>/", public_volunteer.volunteer_guardian, name="volunteer_guardian"),
    path("hours/<str:token>/", public_volunteer.hours_confirm, name="hours_confirm"),
]

api_urlpatterns = [
    path(HERE, volunteer_api.OpportunityList.as_view(), name="api_opportunity_list"),
    path(OPPORTUNITY, volunteer_api.OpportunityDetail.as_view(), name="api_opportunity_detail"),
    path(f"{OPPORTUNITY}publish/", volunteer_api.OpportunityPublish.as_view(), name="api_opportunity_publish"),
    path(f"{OPPORTUNITY}pause/", volunteer_api.OpportunityPause.as_view(), name="api_opportunity_pause"),
    path(f"{OPPORTUNITY}close/", volunteer_api.OpportunityClose.as_view(), name="api_opportunity_close"),
    path(f"{OPPORTUNITY}archive/", volunteer_api.OpportunityArchive.as_view(), name="api_opportunity_archive"),
    path(f"{OPPORTUNITY}shifts/", shift_api.ShiftList.as_view(), name="api_shift_list"),
    path(f"{OPPORTUNITY}shifts/<uuid:shift_id>/cancel/", shift_api.ShiftCancel.as_view(), name="api_shift_cancel"),
    path(f"{OPPORTUNITY}roster/", volunteer_api.Roster.as_view(), name="api_roster"),
    path(f"{SIGNUP}accept/", volunteer_api.SignupAccept.as_view(), name="api_signup_accept"),
    path(f"{SIGNUP}decline/", volunteer_api.SignupDecline.as_view(), name="api_signup_decline"),
    path(f"{SIGNUP}cancel/", volunteer_api.SignupCancel.as_view(), name="api_signup_cancel"),
    path(f"{SIGNUP}presence/", volunteer_api.SignupPresence.as_view(), name="api_signup_presence"),
    path(f"{OPPORTUNITY}hours/", volunteer_api.HoursList.as_view(), name="api_hours_list"),
    path(f"{HOURS}confirm/", volunteer_api.HoursConfirm.as_view(), name="api_hours_confirm"),
    path(f"{HOURS}query/", volunteer_api.HoursQuery.as_view(), name="api_hours_query"),
    path(f"{HOURS}reject/", volunteer_api.HoursReject.as_view(), name="api_hours_reject"),
    path(f"{HERE}people/", people_api.VolunteerList.as_view(), name="api_volunteer_list"),
    path(VOLUNTEER, people_api.VolunteerDetail.as_view(), name="api_volunteer_detail"),
    path(f"{VOLUNTEER}certificates/", document_api.CertificateList.as_view(), name="api_certificate_list"),
    path(
        f"{VOLUNTEER}certificates/<uuid:certificate_id>/file/",
        document_api.CertificateFile.as_view(),
        name="api_certificate_file",
    ),
    path(REGISTER, people_api.RegisterList.as_view(), name="api_register_list"),
    path(f"{REGISTER}<uuid:register_entry_id>/end/", people_api.RegisterEnd.as_view(), name="api_register_end"),
    path(f"{REGISTER}document/", document_api.RegisterDocument.as_view(), name="api_register_document"),
    path(f"{REGISTER}document/file/", document_api.RegisterDocumentFile.as_view(), name="api_register_document_file"),
    path(f"{REGISTER}table/", document_api.RegisterTable.as_view(), name="api_register_table"),
    path("concerns/", people_api.ConcernList.as_view(), name="api_concern_list"),
    path(CONCERN, people_api.ConcernDetail.as_view(), name="api_concern_detail"),
    path(f"{CONCERN}read/", people_api.ConcernRead.as_view(), name="api_concern_read"),
    path(f"{CONCERN}close/", people_api.ConcernClose.as_view(), name="api_concern_close"),
]
