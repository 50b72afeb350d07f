"""``make test``: the tests with services beside all others, since most of both is waiting.

What the former say is shown when the latter have ended. The arguments go to both.
"""

import subprocess
import sys
import tempfile

_PYTEST = (sys.executable, "-m", "coverage", "run", "--parallel-mode", "-m", "pytest")
_SERVICES = "tests/services"


def main() -> int:
    """0 where both went well."""
    more = sys.argv[1:]
    with tempfile.TemporaryFile() as told:
        services = subprocess.Popen((*_PYTEST, _SERVICES, *more), stdout=told, stderr=subprocess.STDOUT)
        try:
            others = subprocess.call((*_PYTEST, f"--ignore={_SERVICES}", *more))
            status = services.wait()
        finally:
            services.terminate()
            services.wait()
        told.seek(0)
        sys.stdout.write(told.read().decode("utf-8", "replace"))
    return others or status


if __name__ == "__main__":
    sys.exit(main())
