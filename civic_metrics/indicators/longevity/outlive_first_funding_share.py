"""The share of partnerships that go on after their first funding ends."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.indicators.longevity import SPLITS
from civic_metrics.model import Better, Indicator, Unit, Variant

FACTS = """
-- one row per partnership
with
    first_award as (
        select partnership, from_on, max(to_on) as to_on
        from award
        where left_out is null
        group by partnership, from_on
        qualify from_on = min(from_on) over (partition by partnership)
    ),
    judged as (
        select
            relationship.*,
            first_award.from_on as funded_from_on,
            first_award.to_on as funded_to_on,
            {judged_on} as judged_on,
        from relationship
        left join first_award on first_award.partnership = relationship.partnership
    )
select
    partnership,
    lead_organisation as organisation,
    funded_to_on as happened_on,
    case
        when left_out is not null then left_out
        when funded_to_on is null then 'no funding with its first and last day'
        when funded_to_on >= $as_of then 'first funding has not ended yet'
        when judged_on >= $as_of then 'first funding ended too lately to tell'
        when recorded_from_on > funded_from_on then 'first funded before the register began'
    end as left_out,
    coalesce(quiet_caution, date_caution) as caution,
    null as pounds,
    ended_on is null or ended_on > judged_on as hit,
from judged
"""

INDICATOR = Indicator(
    id="outlive_first_funding_share",
    name="Outliving the first funding",
    question="What share of partnerships go on after their first funding ends?",
    unit=Unit.SHARE,
    better=Better.NEITHER,
    estimator=share(),
    facts=FACTS.format(judged_on="first_award.to_on"),
    splits=SPLITS,
    counts="partnerships",
    what=(
        "Of the partnerships whose first funding has ended, those that had not ended with it or "
        "before. The first funding is the one that began first; bids do not count. Partnerships "
        "funded before the register began are left out, since those that ended then are not in it."
    ),
    why=(
        "A relationship that ends with its grant was a project. The toolkit asks that partners are "
        "not taken up and dropped project by project."
    ),
    not_to_be_read_as=(
        "A promise that they went on for long: the figure beside it asks whether they were still "
        "going a year later. An end with the funding may have been what both sides planned."
    ),
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025); "
        "Wilson 1927"
    ),
    checked_on=date(2026, 11, 23),
    period_by=None,
    through_membership=True,
    variants=(
        Variant(
            "Still going a year after it ended",
            FACTS.format(judged_on="(first_award.to_on + interval 12 month)::date"),
        ),
    ),
)
