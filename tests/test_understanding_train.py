"""The training of the local planner's learners, as far as it needs no hour."""

import gguf
import numpy as np

from tastemaker.eval.understanding.example import Example, ExampleMark
from tastemaker.eval.understanding.train import logistic, turns
from tastemaker.eval.understanding.train.doubt import doubted
from tastemaker.eval.understanding.train.export import write_adapter
from tastemaker.eval.understanding.train.judged import accuracy, best_thresholds, decided, rules_alone


def _example(number, words, rules, gold):
    start = words.index("war")
    mark = ExampleMark(
        start=start, end=start + 3, text="war", field="kinds", label="kind", kind="facet", known=True, rules=rules,
        gold=gold,
    )  # fmt: skip
    return Example(
        id=f"t{number}", turn=1, domain="games", kind="simple", language="en", text=words, marks=(mark,), listed=False,
        previous_act="", rules_act="recommend", gold_act="chat" if words.startswith("hi") else "recommend",
    )  # fmt: skip


EXAMPLES = [
    _example(n, words, "wanted", gold)
    for n, (words, gold) in enumerate(
        [("spare me war", "refused"), ("some war", "wanted"), ("hi war", "ignored"), ("spare us any war", "refused")]
        * 8
    )
]


def test_the_regression_learns_what_the_rules_do_not_know():
    judge = logistic.fit(EXAMPLES, strength=10.0)
    found = [judge.judge(turns.asked(each)) for each in EXAMPLES]
    assert accuracy(EXAMPLES, rules_alone(EXAMPLES)).turn == 0.25
    assert accuracy(EXAMPLES, [decided(each, one) for each, one in zip(EXAMPLES, found, strict=True)]).turn == 1.0
    act, role = best_thresholds(EXAMPLES, found)
    assert min(act, role) > 0.3


def test_examples_are_read_as_they_were_written(tmp_path):
    assert turns.write(tmp_path / "examples.jsonl", EXAMPLES) == len(EXAMPLES)
    assert turns.read(tmp_path / "examples.jsonl") == EXAMPLES


def test_a_share_of_the_hints_is_put_back_the_same_ones_every_time():
    refused = [
        each.model_copy(update={"marks": (each.marks[0].model_copy(update={"rules": "refused"}),)}) for each in EXAMPLES
    ]
    first = doubted(refused, 0.5)
    assert first == doubted(refused, 0.5)
    put_back = sum(each.marks[0].rules == "wanted" for each in first)
    assert 0 < put_back < len(refused)
    assert doubted(refused, 0.0) == refused


def test_an_adapter_is_written_with_query_rows_in_the_order_of_llama_cpp(tmp_path):
    rows = np.arange(8, dtype=np.float32).repeat(2).reshape(8, 2)
    state = {
        "3.self_attn.q_proj.down": np.ones((2, 4), np.float32),
        "3.self_attn.q_proj.up": rows,
        "3.mlp.up_proj.down": np.ones((2, 4), np.float32),
        "3.mlp.up_proj.up": rows,
    }
    write_adapter(tmp_path / "adapter.gguf", state, scale=2.0, heads=2)
    reader = gguf.GGUFReader(tmp_path / "adapter.gguf")
    tensors = {each.name: each.data for each in reader.tensors}
    assert tensors["blk.3.ffn_up.weight.lora_b"][:, 0].tolist() == [0, 1, 2, 3, 4, 5, 6, 7]
    assert tensors["blk.3.attn_q.weight.lora_b"][:, 0].tolist() == [0, 2, 1, 3, 4, 6, 5, 7]
    assert float(reader.fields["adapter.lora.alpha"].parts[-1][0]) == 4.0
