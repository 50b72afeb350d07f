"""``python -m samestack`` is ``samestack``."""

import sys

from samestack.cli.main import main

sys.exit(main())
