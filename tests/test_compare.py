"""A figure beside others, and why it changed, counted in the head and by a second route."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics.compute import Unanswerable, figure
from civic_metrics.compute.compare import Against, beside, compare, direction
from civic_metrics.compute.mixing import mix_and_rate, why_moved
from civic_metrics.compute.why import Cause, why_changed
from civic_metrics.ledger import undo
from civic_metrics.model import Better, Figure, Role, Status, Viewer
from civic_metrics.scope import NotInScope

TO_MARCH = date(2024, 3, 31)
SHARE = "paid_within_30_days"
MEAN = "average_days_to_pay"
PARTNERS = {"payee_role": ("partner",)}


def paid(ref, days, *, on="2024-02-20", **more):
    """An invoice for £100 paid on a day, so many days after it came."""
    day = date.fromisoformat(on)
    return {
        "payee": "a",
        "invoice_ref": ref,
        "partnership": "p",
        "received_on": date.fromordinal(day.toordinal() - days),
        "paid_on": day,
        "amount": 100,
        "currency": "GBP",
        "payee_role": "partner",
    } | more


def many(prefix, n, days, **more):
    return [paid(f"{prefix}{number}", days, **more) for number in range(n)]


# A verdict: the interval against the value.


@pytest.mark.parametrize(
    ("lower", "upper", "value", "way", "if_lower_is_better"),
    [
        (31, 36, 30, 1, Status.WORSE),
        (21, 26, 30, -1, Status.BETTER),
        (21, 36, 30, 0, Status.SIMILAR),
        (30, 36, 30, 0, Status.SIMILAR),
        (31, None, 30, 1, Status.WORSE),
        (21, None, 30, None, Status.NOT_ASSESSED),
        (None, None, 30, None, Status.NOT_ASSESSED),
        (31, 36, None, None, Status.NOT_ASSESSED),
    ],
)
def test_an_interval_is_judged_against_a_value(lower, upper, value, way, if_lower_is_better):
    found = Figure(n=9, value=33, lower=lower, upper=upper)
    assert direction(found, value) == way
    judged = beside(found, Better.LOWER, value, Against.EVERYONE)
    assert judged.status is if_lower_is_better
    neutral = beside(found, Better.NEITHER, value, Against.EVERYONE)
    assert (neutral.status, neutral.direction) == (Status.NOT_ASSESSED, way)


# Everyone, peers, the period before.


@pytest.fixture
def two_partnerships(load):
    """`p` is paid in 10 days, `q` and `r` mostly late; `p` and `q` share a theme."""
    load(
        "payment",
        *many("p", 20, 10),
        *many("q", 20, 50, partnership="q", payee="b"),
        *many("r", 10, 10, partnership="r", payee="c"),
        *many("other", 50, 90, payee="d", payee_role="other supplier", partnership=None),
        complete_to=TO_MARCH,
    )
    themes = (("p", "health"), ("q", "health"), ("r", "arts"))
    load("partnership_theme", *({"partnership": p, "theme": t} for p, t in themes))


def test_everyone_keeps_who_is_counted_and_drops_what_narrows(ledger, lead, two_partnerships):
    where = {**PARTNERS, "partnership": ("p",)}
    found = compare(ledger, lead, SHARE, where=where, against="everyone")
    assert (found.value, found.n, found.status, found.direction) == (0.6, 50, Status.BETTER, 1)
    slow = {**PARTNERS, "partnership": ("q",)}
    assert compare(ledger, lead, SHARE, where=slow, against="everyone").status is Status.WORSE


def test_peers_are_those_of_the_same_theme(ledger, lead, two_partnerships):
    where = {**PARTNERS, "partnership": ("p",)}
    found = compare(ledger, lead, SHARE, where=where, against="peers", peers="theme")
    assert (found.value, found.n, found.named) == (0.5, 40, "health")


def test_the_target_is_the_one_in_force(ledger, lead, load, two_partnerships):
    target = {"threshold": SHARE, "from_on": "2020-01-01", "value": 0.95, "unit": "share"}
    load("threshold", target | {"meaning": "gold", "source": "a code"})
    found = compare(ledger, lead, SHARE, where=PARTNERS, against="target")
    assert (found.value, found.status) == (0.95, Status.WORSE)


def test_without_a_comparator_the_comparison_says_why(ledger, lead, two_partnerships):
    def note(where, **asked):
        found = compare(ledger, lead, SHARE, where=where, **asked)
        assert (found.value, found.status) == (None, Status.NOT_ASSESSED)
        return found.note

    arts = {**PARTNERS, "partnership": ("r",)}
    assert note(PARTNERS, against="everyone") == "this is everyone's figure already"
    assert note(arts, against="target") == "no target was in force"
    assert "nobody else of the same theme" in note(arts, against="peers", peers="theme")
    assert note(arts, against="peers", peers="kind") == "no kind is recorded for it"
    assert note(arts, against="before") == "there is nothing before 2023/24"
    assert note(arts, against="before", at="2019/20") == "there is nothing in 2019/20"


def test_peers_by_a_split_an_indicator_has_not_are_refused(ledger, lead, two_partnerships):
    with pytest.raises(Unanswerable, match="no peers by 'partnership'"):
        compare(ledger, lead, SHARE, where=PARTNERS, against="peers", peers="partnership")


def test_a_partner_gets_no_figure_of_others_here(ledger, two_partnerships):
    partner = Viewer(Role.PARTNER, ("a",))
    for against in ("everyone", "peers"):
        found = compare(ledger, partner, SHARE, where=PARTNERS, against=against)
        assert (found.value, found.n, found.status) == (None, None, Status.NOT_ASSESSED)
        assert "tables made to be published" in found.note
        assert found.figure.n == 20


def test_the_period_before_is_named_and_compared(ledger, lead, load):
    load(
        "payment",
        *many("old", 20, 50, on="2023-02-20"),
        *many("new", 20, 10),
        complete_to=TO_MARCH,
    )
    found = compare(ledger, lead, SHARE, where=PARTNERS, against="before")
    assert (found.now, found.named, found.value, found.n) == ("2023/24", "2022/23", 0.0, 20)
    assert found.status is Status.BETTER
    assert (found.figure.value, found.figure.n) == (1.0, 20)


# What was recorded.


def steps(found):
    return {step.cause: (step.difference, step.uploads, step.rows) for step in found.steps}


def test_new_rows_corrections_and_undos_are_told_apart_and_add_up(ledger, lead, load):
    load("payment", paid("1", 10), paid("2", 20), complete_to=TO_MARCH)  # mean 15
    load("payment", paid("3", 60), complete_to=TO_MARCH)  # mean 30
    wrong = load("payment", paid("4", 110), complete_to=TO_MARCH)  # mean 50
    load("payment", paid("3", 30), complete_to=TO_MARCH)  # 170 / 4 = 42.5
    undo(ledger, wrong, "a test")  # 60 / 3 = 20
    found = why_changed(ledger, lead, MEAN, since=1)
    assert steps(found) == {
        Cause.NEW: (35.0, (2, 3), 2),
        Cause.CORRECTED: (-7.5, (4,), 1),
        Cause.UNDONE: (-22.5, (5,), 1),
    }
    assert found.difference == 5.0


def test_a_later_day_is_told_apart_from_new_rows(ledger, lead, load):
    open_invoice = paid("1", 10) | {"received_on": "2024-01-01", "paid_on": None}
    load("payment", open_invoice, paid("2", 4), complete_to=date(2024, 2, 29))
    load("payment", paid("3", 6, on="2024-03-20"), complete_to=TO_MARCH)
    found = why_changed(ledger, lead, "time_to_payment", since=1)
    assert {step.cause for step in found.steps} == {Cause.NEW, Cause.LATER}


def test_other_tables_bear_on_nothing_and_no_figure_before_has_no_difference(ledger, lead, load):
    load("partnership_theme", {"partnership": "p", "theme": "arts"})
    load("payment", paid("1", 10), complete_to=TO_MARCH)
    found = why_changed(ledger, lead, MEAN, since=0)
    assert steps(found) == {Cause.NEW: (None, (2,), 1)}
    assert found.difference is None
    assert why_changed(ledger, lead, MEAN, since=2).steps == ()


def test_a_file_with_new_rows_and_corrections_is_called_so(ledger, lead, load):
    load("payment", paid("1", 10), complete_to=TO_MARCH)
    load("payment", paid("1", 20), paid("2", 40), complete_to=TO_MARCH)
    found = why_changed(ledger, lead, MEAN, since=1, until=2)
    assert steps(found) == {Cause.BOTH: (20.0, (2,), 2)}


def test_what_was_uploaded_is_not_a_partners_to_know(ledger, load):
    load("payment", paid("1", 10), complete_to=TO_MARCH)
    with pytest.raises(NotInScope):
        why_changed(ledger, Viewer(Role.PARTNER, ("a",)), MEAN, since=0)


# Mix against rate.


def test_more_of_a_slow_group_is_mix_and_a_slower_group_is_rate():
    # Fast 9 of 10, slow 2 of 10; then 10 and 30 invoices at the same shares.
    mixed = mix_and_rate({"fast": (9, 10), "slow": (2, 10)}, {"fast": (9, 10), "slow": (6, 30)})
    assert sum(mix for mix, _ in mixed.values()) == pytest.approx(15 / 40 - 11 / 20)
    assert [rate for _, rate in mixed.values()] == [0, 0]
    slower = mix_and_rate({"fast": (9, 10), "slow": (2, 10)}, {"fast": (5, 10), "slow": (2, 10)})
    assert slower["fast"] == pytest.approx((0, -0.2))
    assert slower["slow"] == (0, 0)


def test_a_group_that_comes_or_goes_is_mix():
    parts = mix_and_rate({"stays": (5, 10)}, {"stays": (5, 10), "comes": (10, 10)})
    assert parts["comes"][1] == 0
    assert sum(map(sum, parts.values())) == pytest.approx(0.25)


def test_nothing_to_divide_by_is_refused():
    with pytest.raises(ValueError, match="nothing to divide by"):
        mix_and_rate({}, {"a": (1, 2)})


SIDE = st.dictionaries(
    st.sampled_from("abcd"),
    st.tuples(st.floats(-100, 100), st.floats(0.5, 100)),
    min_size=1,
)


@given(SIDE, SIDE)
def test_mix_and_rate_add_up_to_the_change_and_turn_round_with_it(before, after):
    def whole(side):
        return sum(x for x, _ in side.values()) / sum(n for _, n in side.values())

    parts, back = mix_and_rate(before, after), mix_and_rate(after, before)
    change = whole(after) - whole(before)
    assert sum(map(sum, parts.values())) == pytest.approx(change, abs=1e-9)
    for key, (mix, rate) in parts.items():
        assert back[key] == pytest.approx((-mix, -rate), abs=1e-9)


def test_a_change_between_years_is_taken_apart_by_payee(ledger, lead, load):
    load(
        "payment",
        *many("f1", 10, 10, on="2023-02-20"),
        *many("s1", 10, 50, on="2023-02-20", payee="b"),
        *many("f2", 10, 10),
        *many("s2", 30, 50, payee="b"),
        complete_to=TO_MARCH,
    )
    asked = {"over": "organisation", "period": "academic_year", "where": PARTNERS}
    found = why_moved(ledger, lead, SHARE, before="2022/23", after="2023/24", **asked)
    assert (found.before.value, found.after.value) == (0.5, 0.25)
    assert (found.mix, found.rate) == pytest.approx((-0.25, 0))
    days = why_moved(ledger, lead, MEAN, before="2022/23", after="2023/24", **asked)
    assert days.mix + days.rate == pytest.approx(10)  # 30 days, then 40


def test_what_cannot_be_taken_apart_is_refused_with_the_reason(ledger, lead, load):
    load("payment", *many("1", 4, 9), *many("2", 4, 9, on="2023-02-20"), complete_to=TO_MARCH)
    load(
        "partnership_theme",
        {"partnership": "p", "theme": "arts"},
        {"partnership": "p", "theme": "health"},
    )
    years = {"period": "academic_year", "before": "2022/23", "after": "2023/24"}
    for indicator, over, said in (
        ("time_to_payment", "organisation", "not one sum divided by another"),
        (SHARE, "theme", "in several of them"),
    ):
        with pytest.raises(Unanswerable, match=said):
            why_moved(ledger, lead, indicator, over=over, **years)
    with pytest.raises(Unanswerable, match="no figure for 2019/20"):
        why_moved(ledger, lead, SHARE, over="organisation", **years | {"before": "2019/20"})


def test_everyone_is_the_figure_without_the_filter(ledger, lead, two_partnerships):
    whole = figure(ledger, lead, MEAN, where=PARTNERS).only.figure
    where = {**PARTNERS, "partnership": ("q",)}
    assert compare(ledger, lead, MEAN, where=where, against="everyone").value == whole.value
