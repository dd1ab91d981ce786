"""The ranker is told of rows and words; what it cannot use is left out."""

from tastemaker.tools.catalogue.constraint import Constraint, Operator
from tastemaker.tools.ranking.request import RankingRequest

KIND = Constraint(field="kinds", op=Operator.CONTAINS_ANY, value=("War",))


def test_items_stand_in_the_order_in_which_they_were_named_and_unknown_ids_are_left_out(small_workspace):
    ids = [str(each) for each in small_workspace.catalogue.ids[:3]]
    request = RankingRequest.of(small_workspace.catalogue, named=[ids[2], "nothing", ids[0]], liked=[ids[1]])
    assert request.named.tolist() == [2, 0]
    assert request.liked.tolist() == [1]


def test_what_is_disliked_is_not_among_the_items_named(small_workspace):
    ids = [str(each) for each in small_workspace.catalogue.ids[:2]]
    request = RankingRequest.of(small_workspace.catalogue, named=ids, disliked=ids[:1])
    assert request.named.tolist() == [1]
    assert request.disliked.tolist() == [0]


def test_the_latest_words_come_first_so_that_the_oldest_are_cut_off(small_workspace):
    request = RankingRequest.of(small_workspace.catalogue, said=["x" * 590, " ", "something with trains"])
    assert request.said.startswith("something with trains x")
    assert len(request.said) == 600


def test_wishes_that_must_hold_are_counted_and_preferences_kept(small_workspace):
    preferred = KIND.model_copy(update={"strength": "prefer"})
    request = RankingRequest.of(small_workspace.catalogue, conditions=[KIND, preferred])
    assert request.wishes == 1
    assert request.preferences == (preferred,)
