"""Colours can be told from a white ground, by the formula of WCAG 2.2 worked out here."""

import pytest

from civic_metrics.charts import palette


def contrast_with_white(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


@pytest.mark.parametrize("colour", [*palette.CATEGORICAL, palette.MID_BLUE, palette.SELECTED])
def test_lines_and_marks_stand_out_three_to_one(colour):
    assert contrast_with_white(colour) >= 3


@pytest.mark.parametrize(
    "colour", [palette.INK, palette.SOFT_INK, palette.DARK_BLUE, palette.DARK_PINK]
)
def test_colours_that_carry_text_stand_out_four_and_a_half_to_one(colour):
    assert contrast_with_white(colour) >= 4.5


@pytest.mark.parametrize("classes", [1, 2, 3, 4, 5])
def test_each_step_of_a_sequence_is_darker_than_the_one_before(classes):
    steps = [contrast_with_white(colour) for colour in palette.SEQUENTIAL[classes]]
    assert len(steps) == classes
    assert steps == sorted(steps)


def test_a_band_is_its_colour_made_clear():
    assert palette.clear("#12436D", 0.2) == "rgba(18,67,109,0.2)"
