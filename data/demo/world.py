"""The fictional world of the demo: who and where, written by hand. Nothing here is real.

`generate.py` turns it into tables. Imports nothing.
"""

HOME = "university-of-brackwater"
HEALTH = "Faculty of Health and Care"  # the faculty that is ahead
ARTS = "Faculty of Arts and Humanities"
SOCIAL = "Faculty of Social Sciences"
SCIENCE = "Faculty of Science and Engineering"
BUSINESS = "Business School"
CIVIC = "Civic Engagement Office"

# code, name, parent, population, deprivation extent, rural or urban, hex_q, hex_r (odd-r offset)
DISTRICTS = (
    ("X06000001", "Brackwater", "X12000001", 284100, 0.31, "Urban", 18, 20),
    ("X06000002", "Saltmere", "X12000001", 96400, 0.58, "Urban", 19, 20),
    ("X06000003", "Tidewell", "X12000001", 121700, 0.22, "Urban", 18, 21),
    ("X06000004", "Gullhaven", "X12000001", 88900, 0.44, "Urban", 20, 20),
    ("X06000005", "Thornmarsh", "X12000001", 74300, 0.51, "Urban", 19, 21),
    ("X06000006", "Millhythe", "X12000001", 65200, 0.17, "Urban", 17, 21),
    ("X06000007", "Wrenfold", "X12000001", 58800, 0.12, "Rural", 17, 20),
    ("X06000008", "Eldermoor", "X12000002", 47600, 0.06, "Rural", 18, 22),
    ("X06000009", "Corvanby", "X12000002", 39100, 0.03, "Rural", 19, 22),
    ("X06000010", "Pellstone", "X12000002", 101500, 0.19, "Urban", 17, 22),
    ("X06000011", "Osmerley", "X12000002", 83700, 0.27, "Urban", 18, 19),
    ("X06000012", "Larkenhall", "X12000002", 70900, 0.09, "Rural", 19, 19),
    ("X06000013", "Dunsavale", "X12000002", 28400, 0.00, "Rural", 18, 23),
    ("X06000014", "Netherquay", "X12000002", 52600, 0.36, "Urban", 17, 19),
)
REGIONS = (("X12000001", "Marrow Coast"), ("X12000002", "Marrow Uplands"))
COUNTRY = ("X92000001", "Marrowland (fictional)")
CODE = {name: code for code, name, *_ in DISTRICTS} | {name: code for code, name in REGIONS}

