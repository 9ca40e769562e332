"""Core's addresses; ``space_urlpatterns`` stand below ``/s/<tenant>/``."""

from django.urls import path

from core.api import me, openapi
from core.api import retention as retention_api
from core.views import (
    account,
    audit,
    brand,
    health,
    home,
    invitation,
    job,
    mail,
    mailbox,
    people,
    retention,
    settings,
    signup,
    token,
)
from core.web import components

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("language/", home.choose_language, name="set_language"),
    path("accounts/", account.account_settings, name="account_settings"),
    path("new/", signup.space_new, name="space_new"),
    path("api/schema/", openapi.schema, name="schema"),
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
    path("settings/retention/", retention.retention, name="retention"),
    path("settings/people/", people.people, name="people"),
    path("settings/people/invite/", invitation.invite, name="people_invite"),
    path(
        "settings/people/invitations/<uuid:invitation_id>/revoke/",
        invitation.invitation_revoke,
        name="invitation_revoke",
    ),
    path("settings/people/<uuid:user_id>/", people.person_detail, name="person_detail"),
    path("settings/people/grants/<uuid:grant_id>/take/", people.grant_take, name="grant_take"),
    path("settings/people/<uuid:user_id>/end/", people.member_end, name="member_end"),
    path("settings/history/", audit.history, name="history"),
    path("settings/mail/", mail.unsent_mail, name="unsent_mail"),
    path("settings/mail/<uuid:mail_id>/again/", mail.mail_again, name="mail_again"),
    path("settings/tokens/", token.tokens, name="tokens"),
    path("settings/tokens/<uuid:token_id>/revoke/", token.token_revoke, name="token_revoke"),
]

api_urlpatterns = [
    path("me/", me.Me.as_view(), name="api_me"),
    path("retention/", retention_api.Retention.as_view(), name="api_retention"),
    path("schema/", openapi.schema, name="api_schema"),
]
