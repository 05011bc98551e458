"""What people call the columns of a register that fill further tables. Imports nothing of ours.

The words are in lower case, singular and plural, without "name", brackets or numbers.
"""

from __future__ import annotations

import re

# What headings for organisations in a partnership say of their role.
ROLES = {
    "lead": ("lead", "lead partner", "lead organisation", "lead partner organisation", "led by",
             "leading organisation"),
    "member": ("partner", "partners", "partner organisation", "partner organisations", "partners "
               "involved", "organisation", "organisations", "organisations involved", "member",
               "members", "member organisation", "member organisations", "other partner",
               "other partners", "other organisations", "project partners", "collaborator",
               "collaborators", "collaborating organisations", "participating organisations"),
    "delivery partner": ("delivery partner", "delivery partners", "delivery organisation",
                         "delivery organisations", "delivered by"),
    "funder": ("funder", "funders", "funded by", "funding source", "funding sources",
               "source of funding", "funding body", "funding bodies", "funding organisation",
               "sponsor", "sponsors"),
    "supplier": ("supplier", "suppliers", "supplier company", "contractor", "provider"),
    "host": ("host", "host organisation"),
}  # fmt: skip
# "Community partners": a word of their own before it is the role.
OWN_ROLE = re.compile(
    r"(academic|civic|community|council|external|health|industry|key|local|research|school"
    r"|strategic|third sector|voluntary) (?:partners?|organisations?)"
)
# Places, the closest first: of several such columns one is taken.
PLACES = (
    ("place code", "place codes", "area code", "area codes", "local authority code", "gss code",
     "gss codes", "ons code", "ons codes", "lad code", "local authority codes"),
    ("local authority", "local authorities", "local authority area", "district", "districts",
     "borough", "boroughs", "council area", "council areas", "unitary authority"),
    ("place", "places", "area", "areas", "geographic area", "geographical area", "geography",
     "footprint", "area covered", "areas covered", "location", "locations", "town", "towns",
     "towns and cities", "city", "cities"),
    ("ward", "wards", "neighbourhood", "neighbourhoods"),
    ("county", "counties"),
    ("region", "regions"),
    ("country", "countries", "nation", "nations"),
)  # fmt: skip
THEMES = ("theme", "themes", "strand", "strands", "priority", "priorities", "workstream",
          "workstreams", "civic theme", "civic themes", "civic priority", "civic priorities",
          "topic", "topics", "policy theme", "priority theme", "priority themes")  # fmt: skip
PARTNERSHIPS = ("partnership", "partnerships", "partnership name", "partnership names", "project",
                "projects", "member of", "partnership id", "partnership ids")  # fmt: skip
GRANT_REFERENCES = ("grant reference", "grant ref", "grant number", "award reference",
                    "award ref", "award number", "funding reference", "funding ref",
                    "funder reference", "funder ref")  # fmt: skip
GRANT_AMOUNTS = ("grant amount", "award amount", "amount awarded", "funding amount", "grant value",
                 "award value", "grant", "award")  # fmt: skip
# Which of our tables name organisations by the way, and in which column.
PAYEES = {"payment": "payee", "membership": "organisation", "contribution": "organisation"}