# id, name, kind, size
PARTNERS = (
    ("tidewell-carers-circle", "Tidewell Carers' Circle", "charity", "micro"),
    ("estuary-voices", "Estuary Voices", "charity", "micro"),
    ("lantern-street-advice", "Lantern Street Advice Room", "charity", "small"),
    ("marrow-move-well", "Marrow Move Well", "charity", "small"),
    ("gullhaven-night-shelter", "Gullhaven Night Shelter", "charity", "small"),
    ("wrenfold-youth-project", "Wrenfold Youth Project", "charity", "micro"),
    ("saltmere-open-gate", "Saltmere Open Gate", "charity", "micro"),
    ("pellstone-hospice-friends", "Pellstone Hospice Friends", "charity", "medium"),
    ("eldermoor-age-well", "Eldermoor Age Well", "charity", "micro"),
    ("marrow-rivers-trust", "Marrow Rivers Trust", "charity", "small"),
    ("harbour-lane-food-co-op", "Harbour Lane Food Co-op", "social enterprise", "micro"),
    ("thornmarsh-tenants-voice", "Thornmarsh Tenants' Voice", "community group", "micro"),
    ("saltmere-community-kitchen", "Saltmere Community Kitchen", "community group", "micro"),
    ("netherquay-allotments", "Netherquay Allotment Society", "community group", "micro"),
    ("corvanby-village-hall", "Corvanby Village Hall Committee", "community group", "micro"),
    ("larkenhall-repair-cafe", "Larkenhall Repair Café", "community group", "micro"),
    ("dunsavale-hill-farmers", "Dunsavale Hill Farmers' Group", "community group", "micro"),
    ("tidewell-deaf-club", "Tidewell Deaf Club", "community group", "micro"),
    ("brackwater-sewing-circle", "Brackwater Sisters' Sewing Circle", "community group", "micro"),
    ("saltmere-parents-forum", "Saltmere Parents' Forum", "community group", "micro"),
    ("millhythe-makers", "Millhythe Makers", "social enterprise", "small"),
    ("gullhaven-green-barrow", "Gullhaven Green Barrow", "social enterprise", "micro"),
    ("wrenfold-pedal-and-plough", "Wrenfold Pedal and Plough", "social enterprise", "micro"),
    ("brightwharf-kitchens", "Brightwharf Training Kitchens", "social enterprise", "small"),
    ("osmerley-community-energy", "Osmerley Community Energy", "social enterprise", "micro"),
    ("quayfield-primary", "Quayfield Primary School, Brackwater", "school", "small"),
    ("thornmarsh-high", "Thornmarsh High School", "school", "medium"),
    ("osmerley-bridge-academy", "Osmerley Bridge Academy", "school", "medium"),
    ("brackwater-college", "Brackwater College", "college", "large"),
    ("aldermere-university", "Aldermere University", "university", "large"),
    ("brackwater-city-council", "Brackwater City Council", "council", "large"),
    ("saltmere-borough-council", "Saltmere Borough Council", "council", "large"),
    ("eldermoor-district-council", "Eldermoor District Council", "council", "medium"),
    ("marrow-coast-hospitals", "Marrow Coast Hospitals", "NHS body", "large"),
    ("tidewell-surgery-group", "Tidewell Surgery Group", "NHS body", "small"),
    ("fennimore-boatbuilders", "Fennimore Boatbuilders of Gullhaven", "business", "small"),
    ("larkenhall-software-workshop", "Larkenhall Software Workshop", "business", "micro"),
    ("brackwater-quay-homes", "Brackwater Quay Homes", "housing association", "medium"),
    ("thornmarsh-interfaith-table", "Thornmarsh Interfaith Table", "faith group", "micro"),
    ("marrowshire-fire-and-rescue", "Marrowshire Fire and Rescue", "public body", "large"),
    ("person-003", "person-003", "individual", ""),
    ("person-007", "person-007", "individual", ""),
    ("person-011", "person-011", "individual", ""),
    ("person-014", "person-014", "individual", ""),
    ("person-019", "person-019", "individual", ""),
    ("person-022", "person-022", "individual", ""),
)

# id, name, size, typical net invoice in pounds, what it is paid for
SUPPLIERS = (
    ("hollin-and-pike-catering", "Hollin and Pike Catering", "small", 420, "supply"),
    ("brackwater-print-works", "Brackwater Print Works", "micro", 260, "supply"),
    ("estuary-coaches", "Estuary Coaches of Gullhaven", "small", 380, "supply"),
    ("northquay-office-supplies", "Northquay Office Supplies", "large", 150, "supply"),
    ("marrow-facilities", "Marrow Facilities", "large", 4200, "supply"),
    ("tallowgate-interpreting", "Tallowgate Interpreting", "small", 190, "access"),
    ("grebe-audio-visual", "Grebe Audio Visual", "micro", 640, "supply"),
    ("pinfold-childcare", "Pinfold Lane Childcare", "micro", 170, "access"),
    ("cobble-lane-rooms", "Cobble Lane Conference Rooms", "small", 560, "supply"),
    ("redmarsh-it", "Redmarsh IT Services", "medium", 2900, "supply"),
    ("sandpiper-fares", "Sandpiper Fares and Travel", "medium", 310, "supply"),
    ("wharfside-notaries", "Wharfside Notaries", "small", 1500, "supply"),
    ("kestrel-hill-lab-supplies", "Kestrel Hill Lab Supplies", "large", 820, "supply"),
    ("osier-bank-consulting", "Osier Bank Consulting", "small", 3600, "supply"),
    ("bluegate-watch", "Bluegate Watch", "medium", 1250, "supply"),
    ("millpond-lane-cleaning", "Millpond Lane Cleaning", "medium", 980, "supply"),
    ("tern-island-transcription", "Tern Island Transcription", "micro", 230, "supply"),
    ("larch-row-events", "Larch Row Events", "micro", 740, "supply"),
    ("copperbeck-electrical", "Copperbeck Electrical", "small", 690, "supply"),
    ("quillfeather-books", "Quillfeather Books of Millhythe", "medium", 290, "supply"),
    ("saltpan-lane-scientific", "Saltpan Lane Scientific", "large", 1900, "supply"),
    ("drovers-gate-taxis", "Drovers Gate Taxis", "micro", 60, "access"),
    ("fettle-yard-builders", "Fettle Yard Builders", "medium", 5100, "supply"),
    ("hythe-tidal-power", "Hythe Tidal Power", "large", 3300, "supply"),
    ("corvan-beck-data", "Corvan Beck Data", "small", 1100, "supply"),
)

