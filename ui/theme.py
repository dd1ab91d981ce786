"""How the chat looks: colours, fonts, style sheet and script. All of it is in this package; nothing is fetched."""

from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from gradio.themes import Base
from gradio.themes.utils import colors, sizes

_ASSETS: Final = Path(str(files("tastemaker.ui"))) / "assets"
_ACCENT: Final = colors.Color(
    name="plum",
    c50="#fdf3f8",
    c100="#fae3ef",
    c200="#f4c8df",
    c300="#ea9dc3",
    c400="#dc6ba1",
    c500="#c04080",
    c600="#9d2c66",
    c700="#832455",
    c800="#6b2147",
    c900="#531c39",
    c950="#330c20",
)


def asset_path(name: str) -> Path:
    """Return where a file in `assets` lies."""
    return _ASSETS / name


def asset(name: str) -> str:
    """Return the text of a file in `assets`."""
    return asset_path(name).read_text(encoding="utf-8")


def presentation() -> dict[str, Any]:
    """Return the arguments of Gradio's `launch` and `mount_gradio_app` that give the chat its looks."""
    return {"theme": _theme(), "css": asset("chat.css"), "head": asset("head.html")}


def _theme() -> Base:
    return Base(
        primary_hue=_ACCENT,
        secondary_hue=_ACCENT,
        neutral_hue=colors.stone,
        radius_size=sizes.radius_lg,
        text_size=sizes.text_md,
        font=["ui-sans-serif", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    ).set(
        body_background_fill="#faf8f5",
        body_background_fill_dark="#141113",
        body_text_color="#241f21",
        body_text_color_dark="#f1ecee",
        body_text_color_subdued="#655c60",
        body_text_color_subdued_dark="#b5a9ae",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#1d191b",
        background_fill_secondary="#f5f1ee",
        background_fill_secondary_dark="#262124",
        border_color_primary="#e3dbd7",
        border_color_primary_dark="#3a3236",
        block_background_fill="*background_fill_primary",
        block_background_fill_dark="*background_fill_primary",
        input_background_fill="*background_fill_primary",
        input_background_fill_dark="*background_fill_primary",
    )
