"""Answers in reviews as parts of the scale they were asked on."""

from civic_metrics.derived.model import Derived

# "1 (strongly disagree) to 5 (strongly agree)", "0 to 10", "1-5": its first and its last number.
_NUMBER = r"(-?\d+(?:\.\d+)?)"
_SCALE = rf"^\s*{_NUMBER}\s*(?:[(=:][^0-9]*)?\s*(?:\bto\b|-|–|—|/)\s*{_NUMBER}"
# Both sides were asked in one round where their answers lie within half a year of each other:
# our own choice, so that a yearly review of one side is not set beside last year's of the other.
ROUND_DAYS = 183

SQL = f"""
    -- one row per answer to a statement, with its score as a part of the scale, 0 to 1
    with
        answer as (
            select
                review.*,
                try_cast(nullif(regexp_extract(scale, '{_SCALE}', 1), '') as double) as lowest,
                try_cast(nullif(regexp_extract(scale, '{_SCALE}', 2), '') as double) as highest,
            from review
        ),
        judged as (
            select
                *,
                case
                    when principle is null then 'about no principle'
                    when score is null then 'answered without a score'
                    when lowest is null or highest is null then 'the scale it was asked on is not stated in numbers'
                    when lowest >= highest then 'the scale it was asked on does not run from its lowest answer to its highest'
                    when score not between lowest and highest then 'the score lies outside its scale'
                end as left_out,
            from answer
        )
    select
        partnership,
        organisation,
        respondent,
        side,
        principle,
        statement,
        reviewed_on,
        left_out,
        case when left_out is null then (score - lowest) / (highest - lowest) end as scored,
        exists (
            select 1
            from judged as other
            where other.partnership = judged.partnership
                and other.principle = judged.principle
                and other.side <> judged.side
                and other.left_out is null
                and abs(other.reviewed_on - judged.reviewed_on) <= {ROUND_DAYS}
        ) as is_answered_by_both,
    from judged
"""

SCORED_ANSWER = Derived(SQL, needs=("review",))
