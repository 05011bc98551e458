"""What is said in the demo, written by hand: principles, expectations, priorities, promises.

Nothing here was said by anybody real. Imports `world` only.
"""

import world

SHARED, PAID, PROMPT = "Shared decisions", "Paid time", "Payment on time"
PLAIN, FINDINGS, ROOM = "Plain words", "Shared findings", "Room for everybody"
ENDINGS = "Planned endings"

# principle, wording, first day, last day; its mean score of 5 from the university, from partners
PRINCIPLES = (
    (SHARED, "We decide together what is done and how the money is spent.", 4.1, 3.2),
    (PAID, "Time is paid for, at a rate agreed before the work begins.", 3.8, 3.0),
    (PROMPT, "Money arrives when it was said to arrive.", 3.4, 2.7),
    (PLAIN, "Everybody in the room can follow what is said and written.", 4.0, 3.8),
    (FINDINGS, "Those who took part hear first what was found.", 3.9, 3.4),
    (ROOM, "Meetings are where, when and how everybody can come.", 4.1, 3.9),
    (ENDINGS, "How it will end is talked about before it ends.", 3.3, 2.9),
)
PRINCIPLES_FROM, PLAIN_REWORDED_ON = "2022-08-01", "2024-08-01"
PLAIN_BEFORE = "Papers are written without jargon."

# Partnerships with principles of their own, which then stand for the university's.
OWN_PRINCIPLES = {
    "Deaf Community Co-design": (
        ("Sign first", "Meetings are held in sign, with interpretation for those who hear.",
         4.3, 4.2),
        ("Paid time", "Every hour of a member is paid at the agreed rate.", 4.2, 4.0),
        ("Shared credit", "Whoever did the work is named on it.", 3.9, 3.4),
    ),
}  # fmt: skip

FIVE = ("strongly disagree", "disagree", "neither agree nor disagree", "agree", "strongly agree")
FOUR = ("strongly disagree", "disagree", "agree", "strongly agree")
# Partnerships whose reviews were asked on another scale than 1 to 5.
TEN_STEPS = ("Falls and Fire Safety at Home",)
FOUR_STEPS = ("Brackwater Schools Compact", "Quay Homes Warmth Study")
OVERALL = "Overall, this partnership works well for us."
COMMENTS = (
    "Better since the spring.",
    "We hear late when plans change.",
    "The new payment form took us three tries.",
    "Good to meet in our own hall.",
    "It still feels as if the agenda is made elsewhere.",
    "The interpreter was booked without our asking.",
)

EXPECTATIONS = {
    "shared": (
        "Results reach residents before they reach a journal.",
        "Both sides know who decides what.",
        "Somebody answers within a week.",
        "We still work together when this money ends.",
        "Meetings begin and end when they were said to.",
    ),
    "university": (
        "Enough people take part for the study to say something.",
        "Records are kept as the funder asks.",
        "A paper comes out of it.",
        "Students get to work with people outside.",
    ),
    "partner": (
        "Our time is paid within the month.",
        "One person to ring who does not change each year.",
        "Help with our next bid for money.",
        "What we know counts as much as what was published.",
        "We can use the data ourselves.",
    ),
}
OUTCOMES = ("met", "partly met", "not met", "too early to say", "")

SUBJECTS = (
    "Time of local residents",
    "Time of the partners' people",
    "Time of the university's people",
    "Interpretation, childcare and travel",
    "Events and rooms",
    "Equipment and materials",
    "Telling people what was found",
)

MILESTONES = (
    ("Agreement signed", "decision"),
    ("First yearly review", "review"),
    ("Steering group agrees the plan", "decision"),
    ("First payment to partners", "payment"),
    ("Open day for residents", "event"),
    ("Interim findings told to those who took part", "deliverable"),
    ("Second yearly review", "review"),
    ("Final report in plain words", "deliverable"),
)

