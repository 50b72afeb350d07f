"""Why a cluster does not say what it is asked for."""

from samestack.outside.source_error import Reason, SourceError, unexpected


def refusal(status: int, word: str, namespace: str, name: str, shown: str) -> SourceError:
    """The error of an answer with this status, for an object of the kind that ``word`` names (``Secret``)."""
    where = f"{namespace}/{name}"
    if status == 401:
        hint = "log in again, or see the user of the kubeconfig's context"
        return SourceError(shown, Reason.DENIED, "the cluster does not know who asks", hint=hint)
    if status == 403:
        hint = f"see: kubectl auth can-i get {word.lower()}/{name} -n {namespace}"
        return SourceError(shown, Reason.DENIED, f"{where} may not be read", hint=hint)
    if status == 404:
        return SourceError(shown, Reason.MISSING, f"there is no {word} {where}")
    if 300 <= status < 400:
        message = "its server sends elsewhere, where no token is sent"
        return SourceError(shown, Reason.UNREACHABLE, message)
    return unexpected(status, shown)
