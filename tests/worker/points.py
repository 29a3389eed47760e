"""The points at which tests/worker/killer.py can kill a worker."""

POINTS = (
    "before_claim", "after_claim", "after_facts", "before_pdf", "after_pdf", "before_word", "after_word",
    "after_first_file", "before_second_file", "before_document", "after_document", "before_commit", "after_commit",
)  # fmt: skip
