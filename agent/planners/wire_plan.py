"""The form in which a model writes a plan: flat, without recursion, with the catalogue's fields and tools as choices.

Read leniently, since what a model means is often clearer than what it writes, and then turned into a `Draft`, which
grounding checks. Knows nothing of prompts and of how the model is asked.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, create_model

from tastemaker.agent.dials import DIALS, TurnDial
from tastemaker.agent.plan import Act, Draft, NamedOpinion, Plan, Rate, Require, SaidMotive, Talk, ToolCall
from tastemaker.tools.catalogue.constraint import Constraint, Group, Operator, Scalar, Strength, constraints_in
from tastemaker.tools.catalogue.schema import CatalogueSchema, FieldType, Role
from tastemaker.tools.tool import Tool, ToolKind

_LONGEST_NAME = 120
_LONGEST_TEXT = 300
_MOST_NAMES = 8
_MOST_PARTS = 10
_MOST_ITEMS = 50


class WireError(ValueError):
    """What a model wrote is no plan; the message tells it why."""


def _as_list(value: object) -> object:
    if value is None:
        return []
    return [value] if isinstance(value, str | int | float) else value


def _as_text(value: object) -> object:
    return "" if value is None else str(value) if isinstance(value, int | float) else value


def _cut(longest: int) -> AfterValidator:
    return AfterValidator(lambda value: value[:longest])


def _limit(key: str, longest: int) -> Any:
    """Return a limit that the JSON schema tells and that cuts what goes beyond, instead of refusing it."""
    return Field(json_schema_extra={key: longest})


Text = Annotated[str, BeforeValidator(_as_text), _cut(_LONGEST_TEXT), _limit("maxLength", _LONGEST_TEXT)]
Name = Annotated[str, BeforeValidator(_as_text), _cut(_LONGEST_NAME), _limit("maxLength", _LONGEST_NAME)]
Names = Annotated[list[Name], BeforeValidator(_as_list), _cut(_MOST_NAMES), _limit("maxItems", _MOST_NAMES)]
Count = Annotated[int, AfterValidator(lambda value: min(max(value, 0), _MOST_ITEMS))]
Turned = Annotated[float, AfterValidator(lambda value: min(max(value, -1.0), 1.0))]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore")


class WireOpinion(_Wire):
    """An item named, and what is felt of it."""

    opinion: Literal["like", "dislike", "seen", "anchor"]
    title: Name
    said: Text = ""


class WireDial(_Wire):
    """How the person wants to be served."""

    dial: Literal[DIALS]  # type: ignore[valid-type]
    level: Turned = 1.0
    said: Text = ""


def _choice(words: Iterable[str]) -> Any:
    return Literal[tuple(words)]


def _as_objects(value: object) -> object:
    """Return names that stand alone as objects."""
    found = _as_list(value)
    return [{"name": each} if isinstance(each, str) else each for each in found] if isinstance(found, list) else found


def _parts(kind: type[BaseModel]) -> Any:
    listed = list[kind]  # type: ignore[valid-type]
    return Annotated[listed, BeforeValidator(_as_list), _cut(_MOST_PARTS), _limit("maxItems", _MOST_PARTS)]


class WirePlan:
    """The form for one catalogue and its tools. Safe to share between threads."""

    def __init__(self, schema: CatalogueSchema, tools: Mapping[str, Tool[..., Any]]) -> None:
        self._schema = schema
        self._tools = {name: each for name, each in tools.items() if each.kind is ToolKind.RETRIEVER}
        fields = tuple(field.name for field in schema.fields if field.role is not Role.ALIAS)
        wish = create_model(
            "WireWish",
            __base__=_Wire,
            field=(_choice(fields), ...),
            op=(_choice(str(each) for each in Operator), ...),
            value=(Names, ...),
            strength=(Strength, "must"),
            said=(Text, ""),
            either=(Count, 0),
        )
        self.arguments = {name: _plain_arguments(each) for name, each in self._tools.items()}
        """By tool, the arguments that are a text or a list of names."""
        self.motives = tuple(motive.name for motive in schema.motives)
        """Motives that a plan may name."""
        motive = create_model("WireMotive", __base__=_Wire, name=(_choice(self.motives or ("",)), ...), said=(Text, ""))
        motives: Any = (Annotated[_parts(motive), BeforeValidator(_as_objects)], [])
        merged = {name: kind for arguments in self.arguments.values() for name, kind in arguments.items()}
        call = create_model(
            "WireCall",
            __base__=_Wire,
            tool=(_choice(self._tools), ...),
            **{name: (Text, "") if kind is str else (Names, []) for name, kind in merged.items()},  # type: ignore[call-overload]
        )
        self.model: type[BaseModel] = create_model(
            "Plan",
            __base__=_Wire,
            __doc__="What the person wants.",
            act=(Act, ...),
            wishes=(_parts(wish), []),
            opinions=(_parts(WireOpinion), []),
            dials=(_parts(WireDial), []),
            forget=(Names, []),
            start_over=(bool, False),
            query=(Text, ""),
            count=(Count, 0),
            subject=(Names, []),
            calls=(_parts(call), []),
            talk=(_choice(get_args(Talk)), "other"),
            **({"motives": motives} if self.motives else {}),
        )
        """Model of what is written; every key but `act` may be left out."""
        self.loose_schema: dict[str, Any] = _inlined(self.model.model_json_schema())
        """JSON schema in which keys may be left out, with limits of length."""
        self.strict_schema: dict[str, Any] = _strict(self.loose_schema)
        """JSON schema as strict structured output wants it: all keys, no limits, no defaults."""

    @property
    def shape(self) -> str:
        """An example of the form with all its keys, for prompts."""
        empty: dict[type, object] = {str: "", list: []}
        call: dict[str, object] = {"tool": "|".join(self._tools)}
        call |= {name: empty[kind] for each in self.arguments.values() for name, kind in each.items()}
        keys = {
            "act": "|".join(Act),
            "wishes": [{"field": "", "op": "", "value": [""], "strength": "must|prefer", "said": "", "either": 0}],
            "opinions": [{"opinion": "like|dislike|seen|anchor", "title": "", "said": ""}],
            "dials": [{"dial": "|".join(DIALS), "level": 1, "said": ""}],
            "forget": [],
            "start_over": False,
            "query": "",
            "count": 0,
            "subject": [],
            "calls": [call],
            "talk": "other",
        }
        return json.dumps(keys | ({"motives": [{"name": "", "said": ""}]} if self.motives else {}))

    def written(self, plan: Plan) -> str:
        """Return a plan as the model would have written it, so that it can be told what came of it."""
        wishes: list[dict[str, Any]] = []
        for number, change in enumerate(plan.changes, 1):
            if isinstance(change, Require):
                group = isinstance(change.condition, Group)
                wishes += [as_wish(each, number if group else 0) for each in constraints_in(change.condition)]
        rated = [each for each in plan.changes if isinstance(each, Rate)]
        opinions = [{"opinion": each.opinion, "title": each.title, "said": each.said} for each in rated]
        opinions += [{"opinion": "anchor", "title": each.name, "said": each.name} for each in plan.unresolved]
        told = {"act": plan.act, "wishes": wishes, "opinions": opinions, "query": plan.query, "count": plan.count}
        turned = [each for each in plan.changes if isinstance(each, TurnDial)]
        told |= {"dials": [{"dial": each.dial, "level": each.level, "said": each.said} for each in turned]}
        told |= {"motives": [each.model_dump() for each in plan.motives]}
        return json.dumps({key: value for key, value in told.items() if value}, ensure_ascii=False)

    @property
    def tools(self) -> list[str]:
        """One line for every tool that a plan may call."""
        return [f"{name}({', '.join(self.arguments[name])}): {each.description}" for name, each in self._tools.items()]

    def fits(self, written: str | Mapping[str, Any]) -> bool:
        """Return whether a model kept to the form, whatever sense it makes."""
        try:
            self.model.model_validate(json_object(written) if isinstance(written, str) else written)
        except ValueError:
            return False
        return True

    def read(self, written: str | Mapping[str, Any]) -> Draft:
        """Return the draft that a model wrote.

        Raises:
            WireError: it is not JSON, not of the form, or holds a wish that makes no sense.
        """
        data = json_object(written) if isinstance(written, str) else written
        try:
            plan: Any = self.model.model_validate(data)
            return Draft(
                act=plan.act,
                wishes=tuple(self._wishes(plan.wishes)),
                opinions=tuple(
                    NamedOpinion(opinion=each.opinion, name=each.title, said=each.said)
                    for each in plan.opinions
                    if each.title.strip()
                ),
                dials=tuple(TurnDial(dial=each.dial, level=each.level, said=each.said) for each in plan.dials),
                forget=tuple(filter(str.strip, plan.forget)),
                start_over=plan.start_over,
                query=plan.query,
                count=plan.count or None,
                subject=tuple(filter(str.strip, plan.subject)),
                calls=tuple(self._call(each) for each in plan.calls),
                talk=plan.talk,
                motives=tuple(SaidMotive(name=each.name, said=each.said) for each in getattr(plan, "motives", ())),
            )
        except ValidationError as error:
            told = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()[:3])
            raise WireError(f"{told}.") from error

    def _wishes(self, wishes: list[Any]) -> list[Constraint | Group]:
        found: list[Constraint | Group] = []
        either: dict[int, list[Constraint]] = {}
        for wish in wishes:
            values = tuple(self._value(wish.field, each) for each in wish.value if each.strip())
            constraint = Constraint(
                field=wish.field, op=Operator(wish.op), value=values, strength=wish.strength, said=wish.said
            )
            (either.setdefault(wish.either, []) if wish.either else found).append(constraint)
        for members in either.values():
            if len(members) == 1:
                found += members
            else:
                said = ", ".join(each.said for each in members if each.said)[:_LONGEST_TEXT]
                strength: Strength = "must" if any(each.strength == "must" for each in members) else "prefer"
                found.append(Group(join="any", members=tuple(members), strength=strength, said=said))
        return found

    def _value(self, name: str, value: str) -> Scalar:
        if self._schema.field(name).type is not FieldType.NUMBER:
            return value
        try:
            number = float(value.replace(",", ""))
        except ValueError:
            return value
        return int(number) if number.is_integer() else number

    def _call(self, call: Any) -> ToolCall:
        wanted = self.arguments[call.tool]
        return ToolCall(tool=call.tool, arguments={name: got for name in wanted if (got := getattr(call, name))})


def as_wish(constraint: Constraint, either: int = 0) -> dict[str, Any]:
    """Return a constraint as a model writes a wish.

    Args:
        constraint: the constraint.
        either: number shared by wishes of which one is enough; 0 otherwise.
    """
    written: dict[str, Any] = {"field": constraint.field, "op": str(constraint.op)}
    written |= {"value": [str(each) for each in constraint.value], "strength": constraint.strength}
    written |= {"said": constraint.said} if constraint.said else {}
    return written | ({"either": either} if either else {})


def json_object(text: str) -> dict[str, Any]:
    """Return the first JSON object in a text, whatever stands around it.

    Raises:
        WireError: there is none.
    """
    start = text.rfind("</think>") + 1
    while (start := text.find("{", start)) >= 0:
        try:
            found, _ = json.JSONDecoder().raw_decode(text, start)
        except (json.JSONDecodeError, RecursionError):
            # A second try inside a broken object would find one of its parts.
            break
        if isinstance(found, dict):
            return found
        break
    raise WireError("that is not one whole JSON object.")


def _plain_arguments(tool: Tool[..., Any]) -> dict[str, type]:
    """Return the arguments of a tool that are a text or a list of names, with which of the two they are."""
    properties = tool.json_schema().get("properties", {})
    kinds = {"string": str, "array": list}
    return {
        name: kinds[each["type"]]
        for name, each in properties.items()
        if each.get("type") == "string" or (each.get("type") == "array" and each["items"].get("type") == "string")
    }


def _inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a JSON schema without references, titles and defaults, which some servers do not understand."""
    definitions = schema.get("$defs", {})

    def walk(node: Any) -> Any:
        if isinstance(node, list):
            return [walk(each) for each in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return walk(definitions[node["$ref"].rsplit("/", 1)[1]])
        properties = {name: walk(each) for name, each in node.get("properties", {}).items()}
        kept = {key: walk(each) for key, each in node.items() if key not in ("$defs", "title", "default", "properties")}
        return kept | ({"properties": properties, "additionalProperties": False} if properties else {})

    found: dict[str, Any] = walk(schema)
    return found


def _strict(node: Any) -> Any:
    if isinstance(node, list):
        return [_strict(each) for each in node]
    if not isinstance(node, dict):
        return node
    limits = ("maxLength", "maxItems")
    kept = {key: _strict(each) for key, each in node.items() if key not in limits}
    return kept | ({"required": list(node["properties"])} if "properties" in node else {})
