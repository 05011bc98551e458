"""The share of activities whose findings were told to those who took part."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per activity
select
    activity.partnership,
    lead_organisation as organisation,
    held_on as happened_on,
    hebci_heading as heading,
    case
        when not exists (select 1 from activity where findings_shared_on is not null)
            then 'the records never say when findings were shared'
        when findings_shared_on < held_on then 'shared before it was held'
    end as left_out,
    case
        when findings_shared_on is null and held_on > $as_of - interval 6 month
            then 'held in the last six months, so that there is still time'
    end as caution,
    null as pounds,
    findings_shared_on is not null as hit,
from activity
left join partnership on partnership.partnership = activity.partnership
"""

INDICATOR = Indicator(
    id="findings_fed_back_share",
    name="Findings fed back",
    question="After what share of activities were those who took part told what was found?",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    estimator=share(),
    facts=FACTS,
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
        "heading",
        "month",
        "quarter",
        "academic_year",
        "financial_year",
        "calendar_year",
    ),
    counts="activities",
    what=(
        "Activities with a day on which what was found was shared with those who took part, as a "
        "share of all activities held by the as-of date. Those held in the last six months with no "
        "such day yet count as not shared, and are counted beside the figure."
    ),
    why="People who give their evening to research seldom hear what came of it.",
    not_to_be_read_as=(
        "A duty everywhere: a concert finds nothing, and counts here as not shared; split by "
        "heading. It does not say how soon, how well or in what language people were told."
    ),
    source="Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025)",
    checked_on=date(2026, 11, 23),
    period_by="held",
    through_membership=True,
)