HEALTH_THEME = "Health and wellbeing"
FOOD = "Food and environment"
SCHOOLS = "Schools and skills"
HERITAGE = "Arts and heritage"
HOMES = "Homes and neighbourhoods"
WORK = "Enterprise and work"

# name, lead unit, who leads (U the university, P the first member, = nobody), started, ended,
# why, themes, members beside the university, places (name, or name:share)
PARTNERSHIPS = (
    ("Tidewell Health Partnership", HEALTH, "U", "2009", "", "", [HEALTH_THEME],
     ["marrow-coast-hospitals", "tidewell-surgery-group", "tidewell-carers-circle"], ["Tidewell"]),
    ("Brackwater Schools Compact", SOCIAL, "P", "2010-09", "", "", [SCHOOLS],
     ["quayfield-primary", "thornmarsh-high", "brackwater-city-council"],
     ["Brackwater:0.7", "Thornmarsh:0.3"]),
    ("Estuary Voices Oral History", ARTS, "U", "2011-05-16", "", "", [HERITAGE],
     ["estuary-voices", "person-003"], ["Gullhaven"]),
    ("Marrow Rivers Watch", SCIENCE, "P", "2012", "", "", [FOOD],
     ["marrow-rivers-trust", "eldermoor-district-council"], ["Eldermoor", "Pellstone"]),
    ("Thornmarsh Tenants' Panel", SOCIAL, "P", "2012-10", "2023-06", "partner closed", [HOMES],
     ["thornmarsh-tenants-voice"], ["Thornmarsh"]),
    ("Harbour Food Network", SCIENCE, "P", "2013-03-04", "", "", [FOOD, HEALTH_THEME],
     ["harbour-lane-food-co-op", "gullhaven-green-barrow", "wrenfold-pedal-and-plough"],
     ["Brackwater", "Gullhaven", "Wrenfold"]),
    ("Night Shelter Clinic", HEALTH, "U", "2013", "2019-07-31", "funding ended",
     [HEALTH_THEME, HOMES], ["gullhaven-night-shelter"], ["Gullhaven"]),
    ("Millhythe Makers Residency", ARTS, "U", "2014-01", "2020-12", "funding ended",
     [HERITAGE, WORK], ["millhythe-makers"], ["Millhythe"]),
    ("Dunsavale Upland Farming Circle", SCIENCE, "U", "2014-06-02", "", "", [FOOD],
     ["dunsavale-hill-farmers"], ["Dunsavale:0.6", "Eldermoor:0.4"]),
    ("Brackwater City Data Exchange", BUSINESS, "=", "2015", "", "", [HOMES],
     ["brackwater-city-council", "larkenhall-software-workshop"], []),
    ("Lantern Street Law Clinic", SOCIAL, "U", "2015-10-01", "", "", [HOMES, WORK],
     ["lantern-street-advice", "brackwater-quay-homes"], ["Brackwater"]),
    ("Pellstone Palliative Care Research", HEALTH, "U", "2016-02", "", "", [HEALTH_THEME],
     ["pellstone-hospice-friends", "marrow-coast-hospitals"], ["Pellstone"]),
    ("Wrenfold Youth Researchers", SOCIAL, "U", "2016-09-12", "2022-12-16", "university withdrew",
     [SCHOOLS], ["wrenfold-youth-project"], ["Wrenfold"]),
    ("Saltmere Parents and Early Years", SOCIAL, "U", "2017", "2024-03", "funding ended",
     [SCHOOLS, HEALTH_THEME], ["saltmere-parents-forum", "saltmere-borough-council"],
     ["Saltmere"]),
    ("Larkenhall Repair and Reuse", SCIENCE, "U", "2017-04", "2021", "purpose met", [FOOD],
     ["larkenhall-repair-cafe"], ["Larkenhall"]),
    ("Coast and Country Arts Trail", ARTS, "=", "2017-11-06", "", "", [HERITAGE],
     ["millhythe-makers", "corvanby-village-hall"], ["Marrow Uplands"]),
    ("Eldermoor Age Well Study", HEALTH, "U", "2018-10-01", "2021-09-30", "funding ended",
     [HEALTH_THEME], ["eldermoor-age-well", "eldermoor-district-council"], ["Eldermoor"]),
    ("Osmerley Community Energy Lab", SCIENCE, "P", "2019-01-14", "", "", [FOOD, HOMES],
     ["osmerley-community-energy", "osmerley-bridge-academy"], ["Osmerley"]),
    ("Saltmere Kitchen Research", SOCIAL, "U", "2019-05", "", "", [FOOD, HEALTH_THEME],
     ["saltmere-community-kitchen", "saltmere-borough-council", "person-014"], ["Saltmere"]),
    ("Deaf Community Co-design", HEALTH, "P", "2019-09-23", "", "", [HEALTH_THEME],
     ["tidewell-deaf-club", "person-007"], ["Tidewell:0.8", "Brackwater:0.2"]),
    ("Kitchen Skills at Brightwharf", BUSINESS, "P", "2019", "2022-10", "purpose met",
     [WORK, SCHOOLS], ["brightwharf-kitchens", "brackwater-college"], ["Brackwater"]),
    ("Thornmarsh Science Mentors", SCIENCE, "U", "2020-01-20", "2020-07", "partner withdrew",
     [SCHOOLS], ["thornmarsh-high"], ["Thornmarsh"]),
    ("Interfaith Listening Project", ARTS, "P", "2020-03", "2023-05-31", "planned together",
     [HERITAGE, HOMES], ["thornmarsh-interfaith-table"], ["Thornmarsh", "Brackwater"]),
    ("Marrow Coast Pandemic Response", CIVIC, "=", "2020-04-06", "2021-08-31", "planned together",
     [HEALTH_THEME, FOOD], ["harbour-lane-food-co-op", "brackwater-city-council",
                            "tidewell-surgery-group"], ["Brackwater", "Tidewell"]),
    ("Quay Homes Warmth Study", SCIENCE, "U", "2020-10-05", "", "", [HOMES],
     ["brackwater-quay-homes", "osmerley-community-energy"], ["Brackwater", "Osmerley"]),
    ("Carers' Time Bank", HEALTH, "P", "2021-02-01", "", "", [HEALTH_THEME],
     ["tidewell-carers-circle", "person-011"], ["Tidewell", "Millhythe"]),
    ("Saltmere Open Gate Welcome", ARTS, "U", "2021-06", "", "", [HOMES, SCHOOLS],
     ["saltmere-open-gate", "saltmere-parents-forum"], ["Saltmere"]),
    ("Boatyard Apprenticeships", BUSINESS, "U", "2021-09-06", "2025-02-28", "staff left",
     [WORK, SCHOOLS], ["fennimore-boatbuilders", "brackwater-college"], ["Gullhaven"]),
    ("Sewing Circle Enterprise", BUSINESS, "P", "2022-01", "", "", [WORK],
     ["brackwater-sewing-circle"], ["Brackwater"]),
    ("Hill Schools Reading Rooms", ARTS, "U", "2022-04-25", "2025-07-25", "planned together",
     [SCHOOLS, HERITAGE], ["corvanby-village-hall", "osmerley-bridge-academy"],
     ["Corvanby", "Osmerley", "Dunsavale"]),
    ("Saltmere Flood Memories", SCIENCE, "U", "2022-09-05", "", "", [HERITAGE, FOOD, HOMES],
     ["saltmere-community-kitchen", "saltmere-open-gate"], ["Saltmere"]),
    ("Netherquay Growing Project", SCIENCE, "P", "2022-10", "", "", [FOOD],
     ["netherquay-allotments", "gullhaven-green-barrow"], ["Netherquay"]),
    ("Social Prescribing Together", HEALTH, "U", "2023-01-16", "", "", [HEALTH_THEME],
     ["tidewell-surgery-group", "marrow-move-well", "person-019"],
     ["Tidewell:0.5", "Pellstone:0.3", "Larkenhall:0.2"]),
    ("Falls and Fire Safety at Home", HEALTH, "U", "2023-05-02", "", "", [HEALTH_THEME, HOMES],
     ["marrowshire-fire-and-rescue", "eldermoor-age-well", "marrow-move-well"],
     ["Eldermoor", "Larkenhall"]),
    ("Digital Workshop for Small Charities", BUSINESS, "U", "2023-09", "2025-11-30",
     "funding ended", [WORK], ["larkenhall-software-workshop", "lantern-street-advice"], []),
    ("Two Universities Civic Forum", CIVIC, "=", "2024-02-05", "", "", [SCHOOLS, WORK],
     ["aldermere-university", "brackwater-city-council", "gullhaven-night-shelter"],
     ["Marrow Coast"]),
    ("Corvanby Village Futures", SOCIAL, "U", "2024-10-14", "", "", [HOMES, HERITAGE],
     ["corvanby-village-hall", "eldermoor-district-council"], ["Corvanby"]),
    ("Marrow Young Assembly", CIVIC, "=", "2025-03-03", "", "", [SCHOOLS, HOMES],
     ["wrenfold-youth-project", "brackwater-college", "person-022"],
     ["Wrenfold", "Brackwater", "Netherquay"]),
)  # fmt: skip

