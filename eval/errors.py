"""The evaluation's own errors; the tree they hang on is drawn in `tastemaker.tools.errors`.

TastemakerError
└── UserError
    └── DialogueError    a file of scripted dialogues is not in the format; the message names file, line and cure
"""

from tastemaker.tools.errors import UserError


class DialogueError(UserError):
    """A file of scripted dialogues is not in the format; the message names file, line and cure."""
