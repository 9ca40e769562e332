"""Core's addresses; ``space_urlpatterns`` stand below ``/s/<tenant>/``."""

from django.urls import path

from core.views import audit, brand, health, home, invitation, job, mailbox, people, settings, signup, token
from core.web import components

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("language/", home.choose_language, name="set_language"),
    path("new/", signup.space_new, name="space_new"),
    path("demo/mail/", mailbox.mailbox, name="mailbox"),
    path("demo/mail/<uuid:mail_id>/", mailbox.mailbox_mail, name="mailbox_mail"),
    path("demo/components/", components.components, name="components"),
    path("p/<slug:tenant>/brand-<str:colour>.css", brand.brand, name="brand_css"),
    path("p/<slug:tenant>/logo/<uuid:file_id>", brand.logo, name="logo"),
    path("l/<slug:tenant>/invitation/<str:token>/", invitation.invitation, name="invitation"),
]

space_urlpatterns = [
    path("jobs/<uuid:job_id>/", job.job_progress, name="job_progress"),
    path("settings/", settings.space_settings, name="space_settings"),
    path("settings/people/", people.people, name="people"),
    path("settings/people/invite/", people.invite, name="people_invite"),
    path("settings/people/invitations/<uuid:invitation_id>/revoke/", people.invitation_revoke, name="invitation_revoke"),
    path("settings/people/grants/<uuid:grant_id>/take/", people.grant_take, name="grant_take"),
    path("settings/people/members/<uuid:user_id>/end/", people.member_end, name="member_end"),
    path("settings/history/", audit.history, name="history"),
    path("settings/tokens/", token.tokens, name="tokens"),
    path("settings/tokens/<uuid:token_id>/revoke/", token.token_revoke, name="token_revoke"),
]
