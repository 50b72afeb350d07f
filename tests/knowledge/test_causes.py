"""Every known kind of change is a judgement with a public source."""

from samestack.knowledge.causes import causes
from samestack.model.risk import Risk


def test_every_cause_is_a_judgement_in_a_sentence_with_public_sources() -> None:
    for cause in causes().causes.values():
        assert cause.risk is not Risk.UNKNOWN
        assert cause.text.endswith(".")
        assert cause.sources
        assert all(source.startswith("https://") for source in cause.sources)
