"""Addresses of partnerships."""

from django.urls import path

from partnerships.api import agreement as agreement_api
from partnerships.api import kit as kit_api
from partnerships.api import member as member_api
from partnerships.api import partnership as partnership_api
from partnerships.api import partnership_map as map_api
from partnerships.api import resource_need as resource_need_api
from partnerships.api import task as task_api
from partnerships.views import (
    agreement,
    agreement_link,
    kit,
    member,
    partnership,
    partnership_map,
    representative,
    resource_need,
    scouting,
    signature,
    task,
    task_link,
    task_word,
)

HERE = "partnerships/<slug:slug>/"
MEMBER = f"{HERE}members/<uuid:member_id>/"
AGREEMENT = f"{HERE}agreements/<int:number>/"
VERSION = f"{AGREEMENT}versions/<int:version>/"
TASK = f"{HERE}tasks/<int:number>/"
NEED = f"{HERE}needs/<uuid:resource_need_id>/"

space_urlpatterns = [
    path("tasks/", task.own_tasks, name="my_tasks"),
    path("partnerships/", partnership.partnerships, name="partnership_list"),
    path("partnerships/new/", kit.partnership_new, name="partnership_new"),
    path("partnerships/kits/", kit.kits, name="kit_list"),
    path("partnerships/kits/<slug:code>/retire/", kit.kit_retire, name="kit_retire"),
    path("stakeholders/needs/", resource_need.needs, name="open_need_list"),
    path(HERE, partnership.partnership_detail, name="partnership_detail"),
    path(f"{HERE}kit/", kit.partnership_kit, name="partnership_kit"),
    path(f"{HERE}kit/renew/", kit.partnership_kit_renew, name="partnership_kit_renew"),
    path(f"{HERE}kit/save/", kit.partnership_kit_save, name="partnership_kit_save"),
    path(f"{HERE}edit/", partnership.partnership_edit, name="partnership_edit"),
    path(f"{HERE}move/", partnership.partnership_move, name="partnership_move"),
    path(f"{HERE}members/", member.members, name="member_list"),
    path(f"{HERE}members/add/", member.member_add, name="member_add"),
    path(MEMBER, member.member_detail, name="member_detail"),
    path(f"{MEMBER}edit/", member.member_edit, name="member_edit"),
    path(f"{MEMBER}move/", member.member_move, name="member_move"),
    path(f"{MEMBER}people/add/", representative.representative_new, name="representative_new"),
    path(
        f"{MEMBER}people/<uuid:representative_id>/invite/",
        representative.representative_invite,
        name="representative_invite",
    ),
    path(f"{MEMBER}people/<uuid:representative_id>/end/", representative.representative_end, name="representative_end"),
    path(f"{HERE}needs/", resource_need.resource_needs, name="resource_need_list"),
    path(f"{HERE}needs/new/", resource_need.resource_need_new, name="resource_need_new"),
    path(NEED, resource_need.resource_need_detail, name="resource_need_detail"),
    path(f"{NEED}edit/", resource_need.resource_need_edit, name="resource_need_edit"),
    path(f"{NEED}move/", resource_need.resource_need_move, name="resource_need_move"),
    path(f"{HERE}maps/", partnership_map.partnership_maps, name="partnership_maps"),
    path(f"{HERE}maps/<uuid:map_id>/remove/", partnership_map.partnership_map_remove, name="partnership_map_remove"),
    path(f"{HERE}scouting/", scouting.scouting, name="scouting"),
    path(f"{HERE}scouting/<uuid:stakeholder_id>/", scouting.scouting_first_steps, name="scouting_first_steps"),
    path(f"{HERE}tasks/", task.tasks, name="task_list"),
    path(f"{HERE}tasks/new/", task.task_new, name="task_new"),
    path(TASK, task.task_detail, name="task_detail"),
    path(f"{TASK}edit/", task.task_edit, name="task_edit"),
    path(f"{TASK}update/", task_word.task_update, name="task_update"),
    path(f"{TASK}date/", task_word.task_date_answer, name="task_date_answer"),
    path(f"{TASK}cancel/", task_word.task_cancel, name="task_cancel"),
    path(f"{TASK}link/", task_word.task_send_link, name="task_send_link"),
    path(f"{HERE}agreements/", agreement.agreements, name="agreement_list"),
    path(f"{HERE}agreements/new/", agreement.agreement_new, name="agreement_new"),
    path(AGREEMENT, agreement.agreement_detail, name="agreement_detail"),
    path(f"{AGREEMENT}edit/", agreement.agreement_edit, name="agreement_edit"),
    path(f"{AGREEMENT}share/", agreement.agreement_share, name="agreement_share"),
    path(f"{AGREEMENT}next/", agreement.agreement_next, name="agreement_next"),
    path(f"{AGREEMENT}open/", signature.agreement_open, name="agreement_open"),
    path(f"{AGREEMENT}answer/", signature.agreement_answer, name="agreement_answer"),
    path(f"{AGREEMENT}force/", signature.agreement_force, name="agreement_force"),
    path(f"{AGREEMENT}signatures/<uuid:signature_id>/remind/", signature.signature_remind, name="signature_remind"),
    path(
        f"{AGREEMENT}signatures/<uuid:signature_id>/withdraw/", signature.signature_withdraw, name="signature_withdraw"
    ),
]

