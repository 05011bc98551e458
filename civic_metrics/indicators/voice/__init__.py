"""Who has a say, what each side thinks of it, and what came of what was agreed."""

TITLE = "Voice"
READING_ORDER = ()
