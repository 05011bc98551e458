"""What partners, staff, students and the public are paid for their time."""

TITLE = "Pay"
READING_ORDER = (
    "compensation_parity",
    "pay_shortfall",
    "median_hourly_gap",
    "mean_hourly_gap",
    "unpaid_hours_share",
    "unpaid_hours",
    "pre_award_paid_share",
    "at_rate_card_share",
    "below_living_wage_share",
    "no_comparator_share",
    "in_kind_given",
    "in_kind_received",
    "access_spend",
)
