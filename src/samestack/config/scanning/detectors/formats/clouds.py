"""Clouds and the services that programs run on: what their keys look like."""

from typing import Final

from samestack.config.scanning.detectors.formats.format import Format, written

_GOOGLE: Final = "https://cloud.google.com/docs/authentication/api-keys"
_ENTRA: Final = "https://learn.microsoft.com/entra/identity-platform/quickstart-register-app"

FORMATS: Final[tuple[Format, ...]] = (
    written(
        "an AWS access key id",
        "AKIA ASIA ABIA ACCA",
        r"(?<![A-Za-z0-9+/])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9+/])",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
    ),
    written(
        "an Amazon Bedrock API key",
        "ABSK",
        r"(?<![A-Za-z0-9+/])ABSK[A-Za-z0-9+/]{109,269}={0,2}",
        "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html",
    ),
    written("a Google API key", "AIza", r"\bAIza[\w-]{35}(?![\w-])", _GOOGLE),
    written(
        "a Google OAuth client secret",
        "GOCSPX-",
        r"\bGOCSPX-[\w-]{28}(?![\w-])",
        "https://developers.google.com/identity/protocols/oauth2",
    ),
    written(
        "a Google access token",
        "ya29.",
        r"\bya29\.[\w-]{30,400}",
        "https://cloud.google.com/docs/authentication/token-types",
    ),
    written(
        "a DigitalOcean token",
        "dop_v1_ doo_v1_ dor_v1_",
        r"\bdo[opr]_v1_[a-f0-9]{64}\b",
        "https://docs.digitalocean.com/reference/api/create-personal-access-token/",
    ),
    written(
        "a Vault token",
        "hvs. hvb. hvr.",
        r"\bhv[sbr]\.[\w-]{24,300}",
        "https://developer.hashicorp.com/vault/docs/concepts/tokens",
    ),
    written(
        "a Terraform Cloud token",
        "atlasv1",
        r"\b[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70}",
        "https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens",
    ),
    written(
        "a Databricks token",
        "dapi",
        r"\bdapi[a-f0-9]{32}(?:-\d)?\b",
        "https://docs.databricks.com/aws/en/dev-tools/auth/pat",
    ),
    written(
        "an Azure storage key",
        "AccountKey=",
        r"AccountKey=(?P<secret>[A-Za-z0-9+/]{86}==)",
        "https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string",
    ),
    written(
        "an Azure shared access key",
        "SharedAccessKey=",
        r"SharedAccessKey=(?P<secret>[A-Za-z0-9+/]{43}=)",
        "https://learn.microsoft.com/azure/service-bus-messaging/service-bus-sas",
    ),
    written(
        "a Microsoft Entra client secret",
        "Q~",
        r"(?<![\w.~-])[\w.~-]{3}\dQ~[\w.~-]{31,34}(?![\w.~-])",
        _ENTRA,
    ),
    written(
        "a Grafana token",
        "glsa_ glc_",
        r"\b(?:glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_[A-Za-z0-9+/]{32,400}={0,2})",
        "https://grafana.com/docs/grafana/latest/administration/service-accounts/",
    ),
    written(
        "a New Relic key",
        "NRAK-",
        r"\bNRAK-[A-Z0-9]{27}\b",
        "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/",
    ),
    written(
        "a Sentry token",
        "sntrys_ sntryu_",
        r"\bsntry(?:s_[\w+/=]{60,400}|u_[a-f0-9]{64})",
        "https://docs.sentry.io/account/auth-tokens/",
    ),
    written(
        "a Pulumi token",
        "pul-",
        r"\bpul-[a-f0-9]{40}\b",
        "https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/",
    ),
)
