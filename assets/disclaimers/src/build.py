"""Make ../channel-notice.pdf from channel-notice.typ: tagged PDF/A-2a, its fonts the two of `pylopdf-fonts-zh-cn`.

Run by hand after a change of the text: `python assets/disclaimers/src/build.py` (needs the `typst` package of the dev group).
"""

from __future__ import annotations

import importlib.util
from datetime import UTC, datetime
from pathlib import Path


def main() -> None:
    import typst

    here = Path(__file__).resolve().parent
    package = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    assert package is not None
    assert package.origin is not None
    pdf = typst.compile(
        here / "channel-notice.typ",
        font_paths=[Path(package.origin).parent],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["a-2a"],
        timestamp=int(datetime(2023, 11, 1, tzinfo=UTC).timestamp()),
    )
    (here.parent / "channel-notice.pdf").write_bytes(pdf)


if __name__ == "__main__":
    main()
