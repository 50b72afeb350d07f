"""Services that host and answer models: what their keys look like."""

from typing import Final

from samestack.config.scanning.detectors.formats.format import Format, written

_OPENAI: Final = "https://platform.openai.com/docs/api-reference/authentication"

FORMATS: Final[tuple[Format, ...]] = (
    written(
        "a Hugging Face token",
        "hf_ api_org_",
        r"\b(?:hf_|api_org_)[A-Za-z0-9]{34,40}\b",
        "https://huggingface.co/docs/hub/security-tokens",
    ),
    written("an OpenAI key", "T3BlbkFJ", r"\bsk-(?:[\w-]+-)?[\w-]{20,180}T3BlbkFJ[\w-]{20,180}", _OPENAI),
    written(
        "an OpenAI key",
        "sk-proj- sk-svcacct- sk-admin-",
        r"\bsk-(?:proj|svcacct|admin)-[\w-]{40,200}",
        _OPENAI,
    ),
    written(
        "an API key that begins as OpenAI's", "sk-", r"(?<![\w-])sk-[A-Za-z0-9]{32,64}(?![\w-])", _OPENAI
    ),
    written(
        "an Anthropic key",
        "sk-ant-",
        r"\bsk-ant-[a-z]+\d\d-[\w-]{80,120}",
        "https://docs.claude.com/en/api/overview",
    ),
    written(
        "an OpenRouter key",
        "sk-or-",
        r"\bsk-or-v1-[a-f0-9]{64}\b",
        "https://openrouter.ai/docs/api-reference/authentication",
    ),
    written("a Groq key", "gsk_", r"\bgsk_[A-Za-z0-9]{52}\b", "https://console.groq.com/docs/quickstart"),
    written("a Perplexity key", "pplx-", r"\bpplx-[A-Za-z0-9]{40,56}\b", "https://docs.perplexity.ai/"),
    written(
        "a Replicate token",
        "r8_",
        r"\br8_[A-Za-z0-9]{37}\b",
        "https://replicate.com/docs/topics/security/api-tokens",
    ),
    written(
        "a LangSmith key",
        "lsv2_",
        r"\blsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}\b",
        "https://docs.langchain.com/langsmith/create-account-api-key",
    ),
)
