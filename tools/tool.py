"""Tools: typed functions whose schema is made from their signature and docstring.

Declaring a tool fails when a parameter has no type or no description, so a model never sees an undescribed one.
Two parameters are not part of the schema: the first, the workspace, and `within`, the candidates on the bus.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Generic, ParamSpec, TypeVar, get_type_hints

from docstring_parser import parse
from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from tastemaker.tools.errors import RetryableToolError

P = ParamSpec("P")
R = TypeVar("R")
Limit = Annotated[int, Field(ge=1, le=100_000)]
"""The most items that a retriever returns."""
_HIDDEN = ("workspace", "within")


class ToolKind(StrEnum):
    """What a tool does with the bus."""

    FILTER = "filter"
    """Narrows the pool."""
    RETRIEVER = "retriever"
    """Proposes candidates from the pool."""
    READER = "reader"
    """Reads facts; proposes nothing."""


@dataclass(frozen=True)
class Tool(Generic[P, R]):
    """A declared tool. Calling it calls the function."""

    name: str
    """Name of the function."""
    kind: ToolKind
    """What it does with the bus."""
    description: str
    """First paragraph of the docstring."""
    parameters: type[BaseModel]
    """Model of the arguments that a plan gives."""
    function: Callable[P, R]
    """The function itself."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Call the function."""
        return self.function(*args, **kwargs)

    def json_schema(self) -> dict[str, Any]:
        """Return the JSON schema of the arguments, without titles, which repeat the names and cost a model tokens."""
        return {"description": self.description, **_without_titles(self.parameters.model_json_schema())}

    def validated(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments as the function takes them.

        Raises:
            RetryableToolError: they do not fit the schema; the message names the first misfit.
        """
        try:
            model = self.parameters.model_validate(dict(arguments))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "arguments"
            raise RetryableToolError(f"{self.name}: {where}: {first['msg']}.") from error
        return {name: getattr(model, name) for name in type(model).model_fields}


def _without_titles(schema: Any) -> Any:
    """Return a JSON schema less the titles that pydantic adds; a property that is called `title` stays."""
    if isinstance(schema, list):
        return [_without_titles(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: {each: _without_titles(part) for each, part in value.items()}
        if name in ("properties", "$defs")
        else _without_titles(value)
        for name, value in schema.items()
        if not (name == "title" and isinstance(value, str))
    }


def tool(kind: ToolKind) -> Callable[[Callable[P, R]], Tool[P, R]]:
    """Declare a function as a tool.

    Raises:
        TypeError: at declaration, when the function or one of its parameters is undescribed or untyped.
    """

    def declare(function: Callable[P, R]) -> Tool[P, R]:
        document = parse(function.__doc__ or "")
        described = {each.arg_name: " ".join((each.description or "").split()) for each in document.params}
        name = getattr(function, "__name__", repr(function))
        description = " ".join((document.description or "").split("\n\n")[0].split())
        if not description:
            raise TypeError(f"Tool {name} has no docstring; say what it does.")
        hints = get_type_hints(function, include_extras=True)
        fields: dict[str, Any] = {}
        for parameter in inspect.signature(function).parameters.values():
            if parameter.name in _HIDDEN:
                continue
            if parameter.name not in hints or not described.get(parameter.name):
                raise TypeError(f"Parameter '{parameter.name}' of tool {name} needs a type and a line under Args.")
            default = ... if parameter.default is inspect.Parameter.empty else parameter.default
            fields[parameter.name] = (hints[parameter.name], Field(default, description=described[parameter.name]))
        model: type[BaseModel] = create_model(
            f"{name}_arguments", __config__=ConfigDict(extra="forbid", arbitrary_types_allowed=True), **fields
        )
        return Tool(name, kind, description, model, function)

    return declare
