"""How long partners wait for their money, and what is owed to them."""

TITLE = "Payment"
READING_ORDER = (
    "time_to_payment",
    "time_to_payment_quarter",
    "time_to_payment_three_quarters",
    "still_unpaid_at_30_days",
    "still_unpaid_at_60_days",
    "still_unpaid_at_90_days",
    "overdue_now",
    "overdue_pounds",
    "average_days_to_pay",
    "median_days_to_pay",
    "paid_within_30_days",
    "paid_31_to_60_days",
    "paid_after_60_days",
    "paid_within_30_days_by_value",
    "paid_31_to_60_days_by_value",
    "paid_after_60_days_by_value",
    "late_share",
    "late_because_disputed_share",
    "paid_within_60_days",
    "small_paid_within_30_days",
    "statutory_interest",
    "fixed_sums",
    "days_work_to_paid",
    "days_work_to_invoice",
    "days_invoice_to_received",
    "days_received_to_approved",
    "days_approved_to_paid",
    "returned_share",
    "returned_invoices",
    "days_returned_to_paid",
    "paid_in_advance_share",
    "grant_days_from_due",
)

# What every invoice can be split by: whom it is for, what it is, where, and when.
SPLITS = (
    "partnership",
    "organisation",
    "kind",
    "size",
    "theme",
    "lead_unit",
    "home_university",
    "payee_role",
    "payment_kind",
    "place",
    "region",
    "country",
    "deprivation_fifth",
    "month",
    "quarter",
    "academic_year",
    "financial_year",
    "calendar_year",
)
# What stands on one day has no period, and what the law knows of one kind only no other kind.
WITHOUT_PERIODS = SPLITS[: SPLITS.index("month")]
WITHOUT_KIND = tuple(split for split in SPLITS if split != "payment_kind")
# A headline is for partners, set beside all other suppliers.
PARTNERS = {"payee_role": "partner"}
OTHERS = {"payee_role": "other supplier"}
