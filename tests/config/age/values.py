"""Secrets that may be: what the laws of the age store are tried on."""

from hypothesis import strategies as st

from samestack.config.age.secret_document import Secret, Secrets

SCALARS = (
    st.text(st.characters(codec="utf-8"), max_size=40)
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
)
VALUES = SCALARS | st.recursive(
    st.lists(SCALARS, max_size=3),
    lambda inner: st.lists(inner | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), inner)),
    max_leaves=4,
)
NAMES = st.from_regex(r"[A-Z_][A-Z0-9_]{0,8}", fullmatch=True)
SECRETS = st.builds(
    Secrets,
    recipients=st.just(()),
    variables=st.dictionaries(
        NAMES,
        st.builds(Secret, value=VALUES, changed=st.just("2026-03-01T12:00:00Z")),
        max_size=5,
    ),
)
