"""Tools are declared from their signature and docstring, and refuse what does not fit."""

from collections.abc import Sequence

import pytest

from tastemaker.tools.errors import RetryableToolError
from tastemaker.tools.tool import Limit, ToolKind, tool


@tool(ToolKind.READER)
def add(workspace, title: str, numbers: Sequence[int], limit: Limit = 3, within=None):
    """Add numbers
    under a title.

    More about it.

    Args:
        workspace: not shown.
        title: what the sum
            is of.
        numbers: what is added.
        limit: the most numbers.
        within: not shown.
    """
    return workspace, title, sum(numbers[:limit])


def test_a_tool_is_called_as_the_function():
    assert add("here", "sum", [1, 2, 3, 4]) == ("here", "sum", 6)


def test_the_schema_describes_every_parameter_and_hides_workspace_and_pool():
    schema = add.json_schema()
    assert schema["description"] == "Add numbers under a title."
    assert set(schema["properties"]) == {"title", "numbers", "limit"}
    assert schema["properties"]["title"] == {"type": "string", "description": "what the sum is of."}
    assert schema["required"] == ["title", "numbers"]
    assert schema["additionalProperties"] is False


def test_arguments_are_validated_to_what_the_function_takes():
    assert add.validated({"title": "t", "numbers": ["1", 2]}) == {"title": "t", "numbers": [1, 2], "limit": 3}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"numbers": [1]}, "add: title: Field required"),
        ({"title": "t", "numbers": [1], "limit": 0}, "add: limit: Input should be greater than or equal to 1"),
        ({"title": "t", "numbers": ["x"]}, "add: numbers.0: Input should be a valid integer"),
        ({"title": "t", "numbers": [1], "other": 1}, "add: other: Extra inputs are not permitted"),
    ],
)
def test_a_misfit_is_named(arguments, said):
    with pytest.raises(RetryableToolError, match=said):
        add.validated(arguments)


def test_declaring_a_tool_with_an_undescribed_parameter_fails():
    with pytest.raises(TypeError, match="Parameter 'size' of tool grow needs a type and a line under Args"):

        @tool(ToolKind.READER)
        def grow(workspace, size: int):
            """Grow."""


def test_declaring_a_tool_with_an_untyped_parameter_fails():
    with pytest.raises(TypeError, match="Parameter 'size' of tool grow needs a type"):

        @tool(ToolKind.READER)
        def grow(workspace, size):
            """Grow.

            Args:
                size: how much.
            """


def test_declaring_a_tool_without_docstring_fails():
    with pytest.raises(TypeError, match="Tool grow has no docstring"):

        @tool(ToolKind.READER)
        def grow(workspace):
            pass
