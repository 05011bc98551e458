"""Where the money and the work go, and to whom."""

TITLE = "Reach and money"
READING_ORDER = (
    "partnerships_active",
    "partnerships_begun",
    "partnerships_ended",
    "partner_mix",
    "partner_spend",
    "partner_spend_share",
    "spend_per_head",
    "spend_in_most_deprived_fifth_share",
    "activities",
    "attendance",
    "accessible_venues_share",
    "hebci_activities",
    "hebci_attendance",
    "hebci_staff_hours",
)
