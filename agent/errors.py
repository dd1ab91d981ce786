"""The agent's own errors; the tree they hang on is drawn in `tastemaker.tools.errors`.

TastemakerError
├── UserError
│   └── SessionError     a session or item is asked for that does not exist
└── PlanError            a draft cannot be grounded; the message tells a model how to mend it
"""

from tastemaker.tools.errors import TastemakerError, UserError


class SessionError(UserError):
    """A session or item is asked for that does not exist."""


class PlanError(TastemakerError):
    """A draft cannot be grounded; the message tells a model how to mend it."""
