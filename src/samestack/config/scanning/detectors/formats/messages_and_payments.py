"""Services that send messages and move money: what their keys look like."""

from typing import Final

from samestack.config.scanning.detectors.formats.format import Format, written

_STRIPE: Final = "https://docs.stripe.com/keys"
_SLACK: Final = "https://docs.slack.dev/authentication/tokens/"

FORMATS: Final[tuple[Format, ...]] = (
    written(
        "a Slack token",
        "xoxa- xoxb- xoxe xoxp- xoxr- xoxs-",
        r"\bxox[abeprs](?:\.xox[bp])?-[\w-]{20,250}",
        _SLACK,
    ),
    written("a Slack app token", "xapp-", r"\bxapp-\d-[A-Z0-9]+-\d+-[a-f0-9]{30,}\b", _SLACK),
    written(
        "a Slack webhook",
        "hooks.slack.com",
        r"https://hooks\.slack\.com/(?:services|workflows|triggers)/"
        r"(?P<secret>[A-Za-z0-9]+/[A-Za-z0-9]+/[A-Za-z0-9]{20,64})",
        "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/",
    ),
    written(
        "a Stripe key",
        "sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_",
        r"\b[sr]k_(?:live|test|prod)_[A-Za-z0-9]{16,200}\b",
        _STRIPE,
    ),
    written("a Stripe webhook secret", "whsec_", r"\bwhsec_[A-Za-z0-9+/]{32,80}", _STRIPE),
    written(
        "a SendGrid key",
        "SG.",
        r"\bSG\.[\w-]{20,24}\.[\w-]{39,50}",
        "https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys",
    ),
    written(
        "a Twilio key",
        "SK",
        r"(?<![A-Za-z0-9+/=_-])SK[a-f0-9]{32}(?![A-Za-z0-9+/=_-])",
        "https://www.twilio.com/docs/iam/api-keys",
    ),
    written(
        "a Mailchimp key",
        "-us",
        r"\b[a-f0-9]{32}-us\d{1,2}\b",
        "https://mailchimp.com/developer/marketing/guides/quick-start/",
    ),
    written(
        "a Telegram bot token",
        ":AA",
        r"(?<![\w:])\d{8,10}:AA[\w-]{33}(?![\w-])",
        "https://core.telegram.org/bots/api#authorizing-your-bot",
    ),
    written(
        "a Discord bot token",
        "M N O",
        r"(?<![\w.-])[MNO][A-Za-z0-9_-]{23,25}\.[\w-]{6}\.[\w-]{27,38}(?![\w-])",
        "https://discord.com/developers/docs/reference#authentication",
    ),
    written(
        "a Discord webhook",
        "discord",
        r"https://(?:\w+\.)?discord(?:app)?\.com/api/webhooks/\d{17,20}/(?P<secret>[\w-]{60,72})",
        "https://discord.com/developers/docs/resources/webhook",
    ),
    written(
        "a Square token",
        "sq0atp- sq0csp-",
        r"\bsq0(?:atp-[\w-]{22}|csp-[\w-]{43})(?![\w-])",
        "https://developer.squareup.com/docs/build-basics/access-tokens",
    ),
    written(
        "a Shopify token",
        "shpat_ shpca_ shppa_ shpss_",
        r"\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b",
        "https://shopify.dev/docs/apps/build/authentication-authorization",
    ),
)
