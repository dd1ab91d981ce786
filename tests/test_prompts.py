"""Prompts: front matter, declared variables, rendering."""

import pytest

from tastemaker.prompts.library import PromptError, available, load, parse

GREETING = "---\nid: greeting\nversion: 3\nvariables: [name]\n---\nHello {{ name }}!\n"


def test_every_prompt_of_the_package_loads_and_has_a_version():
    assert {"planner-system", "planner-request", "writer-system", "local-planner"} <= set(available())
    for prompt_id in available():
        prompt = load(prompt_id)
        assert prompt.id == prompt_id
        assert prompt.version


def test_a_prompt_fills_in_its_variables():
    prompt = parse(GREETING, "greeting")
    assert prompt.render(name="Ann") == "Hello Ann!"
    assert prompt.version == "3"


def test_a_missing_variable_is_an_error():
    with pytest.raises(PromptError, match="Prompt greeting lacks name"):
        parse(GREETING, "greeting").render()


def test_an_unknown_variable_is_an_error():
    with pytest.raises(PromptError, match="does not take nmae"):
        parse(GREETING, "greeting").render(name="Ann", nmae="Ann")


def test_a_value_is_never_read_as_a_template():
    assert (
        parse(GREETING, "greeting").render(name="{{ 7 * 7 }}{% for x in y %}") == "Hello {{ 7 * 7 }}{% for x in y %}!"
    )


def test_a_template_that_uses_an_undeclared_variable_does_not_load():
    with pytest.raises(PromptError, match=r"declares \['name'\] and uses \['name', 'title'\]"):
        parse(GREETING.replace("!", " {{ title }}"), "greeting")


def test_a_declared_variable_that_is_not_used_does_not_load():
    with pytest.raises(PromptError, match="declares"):
        parse(GREETING.replace("{{ name }}", "you"), "greeting")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("Hello", "must begin with front matter"),
        ("---\nid: greeting\n---\nHello", "needs id, version and variables"),
        ("---\nid: [\n---\nHello", "is not YAML"),
        (GREETING.replace("greeting", "other"), "id and file name must be the same"),
        (GREETING.replace("{{ name }}", "{{ name"), "line"),
    ],
)
def test_a_prompt_that_is_not_written_as_it_must_be_is_told(source, told):
    with pytest.raises(PromptError, match=told):
        parse(source, "greeting")


def test_an_unknown_prompt_is_told_with_those_that_exist():
    with pytest.raises(PromptError, match="There is no prompt 'nonsense'; the prompts are"):
        load("nonsense")
