"""How long relationships last, with those still going counted."""

from datetime import date

from civic_metrics.estimators import survival
from civic_metrics.model import Better, Indicator, Unit, Variant

DAYS_A_YEAR = 365.25

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

INDICATOR = Indicator(
    id="partnership_longevity",
    name="Partnership longevity",
    question="How long do partnerships last?",
    unit=Unit.YEARS,
    better=Better.NEITHER,
    estimator=survival(scale=DAYS_A_YEAR),
    facts=FACTS.format(ended_on="ended_on"),
    splits=(
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
    ),
    counts="partnerships",
    what=(
        "The age by which half of partnerships have ended. Those still going count for as long as "
        "they have lasted so far; those already running when the register began count from then."
    ),
    why=(
        "Trust takes years. Partnerships created and then discarded project by project cost the "
        "small partner most."
    ),
    not_to_be_read_as=(
        "Longer is not always better: an ending planned together can be a success. It is not the "
        "average age of those that ended, which leaves out every one that lasts. A start known to "
        "the month or year counts from the middle of it."
    ),
    source="Kaplan and Meier 1958; late entry: Klein and Moeschberger 2003, section 4.6",
    checked_on=date(2026, 11, 23),
    verb="lasted",
    period_by=None,
    through_membership=True,
    variants=(
        Variant(
            "Counting those with no payment, hours, review or activity in 12 months as ended when "
            "last heard of",
            FACTS.format(ended_on="ended_or_quiet_on"),
        ),
    ),
)
