"""Code hosts, registries of packages, and tools of teams: what their keys look like."""

from typing import Final

from samestack.config.scanning.detectors.formats.format import Format, written

_GITHUB: Final = "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure"
_GITLAB: Final = "https://docs.gitlab.com/security/tokens/"
_TELLING: Final = "https://support.atlassian.com/atlassian-account/docs/"

FORMATS: Final[tuple[Format, ...]] = (
    written("a GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_", r"\bgh[pousr]_[A-Za-z0-9]{36,255}\b", _GITHUB),
    written("a GitHub token", "github_pat_", r"\bgithub_pat_[A-Za-z0-9_]{70,90}\b", _GITHUB),
    written(
        "a GitLab token",
        "glpat- gldt- glrt- glcbt- glptt- glft- glimt- glagent- glsoat- gloas- glffct-",
        r"\bgl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|oas|ffct)-[\w.-]{20,300}",
        _GITLAB,
    ),
    written(
        "an npm token",
        "npm_",
        r"\bnpm_[A-Za-z0-9]{36}\b",
        "https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/",
    ),
    written(
        "a PyPI token",
        "pypi-AgE",
        r"\bpypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZw)[\w-]{50,1000}",
        "https://packaging.python.org/en/latest/specifications/pypirc/",
    ),
    written(
        "a RubyGems key",
        "rubygems_",
        r"\brubygems_[a-f0-9]{48}\b",
        "https://guides.rubygems.org/api-key-scopes/",
    ),
    written(
        "a Docker Hub token",
        "dckr_pat_ dckr_oat_",
        r"\bdckr_[po]at_[\w-]{27,40}",
        "https://docs.docker.com/security/access-tokens/",
    ),
    written(
        "a Linear key", "lin_api_", r"\blin_api_[A-Za-z0-9]{40}\b", "https://linear.app/developers/graphql"
    ),
    written(
        "a Notion token",
        "ntn_ secret_",
        r"\b(?:ntn_[A-Za-z0-9]{40,50}|secret_[A-Za-z0-9]{43})\b",
        "https://developers.notion.com/reference/authentication",
    ),
    written(
        "an Atlassian token",
        "ATATT3 ATCTT3 ATBB",
        r"\b(?:ATATT3|ATCTT3)[\w=-]{100,250}|\bATBB[A-Za-z0-9]{32}\b",
        _TELLING,
    ),
    written(
        "a Postman key",
        "PMAK-",
        r"\bPMAK-[a-f0-9]{24}-[a-f0-9]{34}\b",
        "https://learning.postman.com/docs/developer/postman-api/authentication/",
    ),
)
