"""Which organisations the records are of: the university, or the universities."""

from civic_metrics.derived.model import Derived

# A partner sees no organisation but its own, and must still be told what it gave the university
# from what it gave another partner. That the university is the university tells of nobody.
SQL = """
    -- one row per home university
    select organisation from everybodys_organisation where is_home_university
"""

HOME_UNIVERSITY = Derived(SQL, everybodys=("organisation",))
