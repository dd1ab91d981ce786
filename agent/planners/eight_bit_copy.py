"""A copy of a model file with weights of eight bits, which llama.cpp reads a text with twice as fast as with four.

The copy is made once and kept. Knows nothing of what the model is for.
"""

import ctypes
import logging
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from tastemaker.tools.errors import TastemakerError


class CopyError(TastemakerError):
    """The copy could not be made; the message says why, in a sentence."""


def copy_path(gguf: Path, folder: Path) -> Path:
    """Return where the copy of a model file is kept; another file of the same name has another copy."""
    return folder / f"{gguf.stem}-{gguf.stat().st_size}-q8_0.gguf"


def eight_bit_copy(gguf: Path, folder: Path) -> Path:
    """Return the copy of a model file, made at the first call: about a second for 135 million weights, 145 MB.

    Two processes that make it at once each write their own; the later one stays, whole.

    Args:
        gguf: the model file.
        folder: where copies are kept; made when missing.

    Raises:
        CopyError: the folder cannot be written, or llama.cpp cannot read the file.
    """
    place = copy_path(gguf, folder)
    if place.is_file():
        return place
    import llama_cpp

    # What llama.cpp says of each tensor is nothing for the person at the terminal.
    logging.getLogger("llama-cpp-python").setLevel(logging.ERROR)
    wanted = llama_cpp.llama_model_quantize_default_params()
    wanted.ftype = llama_cpp.LLAMA_FTYPE_MOSTLY_Q8_0
    wanted.allow_requantize = True
    wanted.nthread = 1
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder) as apart:
            writing = Path(apart, place.name)
            if llama_cpp.llama_model_quantize(os.fsencode(gguf), os.fsencode(writing), ctypes.byref(wanted)):
                raise CopyError(f"No faster copy of {gguf.name} could be written to {folder}; make room there.")
            writing.replace(place)
    except OSError as error:
        raise CopyError(f"{folder} cannot be written ({error.strerror}); make it writable.") from error
    return place
