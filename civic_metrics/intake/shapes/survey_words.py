"""What survey tools and people call the columns of a survey beside its questions.

Words as `fold_words` leaves them. Imports nothing of ours but naming.
"""

from __future__ import annotations

import re

from civic_metrics.intake.naming import fold_words

RESPONDENT = (
    "respondent id", "response id", "responseid", "respondent", "participant id", "participant",
    "respondent number", "response number", "unique response number", "entry id", "submission id",
    "record id", "responder id", "response ref", "id",
)  # fmt: skip
# The best day first: when it was sent in.
DATES = (
    "submission date", "date submitted", "submitted", "submitted at", "submitted on",
    "completion time", "date completed", "completed", "completed at", "completed date",
    "finish date", "end date", "enddate", "end time", "recorded date", "recordeddate",
    "timestamp", "response date", "survey date", "date of response", "reviewed on",
    "review date", "date", "date and time", "created", "date created", "start date", "startdate",
    "start time", "started",
)  # fmt: skip
PARTNERSHIP = (
    "partnership", "partnership name", "partnership id", "project", "project name", "programme",
    "name of partnership", "name of the partnership", "which partnership are you part of",
)  # fmt: skip
ORGANISATION = (
    "organisation", "organisation name", "name of organisation", "name of your organisation",
    "your organisation", "your organisation s name", "employer", "company",
)  # fmt: skip
SIDE = (
    "side", "role", "your role", "respondent type", "type of respondent", "stakeholder group",
    "stakeholder", "respondent group", "group", "are you", "i am", "you are", "answering for",
    "which best describes you", "which of these best describes you", "who are you",
)  # fmt: skip
# What says who a person is: never taken.
PERSONAL = re.compile(
    r"(?:your |recipient |respondent |contact |user )?"
    r"(?:e ?mail(?: address)?|name|first ?name|last ?name|surname|forename|full name|given name"
    r"|family name|phone|phone number|telephone|telephone number|mobile|mobile number"
    r"|contact number|contact details|address|home address|postcode|post code|ip|ip ?address"
    r"|date of birth|dob|age|age group|gender|ethnicity|sex|disability|religion"
    r"|sexual orientation|location ?latitude|location ?longitude|latitude|longitude|username"
    r"|external data ?reference|externalreference|twitter handle)"
)
# What the tool adds.
OF_THE_TOOL = re.compile(
    r"collector(?: id| name)?|custom data.*|duration.*|time (?:taken|spent).*|progress"
    r"|finished|status|response ?type|distribution ?channel|user ?language|language|browser.*"
    r"|device.*|operating system|resolution|user ?agent|consent.*|points?.*|feedback.*"
    r"|quiz .*|total points|referr?er|network id|tags?|survey (?:id|name|version)|session id"
    r"|last ?modified(?: time)?|modified|seed|click count|first click|last click|page submit"
    r"|startlanguage|start language|lastpage|last page|refurl|submitdate|datestamp|row|no|number"
)
# A column that adds to the question before it.
COMMENT = re.compile(
    r"comments?|any comments?|comments? optional|(?:please )?(?:explain|elaborate|specify|expand"
    r"|tell us (?:more|why)|say (?:more|why)|give (?:reasons|details))(?: (?:your|you) .*| here)?"
    r"|why|why not|reasons?|other|other please specify|please explain your answer"
    r"|if other please specify|further comments?|additional comments?|details|notes?"
)
_CODE = re.compile(r"(?:q|question)?\s*\d+(?:[._]\d+)*[a-z]?[.:)]?|q\w{0,3}_\d+", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:(?:q|question)\s*)?\d+(?:[._]\d+)*[a-z]?\s*[.:)]\s+", re.IGNORECASE)
_FILLERS = frozenset({
    "response", "open ended response", "score", "rating", "answer", "selected choice", "text",
    "responses", "value", "please select one", "please tick one",
})  # fmt: skip
_IS_UNIVERSITY = re.compile(
    r"\b(?:universit(?:y|ies)|academics?|academia|professors?|lecturers?|researchers?|faculty"
    r"|students?|professional services)\b"
)
_IS_PARTNER = re.compile(
    r"\b(?:partners?|communit(?:y|ies)|charit(?:y|ies)|councils?|civic|voluntary|business(?:es)?"
    r"|schools?|nhs|external|third sector|public bod(?:y|ies)|local authorit(?:y|ies)"
    r"|residents?|organisations?)\b"
)
SIDES = {"university": "university", "uni": "university", "hei": "university",
         "staff": "university", "partner": "partner"}  # fmt: skip


def bare(heading: str) -> str:
    """The heading as words, without numbers of questions, brackets and what tools add."""
    text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", _NUMBERED.sub("", heading))
    return fold_words(" ".join(p for p in text.split(" / ") if not is_filler(p))) or fold_words(
        text
    )


def is_filler(part: str) -> bool:
    """Whether a part of a heading is a question's code or a word the tool adds."""
    return bool(_CODE.fullmatch(part.strip())) or fold_words(part) in _FILLERS


def without_number(part: str) -> str:
    """The part without the number of the question before it."""
    return _NUMBERED.sub("", part).strip()


def side_of(answer: str) -> str | None:
    """The side an answer speaks for; None where it names both or neither."""
    words = fold_words(answer)
    if words in SIDES:
        return SIDES[words]
    university, partner = _IS_UNIVERSITY.search(words), _IS_PARTNER.search(words)
    if bool(university) == bool(partner):
        return None
    return "university" if university else "partner"


def reads_like_a_question(heading: str) -> bool:
    """Whether a heading is put as a question or a statement rather than named as a field."""
    words = fold_words(heading).split()
    return "?" in heading or len(words) > 3 or bool(_NUMBERED.match(heading))