# Ongoing on paper, but nothing has happened since: a register that nobody closes.
QUIET_SINCE = {
    "Brackwater City Data Exchange": "2024-05-31",
    "Coast and Country Arts Trail": "2024-09-30",
    "Marrow Rivers Watch": "2025-01-31",
}

# The story, as factors: how long a payment takes (1: as elsewhere); pounds paid for each pound at
# the university's rate, before unpaid hours; the share of partners' hours that goes unpaid.
SLOW = {"Estuary Voices Oral History": 2.3}
SLOW_PLACE, SLOW_PLACE_FACTOR = "Saltmere", 1.45
UNIT_PACE = {HEALTH: 0.62, ARTS: 1.05, SOCIAL: 1.10, SCIENCE: 1.0, BUSINESS: 0.95, CIVIC: 0.9}
UNIT_PARITY = {HEALTH: 0.99, ARTS: 0.68, SOCIAL: 0.66, SCIENCE: 0.76, BUSINESS: 0.82, CIVIC: 0.78}
UNIT_UNPAID = {HEALTH: 0.05, ARTS: 0.20, SOCIAL: 0.20, SCIENCE: 0.17, BUSINESS: 0.14, CIVIC: 0.17}
SLOW_PLACE_PARITY, SLOW_PLACE_UNPAID = 0.52, 0.36

# activity: the university's gross hourly rate in 2022/23, in pounds
ACTIVITIES = {
    "workshop facilitation": 24.00,
    "steering group": 28.00,
    "co-design": 26.00,
    "evaluation": 27.00,
    "training delivery": 25.00,
    "community research": 22.50,
}
RISE = {2022: 1.0, 2023: 1.05, 2024: 1.075, 2025: 1.09}  # by academic year from 1 August
FULL_COST = 1.40  # full cost for each pound of gross pay

FUNDERS = (
    ("Marrowland Research Board", "MRB"),
    ("Marrowshire Community Chest", "MCC"),
    ("The Quillfeather Bequest", "QB"),
    ("University of Brackwater Civic Fund", "UBCF"),
    ("Gullhaven Harbour Fund", "GHF"),
)
