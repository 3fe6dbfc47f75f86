"""README.md against the script: what it prints, the edits, the code to copy, the texts."""

import re
from pathlib import Path

import numpy as np
import pytest
import torch
from matplotlib.testing.compare import compare_images

import linreg
from tests.conftest import SOURCE, setting

ROOT = Path(linreg.__file__).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = dict(re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL))  # the last of each
OWN_DATA, NEXT = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
PROSE = re.sub("```.*?```|`[^`\n]+`|^  - .+", "", README, flags=re.DOTALL | re.MULTILINE)
