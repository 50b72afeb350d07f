"""A profile: what merges, what replaces, where it comes from, and all that is wrong in one pass."""

import json
import threading
import time
from collections.abc import Mapping
from importlib.metadata import EntryPoint, EntryPoints
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestack.config.entry import Entry, Origin
from samestack.config.rank import Rank
from samestack.config.resolution import Resolution
from samestack.config.running.variables import variables_of
from samestack.config.sources.kind import Question, SourceKind
from samestack.errors import RequestError
from samestack.outside.source_error import Reason, SourceError
from tests.config.configurations import Project

NAMES = st.from_regex(r"[a-z](?:[a-z0-9]|_(?!_)){0,8}[a-z0-9]", fullmatch=True)
TABLES = st.dictionaries(
    NAMES, st.text(st.characters(exclude_characters="\0"), max_size=5) | st.booleans(), max_size=4
)
CANARY = "canary-6c1f"

FIELDS = """
[tool.samestack.config.fields]
API_KEY = { type = "string", secret = true, required = ["production"], longest-age = "9w", aliases = ["KEY"] }
MAX_WORKERS = { type = "integer", minimum = 1, maximum = 64, default = 2 }
LOG_LEVEL = { type = "string", enum = ["DEBUG", "INFO"], required = true }
LIMITS = { type = "object" }
"""


def rules(resolution: Resolution) -> list[tuple[str, str, str]]:
    return sorted((one.rule, one.subject, one.severity.value) for one in resolution.findings)


class TestWithoutASchema:
    def test_the_profile_goes_before_the_base_and_maps_merge(self, project: Project) -> None:
        project.write(
            {
                "config/base.toml": 'log_level = "INFO"\n[database]\nurl = "sqlite:///local.db"\npool = 5\n',
                "config/production.yaml": "LOG_LEVEL: WARNING\ndatabase:\n  pool: 20\nmax_workers: 20\n",
            }
        )
        assert variables_of(project.resolved("production")) == {
            "DATABASE__POOL": "20",
            "DATABASE__URL": "sqlite:///local.db",
            "LOG_LEVEL": "WARNING",
            "MAX_WORKERS": "20",
        }

    def test_values_as_settings_classes_read_them(self, project: Project) -> None:
        text = 'on = true\nratio = 0.5\nnone = nan\nhosts = ["a", "b"]\nday = 2026-03-01\nempty = ""\n'
        project.write({"config/test.toml": text})
        assert variables_of(project.resolved("test")) == {
            "DAY": "2026-03-01",
            "EMPTY": "",
            "HOSTS": '["a","b"]',
            "NONE": "nan",
            "ON": "true",
            "RATIO": "0.5",
        }

    def test_lists_replace_and_null_takes_away(self, project: Project) -> None:
        project.write(
            {
                "config/base.json": '{"hosts": ["a", "b"], "proxy": "http://proxy", "cache": "c"}',
                "config/test.json": '{"hosts": [], "proxy": null, "cache": null}',
            }
        )
        assert variables_of(project.resolved("test")) == {"HOSTS": "[]"}

    def test_the_environment_says_what_other_sources_name(self, project: Project) -> None:
        project.write({"config/test.toml": "a = 1\n"})
        assert variables_of(project.resolved("test", {"A": "2", "PATH": "/bin"})) == {"A": "2"}

    @given(TABLES, TABLES)
    def test_merging_is_the_union_with_the_profile_on_top(
        self, tmp_path_factory: pytest.TempPathFactory, below: Mapping[str, Any], above: Mapping[str, Any]
    ) -> None:
        project = Project(tmp_path_factory.mktemp("project"))
        project.write({"config/base.json": json.dumps(below), "config/test.json": json.dumps(above)})
        merged = {**below, **above}
        expected = {
            name.upper(): str(said).lower() if isinstance(said, bool) else said
            for name, said in merged.items()
        }
        assert variables_of(project.resolved("test")) == expected


