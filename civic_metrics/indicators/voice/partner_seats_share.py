"""The share of seats on boards and panels that partners hold."""

from datetime import date

from civic_metrics.estimators import ratio
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per board, committee or panel
with
    held as (
        select
            seat.*,
            coalesce(to_on < $as_of, false) as is_given_up,
            organisation in (select organisation from home_university) as is_ours,
        from seat
    ),
    body as (
        select
            body,
            partnership,
            min(from_on) as from_on,
            coalesce(sum(seats) filter (where not is_given_up), 0) as seats,
            coalesce(sum(seats) filter (where not is_given_up and not is_ours), 0) as theirs,
            coalesce(bool_and(is_given_up), false) as is_given_up,
            max(total_seats) filter (where not is_given_up) as total,
            count(distinct total_seats) filter (where not is_given_up) as totals,
            coalesce(
                bool_or(not is_given_up and not is_ours and seats_filled < seats), false
            ) as has_vacancy,
        from held
        group by body, partnership
    )
select
    body.partnership,
    lead_organisation as organisation,
    from_on as happened_on,
    case
        when ended_on is not null then 'the partnership has ended'
        when not exists (select 1 from home_university)
            then 'which organisation is the university is not recorded'
        when is_given_up then 'all seats recorded were given up'
        when total is null then 'how many seats it has in all is not known'
        when total = 0 then 'it has no seats'
        when seats > total then 'more seats are held than it is said to have'
    end as left_out,
    nullif(
        concat_ws(
            '; ',
            case when totals > 1 then 'its rows give different totals, the highest is counted' end,
            case when has_vacancy then 'some of the partners'' seats are empty' end
        ),
        ''
    ) as caution,
    null as pounds,
    theirs as numerator,
    total as denominator,
    coalesce(body.partnership, body) as cluster,
from body
left join partnership on partnership.partnership = body.partnership
"""

INDICATOR = Indicator(
    id="partner_seats_share",
    name="Partners' seats",
    question="What share of the seats where things are decided do partners hold?",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    estimator=ratio(),
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
    counts="boards and panels",
    what=(
        "Seats held on the as-of date by any organisation but the university, as a share of all "
        "seats of the boards, committees and panels recorded. One whose seats in all are not "
        "known is left out and counted."
    ),
    why="Whoever has no seat hears what was decided. Seats are the plainest form of a say.",
    not_to_be_read_as=(
        "Influence: one vote in three decides little where two sit together. A seat that nobody "
        "sits on counts as held, and is counted beside the figure. Seats of bodies that nobody "
        "wrote down are not in it, and seats whose holder is not recorded are nobody's here."
    ),
    source=(
        "Leicester Partnership News, July and August 2009 (seats of the voluntary sector); ratio "
        "of sums with linearised variance (Cochran 1977, section 6.3)"
    ),
    checked_on=date(2026, 11, 23),
    period_by=None,
    through_membership=True,
    whole_only=True,
)
