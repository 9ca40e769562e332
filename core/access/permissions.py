"""Every permission of the product, one word each."""

from enum import StrEnum


class Permission(StrEnum):
    """What a role may do inside its scope. Views, rules and the API name one of these."""

    ADMINISTER_SPACE = "space.administer"
    READ_AUDIT = "audit.read"
    SEE_STAKEHOLDERS = "stakeholder.see"
    EDIT_STAKEHOLDERS = "stakeholder.edit"
    IMPORT_STAKEHOLDERS = "stakeholder.import"
    ASSESS_STAKEHOLDERS = "stakeholder.assess"
    EDIT_OWN_PROFILE = "profile.edit"
    HANDLE_PERSONAL_DATA = "person.data"
    CREATE_PARTNERSHIPS = "partnership.create"
    SEE_PARTNERSHIP = "partnership.see"
    EDIT_PARTNERSHIP = "partnership.edit"
    TAKE_PART = "partnership.take_part"
    SIGN_AGREEMENT = "agreement.sign"
    EDIT_GOALS = "goal.edit"
    ENDORSE_GOALS = "goal.endorse"
    PROPOSE_TASKS = "task.propose"
    ANSWER_TASKS = "task.answer"
    UPDATE_TASKS = "task.update"
    DEFINE_INDICATORS = "indicator.define"
    ENTER_MEASUREMENTS = "measurement.enter"
    VERIFY_MEASUREMENTS = "measurement.verify"
    SEE_FUNDING = "funding.see"
    EDIT_FUNDING = "funding.edit"
    ANSWER_RESIDENTS = "feedback.answer"
    PREPARE_REPORTS = "report.prepare"
    READ_SHARED_REPORTS = "report.read"
    SEE_REMINDERS = "reminder.see"


# What acts on a whole space, which a role in one partnership does not give.
OF_THE_SPACE = frozenset({Permission.IMPORT_STAKEHOLDERS})