class TestProfiles:
    @pytest.mark.parametrize("profile", ["staging", "base", "../secret", ".", "a/b", "produ*"])
    def test_one_that_is_not_there(self, project: Project, profile: str) -> None:
        files = ("config/base.toml", "config/production.toml", "config/development.yaml", "secret.toml")
        project.write(dict.fromkeys(files, ""))
        with pytest.raises(RequestError, match="there is no profile"):
            project.resolved(profile)

    def test_a_project_without_configuration(self, project: Project) -> None:
        with pytest.raises(RequestError, match="no profile is configured here"):
            project.resolved("test")

    def test_the_variable_names_it_where_nobody_else_does(self, project: Project) -> None:
        project.write({"config/a.toml": "v = 1\n", "config/b.toml": "v = 2\n"})
        variables = {"SAMESTACK_PROFILE": "b"}
        assert project.resolved("", variables).profile == "b"
        assert project.resolved("a", variables).profile == "a"

    def test_two_documents_of_one_profile(self, project: Project) -> None:
        project.write({"config/test.toml": "", "config/test.json": "{}"})
        with pytest.raises(RequestError, match=r"test\.toml and test\.json would both be 'test'"):
            project.resolved("test")


class TestWithASchema:
    def test_layers_from_the_highest_to_the_lowest(self, project: Project) -> None:
        project.write(
            {
                "pyproject.toml": FIELDS,
                "config/base.toml": 'log_level = "INFO"\nmax_workers = 3\n',
                "config/development.toml": "max_workers = 4\n",
                ".env": "MAX_WORKERS=5\n",
            }
        )
        variables = {"MAX_WORKERS": "6", "PATH": "/bin"}
        resolution = project.resolved("development", variables, overrides=(("MAX_WORKERS", "7"),))
        assert rules(resolution) == []
        said = resolution.value("MAX_WORKERS")
        assert said is not None
        assert said.value == 7
        assert [said.origin.rank, *(one.origin.rank for one in said.shadowed)][:5] == [
            Rank.OVERRIDE,
            Rank.PROCESS,
            Rank.DOTENV,
            Rank.PROFILE,
            Rank.BASE,
        ]
        assert [state.rank for state in resolution.sources] == sorted(
            state.rank for state in resolution.sources
        )

    def test_a_dotenv_file_is_for_development(self, project: Project) -> None:
        project.write(
            {
                "pyproject.toml": FIELDS,
                "config/staging.toml": 'log_level = "INFO"\n',
                ".env": "MAX_WORKERS=5\n",
            }
        )
        said = project.resolved("staging").value("MAX_WORKERS")
        assert said is not None
        assert (said.value, said.origin.rank) == (2, Rank.DEFAULT)

    def test_an_alias_is_the_field(self, project: Project) -> None:
        project.write({"pyproject.toml": FIELDS, "config/development.toml": 'log_level = "INFO"\n'})
        both = project.resolved("development", {"KEY": "second", "API_KEY": "first"}).value("API_KEY")
        assert both is not None
        assert (both.value, [one.value for one in both.shadowed]) == ("first", ["second"])

    def test_a_map_that_is_written_as_a_text_merges(self, project: Project) -> None:
        text = 'log_level = "INFO"\n[limits]\ncpu = 1\nmemory = 2\n'
        project.write({"pyproject.toml": FIELDS, "config/development.toml": text})
        said = project.resolved("development", {"LIMITS": '{"cpu": 4}'}).value("LIMITS")
        assert said is not None
        assert said.value == {"cpu": 4, "memory": 2}

    def test_all_that_is_wrong_is_told_in_one_pass(self, project: Project) -> None:
        project.write(
            {
                "pyproject.toml": FIELDS,
                "config/base.toml": f'max_workers = 65\napi_key = "{CANARY}"\nlog_levle = "INFO"\n',
                "config/production.toml": "limits = 3\n",
            }
        )
        resolution = project.resolved("production")
        assert rules(resolution) == [
            ("config-missing", "LOG_LEVEL", "error"),
            ("config-range", "MAX_WORKERS", "error"),
            ("config-type", "LIMITS", "error"),
            ("config-unknown", "LOG_LEVLE", "error"),
            ("secret-in-file", "API_KEY", "error"),
            ("secret-stale", "API_KEY", "unknown"),
        ]
        assert resolution.exit_status == 1
        assert CANARY not in repr(resolution.findings)
        places = {one.rule: one.place for one in resolution.findings}
        assert places["config-range"] == "config/base.toml, max_workers"

    def test_a_malformed_document_is_told_beside_the_rest(self, project: Project) -> None:
        project.write(
            {
                "pyproject.toml": FIELDS,
                "config/base.toml": f'api_key = "{CANARY}\n',
                "config/staging.toml": "",
            }
        )
        found = rules(project.resolved("staging"))
        assert ("source-malformed", "config/base.toml", "error") in found
        assert ("config-missing", "LOG_LEVEL", "error") in found


