"""Words people write for "we do not have it", column by column.

A value the column itself offers as a choice ("not known") is not missing: it is that choice.
"""

from __future__ import annotations

from civic_metrics.contracts import Column
from civic_metrics.intake.naming import fold_words

WORDS = (
    "n/a", "na", "n.a.", "n.a", "#n/a", "n / a", "n\\a", "not applicable", "not available",
    "unknown", "not known", "not yet known", "unk", "n/k", "nk", "n.k.", "tbc", "t.b.c.", "tbd",
    "tba", "t.b.a.", "tbc.", "to be confirmed", "to be advised", "to be agreed",
    "to be announced", "to be decided", "to be determined", "not recorded", "not provided",
    "not given", "not supplied", "not held", "not set", "not disclosed", "n/r",
    "none recorded", "withheld", "personal data", "personal information", "none", "null", "nil",
    "nan", "nat", "<na>", "(blank)", "blank", "(none)", "(null)", "[blank]", "empty", "missing",
    "no data", "#value!", "#ref!", "#name?", "#div/0!", "#num!", "#null!", "#####",
)  # fmt: skip
# Nothing but marks: -, --, ?, ..., *** and the like.
MARKS = frozenset(mark * times for mark in "-‐–—−?._*/\\" for times in range(1, 11)) | {"?!", "-?"}
# Whatever follows it: "Redacted Personal Information", "[REDACTED]".
REDACTED = ("redacted", "[redacted", "(redacted", "*redacted")

# In a column of dates: what has not happened, and what programs write for no date at all.
NO_DATE = (
    "x", "xx", "xxx", "pending", "awaited", "awaiting", "outstanding", "not yet", "not paid",
    "not yet paid", "unpaid", "not received", "not yet received", "not approved", "in progress",
    "no date", "date unknown", "date tbc", "0", "00/00/0000", "0000-00-00", "00/01/1900",
    "1900-01-00",
)  # fmt: skip
# In a column of the day something ends: it has not.
STILL_GOING = (
    "ongoing", "on-going", "on going", "current", "currently", "present", "to present", "to date",
    "continuing", "continues", "still going", "still running", "open", "open ended", "open-ended",
    "no end date", "no end", "indefinite", "rolling", "active", "live", "9999-12-31",
    "31/12/9999", "2999-12-31", "31/12/2999",
)  # fmt: skip
ENDS = frozenset(
    {"ended_on", "planned_end_on", "to_on", "left_on", "applies_to", "contract_ends_on"}
)


def missing_words(column: Column) -> dict[str, str]:
    """The words and marks, in lower case, that stand for nothing in this column, with what they
    are read as."""
    # Accountants write - for nought, others for what they do not know.
    is_figures = column.type in ("number", "integer")
    unknown = "missing, not as 0" if is_figures else "missing"
    words = dict.fromkeys(WORDS, "missing") | dict.fromkeys(MARKS, unknown) | {"nil": unknown}
    if column.type == "date":
        words |= dict.fromkeys(NO_DATE, "missing")
        if column.name in ENDS:
            words |= dict.fromkeys(STILL_GOING, "no end yet")
    offered = {fold_words(choice) for choice in column.choices}
    return {word: said for word, said in words.items() if fold_words(word) not in offered}
