"""The import stand-ins: ReportLab works as ever afterwards, and a lean import really is lean."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

LEAN = "from compiler.lean import stand_ins\nwith stand_ins():\n    from reportlab.pdfgen.canvas import Canvas\n"
HEAVY = {"PIL", "PIL.Image", "ast", "pickle", "platform", "tempfile", "uharfbuzz", "urllib.parse", "inspect", "typing"}


def run(script, **environ):
    """A script's output in a process of its own."""
    environ = {**os.environ, "CN_LEAN": "", **environ}
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environ).stdout


def test_a_lean_import_brings_none_of_the_weight():
    """No Pillow, no HarfBuzz, no tempfile and the like, and no stand-in is left behind."""
    loaded = set(run(LEAN + "import sys\nprint(*sys.modules)").split())
    before = set(run("import sys\nprint(*sys.modules)").split())
    assert "reportlab.pdfgen.canvas" in loaded
    assert not (loaded - before) & HEAVY


def test_the_switch_imports_everything_as_it_is():
    """CN_LEAN=0 gives ReportLab's own imports."""
    assert set(run(LEAN + "import sys\nprint(*sys.modules)", CN_LEAN="0").split()) >= {"PIL.Image", "uharfbuzz"}


def test_harfbuzz_works_after_a_lean_import():
    """uharfbuzz itself comes without inspect, and ReportLab's name for it is the real one."""
    script = LEAN + (
        "import sys\nfrom compiler.text import fontfile\nimport reportlab.pdfbase.ttfonts as ttfonts\nimport uharfbuzz\n"
        "assert fontfile.hb is uharfbuzz and ttfonts.uharfbuzz.Buffer is uharfbuzz.Buffer\n"
        "print('typing' in sys.modules, 'dis' in sys.modules)"
    )
    assert run(script).split()[1] == "False"


@pytest.mark.parametrize(
    "use",
    [
        "from reportlab.lib.rl_safe_eval import rl_safe_eval; assert rl_safe_eval('1+1') == 2",
        "from reportlab.lib.utils import rl_safe_eval; assert rl_safe_eval('[1, 2]') == [1, 2]",
        "from reportlab.lib.utils import literal_eval; assert literal_eval('(1, 2)') == (1, 2)",
        "from reportlab.lib.utils import base64_encodebytes as encode; assert encode(b'a') == b'YQ==\\n'",
        "from reportlab.lib.utils import get_rl_tempfile; assert get_rl_tempfile('a')",
        "from reportlab.lib.utils import Image; assert Image.new('RGB', (2, 2)).size == (2, 2)",
        "from reportlab.lib.utils import urlparse; assert urlparse('a://b/c').netloc == 'b'",
        "from reportlab.lib.utils import rl_glob; assert rl_glob('/*')",
        "import urllib.parse, pickle, platform; assert platform.system() and pickle.loads(pickle.dumps(1)) == 1",
        "import PIL.Image, inspect, ast; assert PIL.Image.new('L', (1, 1)) and inspect.getsource(ast.parse)",
        "from reportlab.lib.rl_accel import escapePDF; assert escapePDF('(a)') == '\\\\(a\\\\)'",
        "from reportlab.lib.rl_accel import asciiBase85Encode; assert asciiBase85Encode(b'abc').startswith('@:E')",
        "from reportlab.lib.colors import toColor; assert toColor('rgb(255,0,0)').red == 1",
    ],
)
def test_what_was_stood_in_for_works(use):
    """Every name ReportLab bound to a stand-in does what the real one does."""
    run(LEAN + use)


@given(
    st.lists(
        st.one_of(st.floats(-1e7, 1e7), st.integers(-1000, 1000), st.sampled_from([10.0**n for n in range(-8, 8)])), max_size=6
    )
)
def test_numbers_are_written_as_reportlab_writes_them(values):
    """Digits, signs, leading zeros; one sequence or several values."""
    from reportlab.lib.rl_accel import fp_str

    from compiler.lean import _numbers

    assert _numbers(*values) == fp_str(*values)
    assert _numbers(values) == fp_str(values)


def test_reportlab_draws_as_ever_after_a_lean_import(tmp_path):
    """Platypus, a chart, a picture and a stock font give the same bytes as after a stock import."""
    script = """
import io, sys
from PIL import Image as Pictures
from reportlab.graphics import renderPDF
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Image, Paragraph, SimpleDocTemplate, Table
picture = io.BytesIO()
Pictures.new('RGBA', (8, 8), (255, 0, 0, 128)).save(picture, 'PNG')
drawing = Drawing(100, 100)
chart = VerticalBarChart()
chart.data = [(1, 2, 3)]
drawing.add(chart)
out = io.BytesIO()
styles = getSampleStyleSheet()
story = [Paragraph('<b>one</b> two <font color="red">three</font>', styles['BodyText']), Table([['a', 'b']]), drawing]
story.append(Image(io.BytesIO(picture.getvalue()), 20, 20))
SimpleDocTemplate(out, invariant=1).build(story)
page = Canvas(out, invariant=1)
page.drawImage(ImageReader(picture), 0, 0)
renderPDF.draw(drawing, page, 10, 10)
page.save()
import hashlib
print(hashlib.sha256(out.getvalue()).hexdigest(), len(out.getvalue()))
"""
    lean, stock = run(LEAN + script), run(LEAN + script, CN_LEAN="0")
    assert int(lean.split()[1]) > 3000
    assert lean == stock
