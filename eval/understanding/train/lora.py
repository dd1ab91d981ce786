"""A low-rank adapter on the upper layers of a small Llama, in torch.

The layers below the cut never change, so what they make of an example is computed once. The loss looks only at the
places where answers stand, and only at the words that may stand there. Knows no data and no file format.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoModelForCausalLM

MATRICES = ("self_attn.q_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj")
"""The matrices of a layer that are adapted."""


class LowRank(nn.Module):
    """A frozen matrix with a trained product of two thin ones beside it."""

    def __init__(self, frozen: nn.Linear, rank: int, scale: float, dropout: float) -> None:
        super().__init__()
        self.frozen = frozen
        self.scale = scale
        self.dropout = nn.Dropout(dropout)
        self.down = nn.Parameter(torch.randn(rank, frozen.in_features) / frozen.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(frozen.out_features, rank))

    def forward(self, x: Tensor) -> Tensor:
        """Return the frozen matrix's output with the adapter's added."""
        added: Tensor = self.dropout(x @ self.down.T) @ self.up.T
        plain: Tensor = self.frozen(x)
        return plain + self.scale * added


@dataclass(frozen=True)
class Encoded:
    """One example in tokens."""

    tokens: tuple[int, ...]
    places: tuple[int, ...]
    """Places of the tokens after which an answer stands."""
    answers: tuple[tuple[int, ...], ...]
    """For each place, the tokens that may stand there."""
    gold: tuple[int, ...]
    """For each place, which of them is right."""


class AdaptedModel:
    """A small Llama with an adapter on its upper layers."""

    def __init__(self, gguf: Path, *, cut: int, rank: int, scale: float = 2.0, dropout: float = 0.05) -> None:
        """Load the model in float32.

        Args:
            gguf: the model's file.
            cut: number of lower layers that are left alone.
            rank: inner size of the adapter.
            scale: factor on the adapter's output.
            dropout: share of the adapter's inner values left out in training.
        """
        whole: Any = AutoModelForCausalLM.from_pretrained(gguf.parent, gguf_file=gguf.name, dtype=torch.float32)
        whole.requires_grad_(False)
        whole.eval()
        self._model: Any = whole.model
        self.cut = cut
        self.config = whole.config
        self.adapters: dict[str, LowRank] = {}
        """By the name of the adapted matrix, `12.mlp.up_proj`."""
        for number in range(cut, len(self._model.layers)):
            for name in MATRICES:
                parent = self._model.layers[number].get_submodule(name.rsplit(".", 1)[0])
                leaf = name.rsplit(".", 1)[1]
                adapter = LowRank(getattr(parent, leaf), rank, scale, dropout)
                setattr(parent, leaf, adapter)
                self.adapters[f"{number}.{name}"] = adapter

    def train(self, training: bool) -> None:
        """Switch dropout on or off."""
        for adapter in self.adapters.values():
            adapter.train(training)

    def parameters(self) -> Iterator[nn.Parameter]:
        """Yield what is trained."""
        for adapter in self.adapters.values():
            yield adapter.down
            yield adapter.up

    def state(self) -> dict[str, Tensor]:
        """Return what is trained, by name."""
        return {
            f"{name}.{side}": getattr(adapter, side).detach().clone()
            for name, adapter in self.adapters.items()
            for side in ("down", "up")
        }

    def load(self, state: dict[str, Tensor]) -> None:
        """Set what is trained."""
        with torch.no_grad():
            for name, adapter in self.adapters.items():
                adapter.down.copy_(state[f"{name}.down"])
                adapter.up.copy_(state[f"{name}.up"])

    @torch.no_grad()
    def lower(self, tokens: Sequence[Sequence[int]]) -> list[Tensor]:
        """Return what the layers below the cut make of some token sequences, in half precision."""
        hidden: Tensor = self._model.embed_tokens(_padded(tokens))
        hidden = self._through(hidden, range(self.cut))
        return [row[: len(each)].to(torch.float16) for row, each in zip(hidden, tokens, strict=True)]

    def logits(self, lower: Sequence[Tensor], batch: Sequence[Encoded]) -> list[Tensor]:
        """Return the logits of the answers at every place of every example, in order."""
        longest = max(len(each) for each in lower)
        hidden = torch.zeros(len(lower), longest, lower[0].shape[1])
        for row, each in zip(hidden, lower, strict=True):
            row[: len(each)] = each.float()
        hidden = self._through(hidden, range(self.cut, len(self._model.layers)))
        rows = [k for k, each in enumerate(batch) for _ in each.places]
        places = [place for each in batch for place in each.places]
        read = self._model.norm(hidden[rows, places])
        answers = [tokens for each in batch for tokens in each.answers]
        table = self._model.embed_tokens.weight
        return [table[list(tokens)] @ vector for tokens, vector in zip(answers, read, strict=True)]

    def _through(self, hidden: Tensor, layers: range) -> Tensor:
        # Sequences are padded on the right, so causal attention never sees the padding.
        positions = torch.arange(hidden.shape[1])[None]
        turned = self._model.rotary_emb(hidden, position_ids=positions)
        for number in layers:
            hidden = self._model.layers[number](hidden, position_embeddings=turned, position_ids=positions)
        return hidden


def loss(logits: Sequence[Tensor], batch: Sequence[Encoded], act_weight: float) -> tuple[Tensor, float]:
    """Return the summed cross-entropy of the right answers and their summed weight.

    Args:
        logits: of every place of every example, in order.
        batch: the examples; the first place of each is its act.
        act_weight: weight of an act, where a role has 1.
    """
    gold = [(number, k) for each in batch for k, number in enumerate(each.gold)]
    total, weight = torch.zeros(()), 0.0
    for (right, k), row in zip(gold, logits, strict=True):
        share = act_weight if k == 0 else 1.0
        total = total - share * torch.log_softmax(row, 0)[right]
        weight += share
    return total, weight


def _padded(tokens: Sequence[Sequence[int]]) -> Tensor:
    longest = max(map(len, tokens))
    return torch.tensor([[*each, *[0] * (longest - len(each))] for each in tokens])
