"""Where secrets are looked for: directories, what is staged, history, and the layers of images."""

from pathlib import Path

import pytest

from samestack.config.scanning.places.files import texts_in
from samestack.config.scanning.places.git_history import history_texts
from samestack.config.scanning.places.image_layers import image_texts
from samestack.config.scanning.places.staged import staged_texts
from samestack.errors import InputError
from samestack.progress import SILENT
from tests.config.scanning.repositories import commit, git, repository, write
from tests.oci.small_images import file, small_image, tar, write_layout


def shown(root: Path) -> list[str]:
    return [str(Path(text.path).relative_to(root)) for text in texts_in(root, SILENT)]


def test_a_repository_is_what_git_keeps_or_would(tmp_path: Path) -> None:
    root = repository(tmp_path / "r")
    commit(root, {"a.py": "1", ".gitignore": ".env\n", "gone.py": "2"})
    write(root, {".env": "3", "new.py": "4", "below/b.py": "5"})
    (root / "gone.py").unlink()
    (root / "link.py").symlink_to(tmp_path / "elsewhere")
    assert shown(root) == [".gitignore", "a.py", "below/b.py", "new.py"]
    assert shown(root / "below") == ["b.py"]


def test_another_directory_is_all_but_what_tools_put_there(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "1", ".env": "2", "node_modules/a.js": "3", "env/pyvenv.cfg": "4", "b.png": "5"})
    (tmp_path / "c.bin.txt").write_bytes(b"\0\1")
    assert shown(tmp_path) == [".env", "a.py"]


def test_a_file_alone_and_none(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "1"})
    assert [text.content for text in texts_in(tmp_path / "a.py", SILENT)] == ["1"]
    with pytest.raises(InputError, match="no such file or directory"):
        list(texts_in(tmp_path / "b.py", SILENT))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    assert not shown(tmp_path)


def test_a_file_that_is_too_large_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "x" * (3 << 20), "b.txt": "y"})
    assert shown(tmp_path) == ["b.txt"]


def test_staged_is_what_a_commit_would_add(tmp_path: Path) -> None:
    root = repository(tmp_path / "r")
    write(root, {"first.py": "1"})
    git(root, "add", "--all")
    assert [(text.path, text.content) for text in staged_texts(root)] == [("first.py", "1")]
    commit(root, {"changed.py": "2", "same.py": "3"})
    write(root, {"changed.py": "4", "new file.py": "5", "gone.py": "6"})
    git(root, "add", "changed.py", "new file.py")
    write(root, {"changed.py": "7"})
    assert [(text.path, text.content) for text in staged_texts(root)] == [
        ("changed.py", "4"),
        ("new file.py", "5"),
    ]


def test_history_is_every_content_once_with_the_first_commit(tmp_path: Path) -> None:
    root = repository(tmp_path / "r")
    commit(root, {"a.py": "one", "same.py": "one"})
    first = git(root, "rev-parse", "HEAD")[:10]
    commit(root, {"a.py": "two", "b/c.ipynb": '{"cells": [{"source": "three"}]}'})
    second = git(root, "rev-parse", "HEAD")[:10]
    git(root, "checkout", "--quiet", "-b", "other")
    commit(root, {"a.py": "one", "d.py": "four"})
    told = {text.content: (text.path, text.part) for text in history_texts(root, SILENT)}
    day = git(root, "log", "-1", "--format=%cs").strip()
    assert told["one"] == ("a.py", f"commit {first} of {day}")
    assert told["two"] == ("a.py", f"commit {second} of {day}")
    assert told["three"] == ("b/c.ipynb", f"commit {second} of {day}, cell 1")
    assert "four" in told
    assert len(told) == 4


def test_an_image_is_all_of_its_layers_and_its_configuration(tmp_path: Path) -> None:
    image = small_image(
        tar(file("app/.env", "A=1"), file("app/b.so", b"\x7fELF\0"), file("app/c.txt", "lower")),
        tar(file("app/.wh..env"), file("app/c.txt", "upper")),
        env=("A=b", "C=d"),
        entrypoint=("serve", "--now"),
    )
    layout = write_layout(tmp_path / "image", image)
    texts = list(image_texts(f"oci:{layout}", SILENT))
    told = [(text.path, text.part.partition(" (")[0], text.content) for text in texts]
    assert ("app/.env", "layer 1", "A=1") in told
    assert ("app/c.txt", "layer 1", "lower") in told
    assert ("app/c.txt", "layer 2", "upper") in told
    assert ("the image", "configuration, Env", "A=b\nC=d") in told
    assert ("the image", "configuration, Entrypoint and Cmd", "serve\n--now") in told
    assert not [text for text in texts if text.path.endswith(".so")]
