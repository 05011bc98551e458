"""Names and codes in a file: whom they stand for, what a person says, and people kept unnamed."""
