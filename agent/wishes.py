"""How a new wish, or one taken back, changes the wishes before it.

A wish replaces what it contradicts and no more: "no drama" after "a comedy or a drama" leaves the comedy. Knows
conditions only, no schema and no items.
"""

from collections.abc import Sequence

from tastemaker.tools.catalogue.constraint import ORDERINGS, Constraint, Group, Operator, constraints_in
from tastemaker.tools.catalogue.normalise import normalise

_LOW = frozenset({Operator.AT_LEAST, Operator.MORE_THAN})
_HIGH = frozenset({Operator.AT_MOST, Operator.LESS_THAN})

Conditions = tuple[Constraint | Group, ...]


def joined(
    earlier: Conditions, new: Constraint | Group, same_turn: Sequence[Constraint | Group] = (), *, beside: bool = False
) -> Conditions:
    """Return the wishes in force once a new one is said.

    Args:
        earlier: wishes in force, oldest first.
        new: the new one.
        same_turn: wishes of the same turn, which never give way to each other.
        beside: whether the new one is said to stand beside the earlier ones, which then give way only where it
            denies them.
    """
    if new in earlier:
        return earlier
    kept: list[Constraint | Group] = []
    for old in earlier:
        if old in same_turn:
            kept.append(old)
        elif excludes(new) != excludes(old):
            left = _less(old, new)
            if left is not None:
                kept.append(left)
        elif beside or not _replaces(new, old):
            kept.append(old)
    return (*kept, new)


def forgotten(earlier: Conditions, what: str) -> Conditions:
    """Return the wishes that remain when one is taken back by its field, one of its values or words of it."""
    word = normalise(what)
    if not word:
        return earlier
    left = (_less_word(each, word) for each in earlier)
    return tuple(each for each in left if each is not None)


def called(condition: Constraint | Group) -> str:
    """Return the words by which a whole wish is taken back: the names that it holds, else its field."""
    if isinstance(condition, Group):
        return " or ".join(dict.fromkeys(called(member) for member in condition.members))
    names = [each for each in condition.value if isinstance(each, str)]
    return " or ".join(names) if names else condition.field.replace("_", " ")


def excludes(condition: Constraint | Group) -> bool:
    """Return whether a condition only says what is not wanted."""
    if isinstance(condition, Constraint):
        return condition.excludes
    return condition.join == "none" or all(excludes(member) for member in condition.members)


def fields_of(condition: Constraint | Group) -> frozenset[str]:
    """Return the fields that a condition speaks of."""
    return frozenset(each.field for each in constraints_in(condition))


def _replaces(new: Constraint | Group, old: Constraint | Group) -> bool:
    """Return whether a wish takes the place of an earlier one of the same polarity."""
    if not fields_of(new) & fields_of(old) or excludes(new):
        return False
    first, second = _orderings(new), _orderings(old)
    if first and second:
        # ">= 1980" and then "<= 1989" are two sides of one range; a second lower bound replaces the first.
        if _apart(new, old):
            return True  # "after 1990" is no other side of "before 1990"
        return Operator.BETWEEN in first | second or bool({each[0] for each in first} & {each[0] for each in second})
    # "a bit funnier" after "sci-fi" is still sci-fi
    return bool(first or second) or new.strength == "must" or old.strength == "prefer"


def _apart(new: Constraint | Group, old: Constraint | Group) -> bool:
    """Return whether two bounds leave no number between them."""
    if isinstance(new, Group) or isinstance(old, Group):
        return False
    ends = {(each.op in _LOW): each for each in (new, old) if each.op in (_LOW | _HIGH)}
    if len(ends) < 2 or any(isinstance(each.value[0], str) for each in ends.values()):
        return False
    return float(ends[True].value[0]) >= float(ends[False].value[0])


def _orderings(condition: Constraint | Group) -> frozenset[Operator]:
    """Return the comparisons by size in a condition; a single value counts as a range."""
    if isinstance(condition, Group):
        found = frozenset(op for member in condition.members for op in _orderings(member))
        return found | {Operator.BETWEEN} if found else found
    if condition.op in ORDERINGS:
        return frozenset((condition.op,))
    return frozenset((Operator.BETWEEN,)) if condition.op is Operator.EQUAL else frozenset()


def _less(old: Constraint | Group, new: Constraint | Group) -> Constraint | Group | None:
    """Return what is left of a wish once one of the other polarity is said; None when nothing is."""
    left: Constraint | Group | None = old
    for each in new.members if isinstance(new, Group) else (new,):
        if isinstance(each, Constraint) and _whole(each) and not (isinstance(old, Constraint) and _covers(old, each)):
            continue  # "no romantic comedies" leaves the comedies
        if left is not None and isinstance(each, Constraint):
            left = _without(left, each.field, frozenset(map(str, each.value)))
    return left


def _whole(condition: Constraint) -> bool:
    """Return whether a condition asks for several values at once."""
    return condition.op is Operator.CONTAINS_ALL and len(condition.value) > 1


def _covers(old: Constraint, new: Constraint) -> bool:
    return old.field == new.field and old.op is Operator.CONTAINS_ALL and set(old.value) >= set(new.value)


def _of_several(group: Group) -> bool:
    return any(isinstance(member, Constraint) and _whole(member) for member in group.members)


def _without(old: Constraint | Group, field: str, values: frozenset[str]) -> Constraint | Group | None:
    """Return a condition less some values of a field; None when nothing of it is left."""
    if isinstance(old, Group):
        return _shrunk(old, [_without(member, field, values) for member in old.members])
    if old.field != field:
        return old
    if old.op in ORDERINGS:
        return None if set(map(str, old.value)) == values else old
    kept = tuple(each for each in old.value if str(each) not in values)
    if len(kept) == len(old.value):
        return old
    return old.model_copy(update={"value": kept}) if kept else None


def _less_word(condition: Constraint | Group, word: str) -> Constraint | Group | None:
    said = normalise(condition.said)
    if word in (said, normalise(called(condition))):
        return None
    if isinstance(condition, Group):
        if all(name == word for name in map(normalise, fields_of(condition))):
            return None
        return _shrunk(condition, [_less_word(member, word) for member in condition.members])
    if normalise(condition.field) == word:
        return None
    named = [each for each in condition.value if normalise(str(each)) == word]
    if condition.op in ORDERINGS or len(condition.value) == 1:
        return None if named or _holds(said, word) else condition
    kept = tuple(each for each in condition.value if each not in named)
    return condition.model_copy(update={"value": kept}) if kept else None


def _holds(said: str, word: str) -> bool:
    """Return whether words were said, next to each other."""
    return f" {word} " in f" {said} "


def _shrunk(group: Group, members: Sequence[Constraint | Group | None]) -> Constraint | Group | None:
    left = tuple(each for each in members if each is not None)
    if group.join == "none":
        # To refuse less of what must come together would be to refuse more.
        left = tuple(each for each in left if each in group.members or not _of_several(group))
    if left == group.members:
        return group
    if not left:
        return None
    if len(left) == 1 and group.join != "none":
        return left[0].model_copy(update={"strength": group.strength})
    return group.model_copy(update={"members": left})
