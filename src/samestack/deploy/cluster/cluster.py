"""What deploying asks of a cluster: the one interface, of the real one and of the tests'."""

import datetime as dt
from typing import Protocol

from samestack.deploy.cluster.objects import Object, ObjectKey
from samestack.errors import OutsideError, RequestError

FIELD_MANAGER = "samestack"
"""Under this name the cluster knows which fields are ours."""


class VersionConflictError(OutsideError):
    """An object is not what it was when it was read, or is there already: whoever asked reads it again."""


class ApplyRefusedError(RequestError):
    """The cluster takes an object not as it is; nothing of it was changed."""


class FieldConflictError(ApplyRefusedError):
    """Fields that another manager set to other values."""


class Cluster(Protocol):
    """Objects, read and written one by one.

    Every method raises :class:`~samestack.outside.source_error.SourceError` where the cluster does not answer
    or does not let us.
    """

    namespace: str
    """Where objects are that say no namespace."""

    def now(self) -> dt.datetime:
        """The time by the cluster's clock, as of its last answer: the machines that deploy may differ."""

    def read(self, key: ObjectKey) -> Object | None:
        """An object; ``None`` where there is none."""

    def create(self, key: ObjectKey, document: Object) -> Object:
        """Make an object; :class:`VersionConflictError` where there is one."""

    def replace(self, key: ObjectKey, document: Object) -> Object:
        """Put an object in place of the version that it names.

        :class:`VersionConflictError` where that is gone.
        """

    def apply(self, key: ObjectKey, document: Object, *, is_trial: bool = False) -> Object:
        """Make the fields that ``document`` has what they are there, and take away those we had before.

        :class:`FieldConflictError` for fields of others, :class:`ApplyRefusedError` for what is no such
        object, and :class:`VersionConflictError` where ``document`` names a resource version that is gone.
        A trial changes nothing.
        """

    def delete(self, key: ObjectKey) -> None:
        """Take an object away; it need not be there."""
