"""What a workload's template says: which pods are its, and names of what its container reads."""

import json
from typing import Any

import pytest

from samestack.capture.documents import decode_json
from samestack.capture.kubernetes.configuration import read_configuration
from samestack.capture.kubernetes.template import PodSpecification, Selector
from samestack.capture.kubernetes.workload import repository_of

CANARY = "canary-93b1"


def shaped(document: Any, shape: Any) -> Any:
    return decode_json(json.dumps(document).encode(), shape, file="test")


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ({"matchLabels": {"app": "a", "tier": "b"}}, "app=a,tier=b"),
        (
            {
                "matchExpressions": [
                    {"key": "a", "operator": "In", "values": ["b", "c"]},
                    {"key": "d", "operator": "NotIn", "values": ["e"]},
                    {"key": "f", "operator": "Exists"},
                    {"key": "g", "operator": "DoesNotExist"},
                ]
            },
            "a in (b,c),d notin (e),f,!g",
        ),
    ],
)
def test_a_selector_as_a_list_is_asked_for(document: Any, text: str) -> None:
    assert str(shaped(document, Selector)) == text


@pytest.mark.parametrize(
    ("image", "repository"),
    [
        ("registry.example.com/team/app:1.0", "registry.example.com/team/app"),
        ("registry.example.com:5000/app@sha256:" + "a" * 64, "registry.example.com:5000/app"),
        ("127.0.0.1:5000/app:1@sha256:" + "a" * 64, "127.0.0.1:5000/app"),
        ("localhost/app", "localhost/app"),
        ("team/app:1", "docker.io/team/app"),
        ("debian", "docker.io/library/debian"),
    ],
)
def test_the_registry_that_kubernetes_takes(image: str, repository: str) -> None:
    assert repository_of(image) == repository


def test_names_and_no_values() -> None:
    container = {
        "name": "agent",
        "env": [
            {"name": "PASSWORD", "value": CANARY},
            {"name": "OMP_NUM_THREADS", "value": "4"},
            {"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "agent", "key": "token"}}},
            {"name": "LEVEL", "valueFrom": {"configMapKeyRef": {"name": "agent", "key": "level"}}},
            {"name": "NODE", "valueFrom": {"fieldRef": {"fieldPath": "spec.nodeName"}}},
        ],
        "envFrom": [{"configMapRef": {"name": "agent"}}, {"prefix": "X_", "secretRef": {"name": "more"}}],
    }
    volumes = [
        {"name": "a", "configMap": {"name": "files"}},
        {"name": "b", "secret": {"secretName": "keys"}},
        {
            "name": "c",
            "projected": {"sources": [{"secret": {"name": "both"}}, {"configMap": {"name": "agent"}}]},
        },
        {"name": "d", "emptyDir": {}},
    ]
    pod = shaped({"containers": [container], "volumes": volumes}, PodSpecification)
    found = read_configuration(pod.containers[0], pod)
    assert CANARY not in repr(pod) + repr(found)
    assert {(one.name, one.version, *one.facts.values()) for one in found.components} == {
        ("PASSWORD", None, "the template"),
        ("OMP_NUM_THREADS", "4"),
        ("TOKEN", None, "secret/agent, key token"),
        ("LEVEL", None, "configmap/agent, key level"),
        ("NODE", None, "the pod"),
        ("configmap/agent", None, "variables"),
        ("configmap/agent", None, "files"),
        ("secret/more", None, "variables"),
        ("configmap/files", None, "files"),
        ("secret/keys", None, "files"),
        ("secret/both", None, "files"),
    }