link_urlpatterns = [
    path("agreement/<str:token>/", agreement_link.agreement_link, name="agreement_link"),
    path("agreement/<str:token>/renew/", agreement_link.agreement_link_renew, name="agreement_link_renew"),
    path("task/<str:token>/", task_link.task_link, name="task_link"),
    path("task/<str:token>/pass/", task_link.task_link_pass, name="task_link_pass"),
    path("task/<str:token>/renew/", task_link.task_link_renew, name="task_link_renew"),
    path("task/<str:token>/other/<uuid:task_id>/", task_link.task_link_other, name="task_link_other"),
]

api_urlpatterns = [
    path("kits/", kit_api.KitList.as_view(), name="api_kit_list"),
    path("partnerships/", partnership_api.PartnershipList.as_view(), name="api_partnership_list"),
    path(HERE, partnership_api.PartnershipDetail.as_view(), name="api_partnership_detail"),
    path(f"{HERE}move/", partnership_api.PartnershipMove.as_view(), name="api_partnership_move"),
    path(f"{HERE}members/", member_api.MemberList.as_view(), name="api_member_list"),
    path(f"{HERE}needs/", resource_need_api.ResourceNeedList.as_view(), name="api_resource_need_list"),
    path(NEED, resource_need_api.ResourceNeedDetail.as_view(), name="api_resource_need_detail"),
    path(f"{NEED}move/", resource_need_api.ResourceNeedMove.as_view(), name="api_resource_need_move"),
    path(
        f"{NEED}candidates/",
        resource_need_api.ResourceNeedCandidates.as_view(),
        name="api_resource_need_candidates",
    ),
    path(f"{HERE}maps/", map_api.PartnershipMapList.as_view(), name="api_partnership_map_list"),
    path(f"{HERE}maps/<uuid:map_id>/", map_api.PartnershipMapDetail.as_view(), name="api_partnership_map_detail"),
    path(f"{HERE}scouting/", resource_need_api.Scouting.as_view(), name="api_scouting"),
    path(f"{HERE}tasks/", task_api.TaskList.as_view(), name="api_task_list"),
    path(TASK, task_api.TaskDetail.as_view(), name="api_task_detail"),
    path(f"{TASK}updates/", task_api.TaskUpdates.as_view(), name="api_task_update"),
    path(f"{HERE}agreements/", agreement_api.AgreementList.as_view(), name="api_agreement_list"),
    path(VERSION, agreement_api.AgreementDetail.as_view(), name="api_agreement_detail"),
    path(f"{VERSION}answer/", agreement_api.AgreementAnswer.as_view(), name="api_agreement_answer"),
]
