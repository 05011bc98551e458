"""What partners, staff, students and the public are paid for their time."""

TITLE = "Pay"
READING_ORDER = ("compensation_parity", "median_hourly_gap", "unpaid_hours_share")
