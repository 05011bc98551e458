"""How far the records themselves can be trusted.

The share of figures that are withheld is not among them: whether a figure can be given is known
once it has been concluded, and facts are counted before. The catalogue can count it.
"""

TITLE = "Data"
READING_ORDER = ("completeness", "freshness", "rows_set_aside_share")
