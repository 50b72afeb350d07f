"""The command line: ``python -m helpdesk_agent train | ask | serve``."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import InputError
from .settings import settings_of

if TYPE_CHECKING:
    from .agent import Agent
    from .settings import Settings

FOLDER = Path(__file__).resolve().parent.parent
KNOWLEDGE, NETWORK = FOLDER / "knowledge.json", FOLDER / "intents.keras"


def main(arguments: list[str] | None = None) -> int:
    """Run one command. The exit status is 0, 2 where the input is wrong, 3 where a file or port refuses."""
    try:
        settings = settings_of()
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    options = _parser(settings).parse_args(arguments)
    options.settings = settings
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # what TensorFlow found on this machine helps nobody
    try:
        options.run(options)
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"error: {error.filename or 'the server'}: {error.strerror}", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130
    return 0


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="helpdesk_agent", description="Answers what customers ask.")
    parser.add_argument(
        "--knowledge", type=Path, default=KNOWLEDGE, metavar="FILE", help="(default: its own)"
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    train = commands.add_parser("train", help="train the network on drawn questions")
    train.add_argument("--each", type=_count, default=40, help="questions a pattern (default: %(default)s)")
    train.add_argument("--seed", type=_count, default=3, help="which ones (default: %(default)s)")
    train.add_argument("--output", type=Path, default=NETWORK, metavar="FILE", help="(default: its own)")
    train.set_defaults(run=_train)

    ask = commands.add_parser("ask", help="answer one question, as JSON")
    ask.add_argument("question")
    _add_network(ask)
    ask.set_defaults(run=_ask)

    serve = commands.add_parser("serve", help="answer over HTTP")
    serve.add_argument("--host", default=settings.host, help="HELPDESK_HOST (now: %(default)s)")
    serve.add_argument(
        "--port", type=_port, default=settings.port, help="HELPDESK_PORT; 0 for any (now: %(default)s)"
    )
    _add_network(serve)
    serve.set_defaults(run=_serve)
    return parser


def _add_network(command: argparse.ArgumentParser) -> None:
    command.add_argument("--network", type=Path, default=NETWORK, metavar="FILE", help="(default: its own)")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to 99999")
    return int(text)


def _port(text: str) -> int:
    port = _count(text)
    if port > 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port: they go to 65535")
    return port


def _train(options: argparse.Namespace) -> None:
    from .knowledge import read_knowledge
    from .questions import draw_questions

    articles = read_knowledge(options.knowledge)
    questions = draw_questions(articles, options.each, options.seed)
    if not questions:
        raise InputError(f"{options.knowledge}: no question to learn from")
    from .intents import train  # TensorFlow loads slowly

    intents = train(questions, options.seed)
    intents.save(options.output)
    unseen = draw_questions(articles, 5, options.seed + 1)
    print(f"network in {options.output}: {intents.share_right(unseen):.0%} of new questions", file=sys.stderr)


def _ask(options: argparse.Namespace) -> None:
    print(json.dumps(_agent(options).answer(options.question).as_json(), indent=2))


def _serve(options: argparse.Namespace) -> None:
    from .history import open_history
    from .server import make_server

    settings: Settings = options.settings
    with closing(open_history(settings.database_url, settings.database_password)) as history:
        server = make_server(
            _published_agent(options) if settings.network_url else _agent(options),
            (options.host, options.port),
            history=history,
            workers=settings.max_workers,
            is_telling=settings.log_level == "DEBUG",
        )
        with server:
            print(f"http://{options.host}:{server.server_address[1]}/ask", flush=True)
            server.serve_forever()


def _published_agent(options: argparse.Namespace) -> Agent:
    """The agent with the network that is published, not with the one beside the code."""
    from .hub import fetch_network

    settings: Settings = options.settings
    with tempfile.TemporaryDirectory(prefix="helpdesk-agent-") as directory:
        options.network = fetch_network(settings.network_url, settings.huggingface_api_key, Path(directory))
        return _agent(options)


def _agent(options: argparse.Namespace) -> Agent:
    from .agent import Agent  # scikit-learn and TensorFlow load slowly, and --help does not need them
    from .intents import load_intents
    from .knowledge import read_knowledge
    from .retrieval import Retrieval

    return Agent(load_intents(options.network), Retrieval(read_knowledge(options.knowledge)))


if __name__ == "__main__":
    sys.exit(main())
