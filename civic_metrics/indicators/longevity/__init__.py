"""How long relationships last, how they end and what they hang on."""

TITLE = "Longevity"
READING_ORDER = (
    "partnership_longevity",
    "five_year_survival",
    "ten_year_mean_length",
    "outlive_first_funding_share",
    "end_reasons",
    "gap_between_projects",
    "funded_months_share",
    "funding_awarded_share",
    "funding_awarded_pounds_share",
    "funding_received_share",
    "funding_received_pounds_share",
    "one_person_share",
    "fixed_term_share",
)
