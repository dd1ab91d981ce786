"""Writes an adapter as a GGUF file that llama.cpp loads beside the model."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from gguf import GGUFWriter
from numpy.typing import NDArray

_NAMES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}


def write_adapter(path: Path, state: Mapping[str, NDArray[np.float32]], *, scale: float, heads: int) -> None:
    """Write an adapter in half precision.

    Args:
        path: the file.
        state: thin matrices by name: `12.mlp.up_proj.down`, as `AdaptedModel.state` has them.
        scale: factor on the adapter's output.
        heads: attention heads of the model, whose halves llama.cpp keeps in another order.
    """
    rank = next(iter(state.values())).shape[0]
    writer = GGUFWriter(path, "llama")
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    # llama.cpp scales by alpha / rank.
    writer.add_float32("adapter.lora.alpha", scale * rank)
    for name, values in state.items():
        layer, matrix = name.rsplit(".", 1)[0].split(".", 1)
        side = "lora_a" if name.endswith(".down") else "lora_b"
        if matrix == "self_attn.q_proj" and side == "lora_b":
            values = _interleaved(values, heads)
        writer.add_tensor(f"blk.{layer}.{_NAMES[matrix]}.weight.{side}", values.astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _interleaved(rows: NDArray[np.float32], heads: int) -> NDArray[np.float32]:
    """Return the rows of a query matrix in llama.cpp's order: the two halves of each head in turn."""
    outer, inner = rows.shape
    return rows.reshape(heads, 2, outer // heads // 2, inner).swapaxes(1, 2).reshape(outer, inner)
