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

DAYS_A_YEAR = 365.25
# What every figure about whole partnerships can be split by.
SPLITS = (
    "partnership",
    "organisation",
    "kind",
    "size",
    "theme",
    "lead_unit",
    "home_university",
    "place",
    "region",
    "country",
    "deprivation_fifth",
)
# Lives of partnerships; `ended_on` or, where quiet ones count as ended, `ended_or_quiet_on`.
FACTS = """
-- one row per partnership
select
    partnership,
    lead_organisation as organisation,
    started_on as happened_on,
    coalesce(
        left_out,
        case
            when recorded_from_on > coalesce({ended_on}, $as_of)
                then 'not in the register on that day'
        end
    ) as left_out,
    coalesce(quiet_caution, date_caution) as caution,
    null as pounds,
    greatest(coalesce({ended_on}, $as_of) - started_on, 0) as days,
    {ended_on} is not null as observed,
    entered,
from relationship
"""
QUIET_ENDED = (
    "Counting those with no payment, hours, review or activity in 12 months as ended when "
    "last heard of"
)
