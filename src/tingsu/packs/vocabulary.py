"""The words a pack may use: events, units, pauses, languages. Standard library only, no I/O."""

from tingsu.core.clock import DUTIES, ENDS, ROLLS, STARTS, UNITS

__all__ = [
    "DUTIES",
    "ENDS",
    "EVENTS",
    "EXTENSION_KINDS",
    "FACTS",
    "LANGUAGES",
    "PAUSE_CAUSES",
    "ROLES",
    "ROLLS",
    "SEVERITIES",
    "STARTS",
    "TERMS",
    "UNITS",
    "WARN_UNITS",
    "WEEKDAYS",
]

LANGUAGES = ("zh-hans", "zh-hant", "en")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

EVENTS = frozenset(
    {
        # the life of a case
        "received",  # the complaint arrived
        "completed",  # what was missing has come in
        "asked_complete",  # the complainant was asked to complete it
        "accepted",
        "refused",
        "referred",  # sent down to a subordinate body, report due
        "transferred",  # handed over to another authority
        "investigating",
        "negotiating",
        "mediating",
        "executing",  # an agreement or a decision is being carried out
        "confirming",  # the result is with the complainant
        "mediation_ended",  # a decision to end mediation was made
        "decided",
        "replied",  # the complainant was told the result
        "closed",
        "reopened",
        "withdrawn",
        "cancelled",
        # towards others
        "reviewed",  # the first review was put to the head
        "ruled",  # the head has decided on it
        "notice_served",  # the acceptance notice reached the parties
        "respondent_notified",  # the respondent received the notice
        "respondent_answered",
        "parties_notified",  # both were told that mediation has ended
        "contacted",  # any word with the complainant
        # matters of one industry
        "fault_reported",
        "fault_repaired",
        "remedy_requested",  # replacement or refund asked for
        "remedy_answered",
        "remedy_done",
        "repair_started",
        "repair_finished",
        "loan_given",  # a car to use meanwhile, or travel money
        "goods_returned",  # the trader has them back
        "refunded",
        "appeal_received",  # by the regulator
        "appeal_completed",  # the regulator has the whole file
        "appeal_answered",
        "decision_received",
        "verification_requested",
        "verification_answered",
        "second_decision_received",  # the answer to the first verification
        "second_verification_requested",
        "second_verification_answered",
        "clue_found",  # of a breach of law, during mediation
        "clue_checked",
        "jurisdiction_disputed",
        "jurisdiction_settled",
        # before the complaint: what time bars run from
        "harm_known",
        "contract_ended",
        "goods_received",
    }
)

FACTS = (
    "category",  # the category was chosen
    "complainant",  # known by name
    "confirmed",  # the customer agreed with the result
    "contacted",  # a person spoke with the customer
    "contract",
    "instructed",  # what went to the head came back with a written instruction
    "order",
    "reason",  # the person says why
    "request",
    "respondent",  # the unit complained of is named
    "restated",  # the customer agreed with our summary
)
"""What a pack may ask for before a move, beyond what `core.lifecycle.needs` asks."""

PAUSE_CAUSES = frozenset({"testing", "hearing"})
"""testing: 鉴定、检测 of goods or service; hearing: 听证 on a letter or visit."""

ROLES = (
    "reception",
    "handler",
    "supervisor",
    "head",
    "inspector",
    "trainer",
    "respondent",
    "administrator",
    "auditor",
)
"""The roles of people.permission, which stands above packs; a test compares them."""

WARN_UNITS = ("wd", "cd", "h", "oh", "w")
EXTENSION_KINDS = ("by", "to")
SEVERITIES = ("ordinary", "serious", "major")
TERMS = ("case", "complainant", "respondent", "product", "service", "order", "contract", "place")
