"""The errors that Tastemaker raises on purpose.

    TastemakerError
    ├── UserError               somebody's mistake; the message is one sentence and names the cure
    │   ├── WorkspaceError      the workspace is missing, unfinished, corrupt or of another version
    │   ├── DataError           a file of items or interactions cannot be read
    │   ├── SchemaError         a field or operator that the catalogue does not have
    │   └── SettingsError       a setting is missing or contradicts another
    └── ToolError               a tool could not do its work
        ├── RetryableToolError  the same call with other arguments may succeed; the message says how
        └── FinalToolError      nothing the caller changes will help

Whatever else is raised is a defect of this package.
"""


class TastemakerError(Exception):
    """Base of everything raised on purpose."""


class UserError(TastemakerError):
    """Somebody's mistake, told in one sentence that names the cure."""


class WorkspaceError(UserError):
    """The workspace is missing, unfinished, corrupt or of another version."""


class DataError(UserError):
    """A file of items or interactions cannot be read."""


class SchemaError(UserError):
    """A field or operator that the catalogue does not have."""


class SettingsError(UserError):
    """A setting is missing or contradicts another."""


class ToolError(TastemakerError):
    """A tool could not do its work."""


class RetryableToolError(ToolError):
    """The same call with other arguments may succeed; the message says how."""


class FinalToolError(ToolError):
    """Nothing that the caller changes will help."""
