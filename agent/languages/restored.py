"""Gives a draft that was made from a gloss the person's own words back."""

from tastemaker.agent.languages.gloss import Gloss
from tastemaker.agent.plan import Draft
from tastemaker.tools.catalogue.constraint import Constraint, Group


def restored(draft: Draft, gloss: Gloss) -> Draft:
    """Return a draft with the words that were typed, and the language they are in.

    Args:
        draft: what was understood of the gloss.
        gloss: the request as plain English.
    """
    if not gloss.pieces:
        return draft.model_copy(update={"language": gloss.language})
    return draft.model_copy(
        update={
            "wishes": tuple(_restored(wish, gloss) for wish in draft.wishes),
            "opinions": tuple(each.model_copy(update={"said": gloss.said(each.said)[:500]}) for each in draft.opinions),
            "dials": tuple(each.model_copy(update={"said": gloss.said(each.said)[:500]}) for each in draft.dials),
            "language": gloss.language,
            "gloss": gloss.text[:8000],
            "typed": tuple((soft, typed) for soft in _soft(draft) if (typed := gloss.said(soft)) != soft),
        }
    )


def _soft(draft: Draft) -> list[str]:
    """Return the words of a draft that are no values of the catalogue, as its plan will have them."""
    every = (draft.query, *draft.avoid, draft.inquiry.quality, *draft.forget)
    return list(dict.fromkeys(" ".join(each.split()) for each in every if each.strip()))


def _restored(wish: Constraint | Group, gloss: Gloss) -> Constraint | Group:
    said = gloss.said(wish.said)[:500]
    if isinstance(wish, Group):
        return wish.model_copy(update={"said": said, "members": tuple(_restored(each, gloss) for each in wish.members)})
    return wish.model_copy(update={"said": said})
