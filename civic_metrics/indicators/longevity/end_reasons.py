"""Why partnerships end, an end that both sides chose apart from the others."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.model import Better, Indicator, Unit, Variant

FACTS = """
-- one row per partnership
select
    partnership,
    lead_organisation as organisation,
    end_reason,
    ended_on as happened_on,
    case
        when ended_on is null then 'still going'
        when {agreed} then null
        when coalesce(end_reason, 'not known') = 'not known' then 'why it ended is not recorded'
    end as left_out,
    null as caution,
    null as pounds,
    coalesce(end_reason in ('planned together', 'purpose met'), false) or {agreed} as hit,
from relationship
"""

INDICATOR = Indicator(
    id="end_reasons",
    name="Ended by plan",
    question="What share of the partnerships that ended had met their purpose or planned to end?",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    estimator=share(),
    facts=FACTS.format(agreed="false"),
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
        "end_reason",
        "academic_year",
        "financial_year",
        "calendar_year",
    ),
    counts="partnerships",
    what=(
        "Of the partnerships that ended for a reason the records state, those whose purpose was "
        "met or whose end was planned together. The others ended because funding ended, staff "
        "left, a partner closed or one side withdrew; split by reason to see each."
    ),
    why=(
        "Partnerships need not last for ever. What matters to a partner is whether the end was "
        "theirs too, or happened to them."
    ),
    not_to_be_read_as=(
        "How often partnerships end: that is their longevity. Ends with no reason recorded are "
        "left out and counted, and the reason is as one side wrote it down."
    ),
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025); "
        "Wilson 1927"
    ),
    checked_on=date(2026, 11, 23),
    period_by="ended",
    through_membership=True,
    variants=(
        Variant(
            "Counting also those where both sides had agreed before the end how it would end",
            FACTS.format(agreed="coalesce(ending_planned_on <= ended_on, false)"),
        ),
    ),
)
