"""The share of going partnerships that both sides reviewed in the last 12 months."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per partnership
with
    asked as (
        select
            partnership,
            coalesce(bool_or(side = 'university'), false) as has_ours,
            coalesce(bool_or(side = 'partner'), false) as has_theirs,
        from review
        where reviewed_on > $as_of - interval 12 month
        group by partnership
    )
select
    partnership.partnership,
    lead_organisation as organisation,
    started_on as happened_on,
    case
        when ended_on is not null then 'the partnership has ended'
        when not exists (select 1 from review) then 'the records hold no review by that day'
    end as left_out,
    nullif(
        concat_ws(
            '; ',
            case
                when has_ours and not has_theirs then 'only the university answered'
                when has_theirs and not has_ours then 'only partners answered'
                when asked.partnership is null then 'nobody answered'
            end,
            case
                when started_on > $as_of - interval 12 month then 'begun less than a year ago'
            end
        ),
        ''
    ) as caution,
    null as pounds,
    coalesce(has_ours and has_theirs, false) as hit,
from partnership
left join asked on asked.partnership = partnership.partnership
"""

INDICATOR = Indicator(
    id="review_coverage_share",
    name="Reviewed by both sides",
    question="What share of partnerships did both sides review in the last 12 months?",
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
    ),
    counts="partnerships",
    what=(
        "Partnerships that have not ended and in which, in the 12 months up to the as-of date, "
        "both somebody of the university and somebody of a partner answered a review, as a share "
        "of all that have not ended."
    ),
    why=(
        "A partnership nobody asks about drifts. One that only the university reviews is marked "
        "by the side that holds the money."
    ),
    not_to_be_read_as=(
        "How good the reviews were, or what came of them. Talks that nobody recorded do not count."
    ),
    source="Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025)",
    checked_on=date(2026, 11, 23),
    period_by=None,
    through_membership=True,
    whole_only=True,
)
