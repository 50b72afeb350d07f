"""Where everything of a bisection is tried: one program, judged in one way, in many environments."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from samestack.behaviour.bisecting.trials.bench import Bench, Ran
from samestack.behaviour.bisecting.trials.description import Probe, TrialDescription, TrialEnvironment
from samestack.behaviour.bisecting.trials.outcome import Outcome
from samestack.behaviour.bisecting.trials.predicates import Predicate, Told
from samestack.progress import Reporter


class Program(Struct, frozen=True, kw_only=True):
    """What is run, and how it is read."""

    probe: Probe
    predicate_for: Callable[[Sequence[Outcome]], Predicate]
    """By how the bad environment ends: what is no answer elsewhere may be what is looked for."""
    words: tuple[str, ...]
    """The command."""
    said: str
    """The command, as a person would type it."""


class Tried(Struct, frozen=True, kw_only=True):
    """One run, judged."""

    outcome: Outcome
    told: Told


class Laboratory:
    """Hands trials to a bench and reads how they ended, by ``predicate``; the baseline sets it."""

    def __init__(self, bench: Bench, program: Program, reporter: Reporter) -> None:
        self.program = program
        self.reporter = reporter
        self.predicate = program.predicate_for(())
        self.runs = 0
        self.remembered = 0
        self.notes: dict[str, None] = {}
        self._bench = bench

    def described(
        self,
        environment: TrialEnvironment,
        *,
        variables: Mapping[str, str] | None = None,
        is_real: bool = False,
    ) -> TrialDescription:
        """A trial of an environment."""
        return TrialDescription(
            environment=environment,
            probe=self.program.probe,
            variables=tuple(sorted((variables or {}).items())),
            is_real=is_real,
        )

    def ask(self, trial: TrialDescription, number: int = 0) -> None:
        """Have a trial made."""
        self._bench.ask(trial, number)

    def next(self) -> Ran:
        """The next trial that is done."""
        ran = self._bench.next()
        self.runs += 1
        self.remembered += ran.is_remembered
        self.notes.update(dict.fromkeys(ran.outcome.notes))
        return ran

    def judged(self, outcome: Outcome) -> Tried:
        """What an outcome says."""
        return Tried(outcome=outcome, told=self.predicate(outcome))

    def outcomes(self, trials: Sequence[tuple[TrialDescription, int]], why: str) -> list[Outcome]:
        """Have several made, and wait for all of them."""
        for trial, number in trials:
            self.ask(trial, number)
        keys = [(trial.key, number) for trial, number in trials]
        found: dict[tuple[str, int], Outcome] = {}
        while not found.keys() >= set(keys):
            ran = self.next()  # what an earlier search has left under way may come as well
            found[ran.trial.key, ran.number] = ran.outcome
            self.reporter.advanced(f"run {self.runs}: {why}")
        return [found[key] for key in keys]