def _read(question: Question) -> tuple[Entry, ...]:
    match question.locator:
        case "down":
            raise SourceError("far:down", Reason.UNREACHABLE, "nobody answers")
        case "fault":
            raise KeyError(CANARY)
        case "slow":
            time.sleep(30)
        case "empty":
            return ()
    origin = Origin(source=f"far:{question.locator}", rank=Rank.CONFIGURATION_STORE)
    return (Entry(name="LOG_LEVEL", value="INFO", origin=origin),)


def _present(question: Question) -> tuple[tuple[str, Origin], ...]:
    return tuple((entry.name, entry.origin) for entry in _read(question))


FAR = SourceKind(
    name="far",
    rank=Rank.CONFIGURATION_STORE,
    summary="a stranger's",
    read=_read,
    present=_present,
    is_remote=True,
)


class TestRemoteSources:
    @pytest.fixture(autouse=True)
    def strangers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        point = EntryPoint("far", f"{__name__}:FAR", "samestack.config.sources")
        monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: EntryPoints([point]))

    def resolved(self, project: Project, *sources: str, **more: Any) -> Resolution:
        listed = ", ".join(sources)
        project.write(
            {"pyproject.toml": f"[tool.samestack.config.profiles.test]\nsources = [{listed}]\n{FIELDS}"}
        )
        return project.resolved("test", **more)

    @pytest.mark.parametrize(
        ("locator", "rule", "status"),
        [
            ("down", "source-unreachable", 3),
            ("fault", "source-unreachable", 3),
            ("slow", "source-unreachable", 3),
            ("empty", "source-empty", 1),
        ],
    )
    def test_one_that_says_nothing(self, project: Project, locator: str, rule: str, status: int) -> None:
        began = time.monotonic()
        resolution = self.resolved(project, f'{{source = "far:{locator}", seconds = 0.2}}')
        assert (rule, f"far:{locator}", "error") in rules(resolution)
        assert resolution.exit_status == status
        assert CANARY not in repr(resolution)
        assert time.monotonic() - began < 10

    def test_one_that_need_not(self, project: Project) -> None:
        resolution = self.resolved(project, '"far:x"', '{source = "far:down", required = false}')
        assert rules(resolution) == [("source-unreachable", "far:down", "note")]
        assert resolution.exit_status == 0

    def test_presence_without_values(self, project: Project) -> None:
        resolution = self.resolved(project, '"far:x"', presence_only=True)
        said = resolution.value("LOG_LEVEL")
        assert said is not None
        assert not isinstance(said.value, str)
        assert rules(resolution) == []

    def test_an_option_that_its_kind_has_not(self, project: Project) -> None:
        with pytest.raises(RequestError, match="no option 'colour'"):
            self.resolved(project, '{source = "far:x", colour = 1}')

    def test_a_kind_that_there_is_not(self, project: Project) -> None:
        with pytest.raises(RequestError, match="no kind of source 'fra'"):
            self.resolved(project, '"fra:x"')


def test_sources_are_asked_at_once(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both wait for each other: one after the other, neither would answer."""
    together = threading.Barrier(2, timeout=10)

    def read(question: Question) -> tuple[Entry, ...]:
        together.wait()
        return _read(question)

    kind = SourceKind(name="far", rank=Rank.CONFIGURATION_STORE, summary="", read=read, is_remote=True)
    monkeypatch.setattr(
        "samestack.config.asking.source_kind", lambda name: kind if name == "far" else _own(name)
    )
    project.write({"pyproject.toml": '[tool.samestack.config.profiles.test]\nsources = ["far:a", "far:b"]\n'})
    assert not project.resolved("test").has_failed


def _own(name: str) -> SourceKind:
    from samestack.config.sources.catalogue import source_kind

    return source_kind(name)
