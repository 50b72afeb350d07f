"""The command line: ``python -m recommender draw | train | recommend | serve``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import List, Optional

from .errors import InputError

RATINGS, MODEL = Path("ratings.csv"), Path("model.npz")


def main(arguments: Optional[List[str]] = None) -> int:
    """Run one command. The exit status is 0, 2 where the input is wrong, 3 where a file or port refuses."""
    options = _parser().parse_args(arguments)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="recommender", description="Recommends products to factories.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    draw = commands.add_parser("draw", help="draw a table of ratings")
    draw.add_argument("--customers", type=_count, default=200, help="how many (default: %(default)s)")
    draw.add_argument("--seed", type=_count, default=4, help="which ones (default: %(default)s)")
    draw.add_argument("--output", type=Path, default=RATINGS, metavar="FILE", help="(default: %(default)s)")
    draw.set_defaults(run=_draw)

    train = commands.add_parser("train", help="train the model on a table of ratings")
    _add_ratings(train)
    train.add_argument("--output", type=Path, default=MODEL, metavar="FILE", help="(default: %(default)s)")
    train.set_defaults(run=_train)

    recommend = commands.add_parser("recommend", help="recommend products to a customer, as JSON")
    recommend.add_argument("customer")
    recommend.add_argument("--count", type=_count, default=5, help="how many (default: %(default)s)")
    _add_ratings(recommend)
    _add_model(recommend)
    recommend.set_defaults(run=_recommend)

    serve = commands.add_parser("serve", help="recommend over HTTP")
    serve.add_argument("--host", default="127.0.0.1", help="(default: %(default)s)")
    serve.add_argument("--port", type=_port, default=8002, help="0 for any (default: %(default)s)")
    _add_ratings(serve)
    _add_model(serve)
    serve.set_defaults(run=_serve)
    return parser


def _add_ratings(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--ratings", type=Path, default=RATINGS, metavar="FILE", help="(default: %(default)s)"
    )


def _add_model(command: argparse.ArgumentParser) -> None:
    command.add_argument("--model", type=Path, default=MODEL, metavar="FILE", help="(default: %(default)s)")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to 99999")
    return int(text)


def _port(text: str) -> int:
    port = _count(text)
    if port > 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port: they go to 65535")
    return port


def _draw(options: argparse.Namespace) -> None:
    from .draw import draw_ratings  # pandas loads slowly, and --help does not need it
    from .ratings import write_ratings

    ratings = draw_ratings(options.customers, options.seed)
    write_ratings(ratings, options.output)
    print(f"{len(ratings)} ratings in {options.output}", file=sys.stderr)


def _train(options: argparse.Namespace) -> None:
    from .ratings import read_ratings
    from .train import train  # scikit-learn loads slowly, and only this command needs it

    train(read_ratings(options.ratings)).save(options.output)
    print(f"model in {options.output}", file=sys.stderr)


def _recommend(options: argparse.Namespace) -> None:
    from .model import load_model
    from .ratings import read_ratings
    from .recommend import Shop

    shop = Shop(load_model(options.model), read_ratings(options.ratings))
    chosen = shop.recommend(options.customer, options.count)
    print(json.dumps([one.as_json() for one in chosen], indent=2))


def _serve(options: argparse.Namespace) -> None:
    from .model import load_model
    from .ratings import read_ratings
    from .recommend import Shop
    from .server import make_server

    shop = Shop(load_model(options.model), read_ratings(options.ratings))
    with make_server(shop, options.host, options.port) as server:
        print(f"http://{options.host}:{server.server_address[1]}/recommendations", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    sys.exit(main())