# framework, commitment, wording, made, due, status, judged by, judged on, evidence
COMMITMENTS = (
    ("CUA", "CUA 1", "Half of the Civic Advisory Board's seats are held by people from outside.",
     "2023-06", "2025-07", "met", "both", "2025-10-14", "The board's list of members"),
    ("CUA", "CUA 2", "Nine in ten invoices of small partners are paid within 30 days.",
     "2023-06", "2026-07", "late", "partners", "2026-02-10", "Partners' panel, February 2026"),
    ("CUA", "CUA 3", "Every partnership in Saltmere has one named person to turn to.",
     "2023-06", "2025-12", "at risk", "university", "2025-11-20", "Register of partnerships"),
    ("CUA", "CUA 4", "Rooms on campus are free for community groups at weekends.",
     "2023-06", "2024-12", "met", "university", "2025-03-04", "Room bookings"),
    ("CUA", "CUA 5", "A yearly meeting in each of the fourteen districts.",
     "2023-06", "2026-12", "on track", "university", "2025-11-20", "Dates of meetings"),
    ("CUA", "CUA 6", "A shared plan for skills with Brackwater College.",
     "2023-06", "2024-07", "dropped", "both", "2024-09-30", "Minutes of September 2024"),
    ("KEF", "KEF 1", "Findings are told to those who took part within six months.",
     "2022-11", "2026-07", "at risk", "university", "2025-12-01", "List of activities"),
    ("KEF", "KEF 2", "Public events are held in places that everybody can enter.",
     "2022-11", "2026-07", "on track", "partners", "2025-12-01", "Access survey of venues"),
    ("KEF", "KEF 3", "Staff time for public events is planned in workloads.",
     "2022-11", "2025-07", "late", "university", "2025-12-01", "Workload plans"),
    ("KEF", "KEF 4", "Partners say each year what they think of us, and we publish it.",
     "2022-11", "2025-12", "met", "outside body", "2026-01-19", "Report of the review team"),
    ("own principle", "Paid time", "Nobody from outside works for us without an offer of pay.",
     "2022-08", "", "at risk", "partners", "2025-06-30", "Partnership reviews of 2025"),
    ("own principle", "Planned endings", "No partnership ends without a plan made together.",
     "2022-08", "", "not started", "university", "2024-03-12", "Register of partnerships"),
    ("own principle", "Shared decisions", "Partners sit wherever money is decided.",
     "2022-08", "", "on track", "both", "2025-06-30", "List of boards and seats"),
    ("own principle", "Plain words", "Agreements with small partners fit on three pages.",
     "2024-08", "2026-08", "on track", "university", "2025-09-15", "Agreements since August 2024"),
    ("own principle", "Room for everybody", "Childcare and interpretation are offered unasked.",
     "2022-08", "", "", "", "", ""),
)  # fmt: skip

TITLES = {
    "public lectures": ("Talk: {}", "An evening on {}", "Question time: {}"),
    "performance arts": ("Stories on stage: {}", "Songs of {}"),
    "exhibitions": ("Pictures of {}", "On show: {}"),
    "museum education": ("Museum morning: {}",),
    "other": ("Workshop: {}", "Open day: {}", "Walk and talk: {}"),
}
LECTURES = ("tides and towns", "the price of heat", "how we age", "what rivers carry", "old maps")

GIFTS_TO_PARTNERS = (
    ("room or venue", "Seminar room for an evening"),
    ("equipment", "Sound recorders on loan"),
    ("materials", "Printing of leaflets"),
    ("advice", "Half a day with a data analyst"),
    ("publicity", "Page in the alumni letter"),
)
GIFTS_TO_THE_UNIVERSITY = (
    ("room or venue", "Hall for an evening meeting"),
    ("food and hospitality", "Lunch for a workshop"),
    ("publicity", "Notice to members"),
    ("data", "Figures from their own register"),
    ("travel", "Lifts in their minibus"),
    ("advice", "Introductions on the estate"),
)

BOARD, PANEL = "Civic Advisory Board", "Community Research Panel"
# body, all its seats (empty: not known), and who holds how many, how many of them filled
BODIES = (
    (BOARD, "16", ((world.HOME, 7, 7), ("brackwater-city-council", 2, 2),
                   ("saltmere-borough-council", 1, 1), ("marrow-coast-hospitals", 1, 1),
                   ("thornmarsh-interfaith-table", 1, 1), ("lantern-street-advice", 1, 1),
                   ("tidewell-deaf-club", 1, 1), ("brackwater-college", 1, 0))),
    (PANEL, "", ((world.HOME, 3, 3), ("saltmere-community-kitchen", 2, 1),
                 ("harbour-lane-food-co-op", 1, 1), ("netherquay-allotments", 1, ""))),
)  # fmt: skip
