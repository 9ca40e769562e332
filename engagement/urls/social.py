"""Addresses of the social media plan, of posts and of the consents they rest on."""

from django.urls import path

from engagement.api import picture_consent as consent_api
from engagement.api import post as post_api
from engagement.api import social_plan as plan_api
from engagement.views import picture_consent, post, post_calendar, post_step, social_plan

HERE = "partnerships/<slug:slug>/social/"
POST = f"{HERE}<int:number>/"
CHANNEL = f"{HERE}channels/<uuid:social_channel_id>/"
CONSENT = f"{HERE}consents/<uuid:picture_consent_id>/"

space_urlpatterns = [
    path(HERE, post.posts, name="post_list"),
    path(f"{HERE}new/", post.post_new, name="post_new"),
    path(f"{HERE}calendar/", post_calendar.post_calendar, name="post_calendar"),
    path(f"{HERE}calendar/download/", post_calendar.post_calendar_file, name="post_calendar_file"),
    path(f"{HERE}plan/", social_plan.social_plan, name="social_plan"),
    path(f"{HERE}plan/edit/", social_plan.social_plan_edit, name="social_plan_edit"),
    path(f"{HERE}plan/review/", social_plan.social_plan_review, name="social_plan_review"),
    path(f"{HERE}channels/new/", social_plan.social_channel_new, name="social_channel_new"),
    path(f"{CHANNEL}edit/", social_plan.social_channel_edit, name="social_channel_edit"),
    path(f"{CHANNEL}remove/", social_plan.social_channel_remove, name="social_channel_remove"),
    path(f"{HERE}consents/", picture_consent.picture_consents, name="picture_consent_list"),
    path(f"{HERE}consents/new/", picture_consent.picture_consent_new, name="picture_consent_new"),
    path(f"{CONSENT}withdraw/", picture_consent.picture_consent_withdraw, name="picture_consent_withdraw"),
    path(f"{CONSENT}download/", picture_consent.picture_consent_file, name="picture_consent_file"),
    path(POST, post.post_detail, name="post_detail"),
    path(f"{POST}edit/", post.post_edit, name="post_edit"),
    path(f"{POST}picture/", post.post_picture, name="post_picture"),
    path(f"{POST}partners/<uuid:post_mention_id>/", post.post_partner_agreed, name="post_partner_agreed"),
    path(f"{POST}approve/", post_step.post_approve, name="post_approve"),
    path(f"{POST}schedule/", post_step.post_schedule, name="post_schedule"),
    path(f"{POST}publish/", post_step.post_publish, name="post_publish"),
    path(f"{POST}review/", post_step.post_review, name="post_review"),
    path(f"{POST}withdraw/", post_step.post_withdraw, name="post_withdraw"),
    path(f"{POST}taken-down/", post_step.post_take_down, name="post_take_down"),
]

api_urlpatterns = [
    path(f"{HERE}plan/", plan_api.SocialPlanDetail.as_view(), name="api_social_plan"),
    path(f"{HERE}plan/review/", plan_api.SocialPlanReview.as_view(), name="api_social_plan_review"),
    path(f"{HERE}channels/", plan_api.SocialChannels.as_view(), name="api_social_channels"),
    path(CHANNEL, plan_api.SocialChannelDetail.as_view(), name="api_social_channel"),
    path(f"{HERE}consents/", consent_api.PictureConsents.as_view(), name="api_picture_consents"),
    path(f"{CONSENT}withdraw/", consent_api.PictureConsentWithdraw.as_view(), name="api_picture_consent_withdraw"),
    path(f"{HERE}posts/", post_api.PostList.as_view(), name="api_post_list"),
    path(f"{HERE}posts/<int:number>/", post_api.PostDetail.as_view(), name="api_post_detail"),
    path(f"{HERE}posts/<int:number>/picture/", post_api.PostPicture.as_view(), name="api_post_picture"),
    path(
        f"{HERE}posts/<int:number>/partners/<uuid:member_id>/",
        post_api.PostPartnerAgreed.as_view(),
        name="api_post_partner_agreed",
    ),
    path(f"{HERE}posts/<int:number>/approve/", post_api.PostApprove.as_view(), name="api_post_approve"),
    path(f"{HERE}posts/<int:number>/schedule/", post_api.PostSchedule.as_view(), name="api_post_schedule"),
    path(f"{HERE}posts/<int:number>/publish/", post_api.PostPublish.as_view(), name="api_post_publish"),
    path(f"{HERE}posts/<int:number>/reach/", post_api.PostReview.as_view(), name="api_post_reach"),
    path(f"{HERE}posts/<int:number>/withdraw/", post_api.PostWithdraw.as_view(), name="api_post_withdraw"),
    path(f"{HERE}posts/<int:number>/taken-down/", post_api.PostTakenDown.as_view(), name="api_post_taken_down"),
]
