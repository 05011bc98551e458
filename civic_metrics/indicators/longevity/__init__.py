"""How long relationships last, how they end and what they hang on."""

TITLE = "Longevity"
READING_ORDER = ("partnership_longevity", "five_year_survival")
