"""Who has a say, what each side thinks of it, and what came of what was agreed."""

TITLE = "Voice"
READING_ORDER = (
    "perception_gap",
    "review_score",
    "review_coverage_share",
    "days_since_review",
    "partner_seats_share",
    "shared_expectations_share",
    "priority_alignment",
    "payment_terms_told_share",
    "milestones_met_share",
    "findings_fed_back_share",
    "commitments_on_track_share",
    "commitments",
)
