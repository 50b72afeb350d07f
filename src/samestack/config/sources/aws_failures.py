"""What can go wrong with AWS, in words that hold nothing of what it answered."""

import contextlib
from collections.abc import Iterator
from typing import Any, Final

from samestack.errors import InputError
from samestack.libraries import library
from samestack.outside.source_error import Reason, SourceError
from samestack.outside.time_limit import late

_DENIED: Final = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "DecryptionFailure",
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignature",
        "InvalidClientTokenId",
        "InvalidKeyId",
        "InvalidSignatureException",
        "MissingAuthenticationToken",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    }
)
_MISSING: Final = frozenset({"ResourceNotFoundException", "ParameterNotFound"})
_OVERLOADED: Final = frozenset({"Throttling", "ThrottlingException", "TooManyRequestsException"})
_GONE: Final = "InvalidRequestException"
"""What Secrets Manager says of a secret that is to be deleted."""


@contextlib.contextmanager
def aws_failures(seconds: float, source: str) -> Iterator[None]:
    """Turn errors of botocore into :class:`SourceError`, and malformed answers into :class:`InputError`."""
    errors = library("botocore.exceptions", f"reading {source}", extra="aws")
    parsers = library("botocore.parsers", f"reading {source}", extra="aws")
    transport = library("urllib3.exceptions", f"reading {source}", extra="aws")
    try:
        yield
    except errors.ClientError as error:
        raise _refusal(error.response, source) from None
    except (errors.ConnectTimeoutError, errors.ReadTimeoutError, transport.TimeoutError):
        raise late(source, seconds) from None
    except (parsers.ResponseParserError, errors.PaginationError):
        raise InputError(source, "an answer that is none of AWS") from None
    except errors.ParamValidationError:
        raise InputError(source, "no such name can be", hint="see the name in the settings") from None
    except (errors.BotoCoreError, transport.HTTPError) as error:
        raise _failure(error, errors, source) from None
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        # botocore looks into answers before it knows what they are.
        raise InputError(source, "an answer that is none of AWS") from None


def _failure(error: Exception, errors: Any, source: str) -> SourceError:  # noqa: ANN401 - the library comes late
    match error:
        case errors.NoRegionError():
            message, hint = "no AWS region is set", "set AWS_DEFAULT_REGION, or the option region"
        case errors.NoCredentialsError() | errors.PartialCredentialsError() | errors.ProfileNotFound():
            hint = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"
            return SourceError(source, Reason.DENIED, "no AWS credentials were found", hint=hint)
        case errors.EndpointConnectionError():
            message, hint = "nobody answers", "see the region, or AWS_ENDPOINT_URL"
        case errors.SSLError():
            message, hint = "its certificate cannot be trusted", "see AWS_CA_BUNDLE"
        case _:
            message, hint = f"the AWS library failed with {type(error).__name__}", "see its settings"
    return SourceError(source, Reason.UNREACHABLE, message, hint=hint)


def _refusal(response: dict[str, Any], source: str) -> SourceError:
    """By the code, which is shown only when it is a known one: the rest is a server's own words."""
    code = str(response.get("Error", {}).get("Code", ""))
    if code in _DENIED:
        hint = "see the credentials, and the policy of their user or role"
        return SourceError(source, Reason.DENIED, f"AWS answers {code}", hint=hint)
    if code in _MISSING:
        return SourceError(
            source, Reason.MISSING, "there is no such secret", hint="see its name and the region"
        )
    if code == _GONE:
        return SourceError(source, Reason.MISSING, "it was deleted, or will be")
    if code in _OVERLOADED:
        return SourceError(source, Reason.UNREACHABLE, "it is overloaded")
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return SourceError(source, Reason.UNREACHABLE, f"it answers with status {status}")
