"""How long partners wait for their money, and what is owed to them."""

TITLE = "Payment"
READING_ORDER = (
    "time_to_payment",
    "average_days_to_pay",
    "median_days_to_pay",
    "paid_within_30_days",
)
