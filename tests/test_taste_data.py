"""Interactions are read from a workspace or a file; likes and dislikes are parted by value."""

import numpy as np
import pytest

from tastemaker.eval.taste.data import Interactions, log_of, matrix_of, rows_of
from tastemaker.tools.errors import DataError


def test_a_file_of_ratings_gives_likes_and_dislikes(tmp_path):
    lines = ["userId,movieId,rating", "1,10,5", "1,20,1", "2,20,4.5", "2,10,3.5", "2,30,0.5", "1,10,5"]
    (tmp_path / "ratings.csv").write_text("\n".join(lines), encoding="utf-8")
    found = Interactions.of_file(tmp_path / "ratings.csv")
    assert found.likes.toarray().tolist() == [[1, 0, 0], [0, 1, 0]]
    assert found.dislikes.toarray().tolist() == [[0, 1, 0], [0, 0, 1]], "3.5 is neither"
    assert found.vectors is None


def test_without_values_every_interaction_is_a_like(tmp_path):
    (tmp_path / "plays.csv").write_text("user,item\na,x\na,y\nb,y\n", encoding="utf-8")
    found = Interactions.of_file(tmp_path / "plays.csv")
    assert found.likes.toarray().tolist() == [[1, 1], [0, 1]]
    assert found.dislikes.nnz == 0


def test_a_file_without_users_names_the_cure(tmp_path):
    (tmp_path / "plays.csv").write_text("item,value\nx,1\ny,2\n", encoding="utf-8")
    with pytest.raises(DataError, match="name one 'user'"):
        Interactions.of_file(tmp_path / "plays.csv")


def test_a_workspace_gives_its_log_and_its_texts(small_workspace):
    found = Interactions.of_workspace(small_workspace)
    log = small_workspace.catalogue.interaction_log()
    liked = log.value >= small_workspace.schema.like_at_least
    assert found.likes.nnz == len({*zip(log.user[liked].tolist(), log.row[liked].tolist(), strict=True)})
    assert found.vectors.shape[0] == found.likes.shape[1] == 60


def test_lists_of_rows_come_back_from_their_matrix():
    lists = [np.array([1, 3]), np.array([], dtype=np.int64), np.array([0])]
    matrix = matrix_of(lists, 4)
    assert [rows_of(matrix, user).tolist() for user in range(3)] == [[1, 3], [], [0]]
    log = log_of(matrix)
    assert (log.user.tolist(), log.row.tolist(), len(log.users)) == ([0, 0, 2], [1, 3, 0], 3)
