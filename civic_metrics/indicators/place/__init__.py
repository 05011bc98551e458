"""What is published about the places, by others."""

TITLE = "Place context"
READING_ORDER = ("published_share", "difference_from_comparator")
