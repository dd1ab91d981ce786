"""Reads the prompts: Markdown files of this package, each with an id, a version and the variables that it takes.

A file whose declared variables are not those that it uses does not load, and a prompt given a variable too few or
too many does not render. Knows no model and nothing of what the prompts are for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined, Template, TemplateSyntaxError, UndefinedError, meta

_FENCE = "---"


class PromptError(ValueError):
    """A prompt is missing, is not written as it must be, or is given other variables than it declares."""


@dataclass(frozen=True)
class Prompt:
    """One prompt."""

    id: str
    """Name of its file, without the ending."""
    version: str
    """Changes with every change of the text; traces and reports record it."""
    variables: frozenset[str]
    """Names that `render` takes, all of them."""
    text: str
    """The template, front matter left out."""

    def render(self, **variables: Any) -> str:
        """Return the text with its variables filled in. Values are inserted as they are, never read as templates.

        Raises:
            PromptError: a variable is missing or is not declared.
        """
        missing = sorted(self.variables - variables.keys())
        unknown = sorted(variables.keys() - self.variables)
        if missing or unknown:
            told = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"does not take {', '.join(unknown)}"] * bool(
                unknown
            )
            raise PromptError(f"Prompt {self.id} {' and '.join(told)}.")
        try:
            return _compiled(self.text).render(**variables).strip()
        except UndefinedError as error:
            raise PromptError(f"Prompt {self.id}: {error.message}.") from error


@cache
def load(prompt_id: str) -> Prompt:
    """Return a prompt of this package.

    Raises:
        PromptError: there is none of that id, or it is not written as it must be.
    """
    found = available().get(prompt_id)
    if found is None:
        raise PromptError(f"There is no prompt '{prompt_id}'; the prompts are {', '.join(sorted(available()))}.")
    return parse(found.read_text(encoding="utf-8"), prompt_id)


@cache
def available() -> Mapping[str, Traversable]:
    """Return the files of all prompts by id."""
    files = resources.files(__package__ or "tastemaker.prompts").iterdir()
    return {file.name.removesuffix(".md"): file for file in files if file.name.endswith(".md")}


def parse(source: str, prompt_id: str) -> Prompt:
    """Read one prompt: front matter between two lines of `---`, then the template.

    Raises:
        PromptError: the front matter is missing or wrong, or the template uses other variables than it declares.
    """
    parts = source.split(f"{_FENCE}\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise PromptError(f"Prompt {prompt_id} must begin with front matter between two lines of {_FENCE}.")
    try:
        head = yaml.safe_load(parts[1])
    except yaml.YAMLError as error:
        raise PromptError(f"Prompt {prompt_id}: the front matter is not YAML: {error}") from error
    if not isinstance(head, dict) or set(head) != {"id", "version", "variables"}:
        raise PromptError(f"Prompt {prompt_id}: the front matter needs id, version and variables, and nothing else.")
    if head["id"] != prompt_id:
        raise PromptError(f"Prompt {prompt_id} calls itself {head['id']}; id and file name must be the same.")
    declared = frozenset(head["variables"] or ())
    try:
        used = meta.find_undeclared_variables(_environment().parse(parts[2]))
    except TemplateSyntaxError as error:
        raise PromptError(f"Prompt {prompt_id}: {error.message} (line {error.lineno}).") from error
    if used != declared:
        raise PromptError(f"Prompt {prompt_id} declares {sorted(declared)} and uses {sorted(used)}.")
    return Prompt(prompt_id, str(head["version"]), declared, parts[2].strip())


@cache
def _compiled(text: str) -> Template:
    return _environment().from_string(text)


def _environment() -> Environment:
    return Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)
