"""Deciding a lock by the backend of its project, and writing what was decided."""

from msgspec import structs

from samestack.files import write_file
from samestack.lock.decision import Decision, LockOptions
from samestack.lock.table_text import table_of, with_table
from samestack.progress import Reporter
from samestack.project.manifest import Backend, Project


def decide(project: Project, options: LockOptions, reporter: Reporter) -> Decision:
    """The lock of a project; nothing is written.

    :class:`~samestack.lock.unmet.UnmetError` where its requirements cannot be met together,
    :class:`~samestack.errors.RequestError` for what the backend cannot do, and
    :class:`~samestack.errors.OutsideError` where a solver or an index fails.
    """
    return _with_what_images_have(_decided(project, options, reporter))


def _decided(project: Project, options: LockOptions, reporter: Reporter) -> Decision:
    # Each solver is loaded for those alone who use it.
    if project.backend is Backend.CONDA:
        from samestack.lock.conda.decide import decide as decide_by_conda

        return decide_by_conda(project, options, reporter)
    if project.backend is Backend.POETRY:
        from samestack.lock.poetry.decide import decide as decide_by_poetry

        return decide_by_poetry(project, options, reporter)
    from samestack.lock.uv.decide import decide as decide_by_uv

    return decide_by_uv(project, options, reporter)


def _with_what_images_have(decision: Decision) -> Decision:
    """What lies below in images is decided for itself, and stays when the packages are decided anew."""
    kept = table_of(decision.path).image if decision.path.is_file() else {}
    return with_table(decision, structs.replace(decision.table, image=kept)) if kept else decision


def write(decision: Decision) -> None:
    """Put the lock where it belongs: whatever happens, there is the old lock or the new one."""
    write_file(decision.data, decision.path)
