"""The command line: ``python -m defect_detection draw | train | detect | second-opinion | third-opinion``."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Dict, List, Optional

from .detector import inspect_folder
from .draw import draw_parts
from .errors import InputError
from .model import load_model
from .parts import VERDICTS

FOLDER = Path(__file__).resolve().parent.parent
MODEL, LOOKS = FOLDER / "model.json", FOLDER / "looks.h5"


def main(arguments: Optional[List[str]] = None) -> int:
    """Run one command. The exit status is 0, 2 where the input is wrong, 3 where nothing can be written."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"error: {error.filename}: {error.strerror}", file=sys.stderr)
        return 3
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="defect_detection", description="Finds defects on machined plates.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    draw = commands.add_parser("draw", help="draw pictures of parts, with the truth about them")
    draw.add_argument("--parts", type=_count, default=60, help="how many (default: %(default)s)")
    draw.add_argument("--seed", type=_count, default=20, help="which ones (default: %(default)s)")
    draw.add_argument("--output", type=Path, required=True, metavar="FOLDER")
    draw.set_defaults(run=_draw)

    train = commands.add_parser("train", help="train the model on drawn pictures")
    train.add_argument("--pictures", type=Path, required=True, metavar="FOLDER")
    train.add_argument("--output", type=Path, required=True, metavar="FILE")
    train.set_defaults(run=_train)

    detect = commands.add_parser("detect", help="inspect pictures and write the verdicts as JSON")
    detect.add_argument("--pictures", type=Path, required=True, metavar="FOLDER")
    detect.add_argument("--model", type=Path, default=MODEL, metavar="FILE", help="(default: model.json)")
    detect.add_argument("--output", type=Path, metavar="FILE", help="(default: standard output)")
    detect.set_defaults(run=_detect)

    second = commands.add_parser("second-opinion", help="inspect pictures by a small Keras network")
    second.add_argument("--training", type=Path, required=True, metavar="FOLDER")
    second.add_argument("--pictures", type=Path, required=True, metavar="FOLDER")
    second.add_argument("--seed", type=_count, default=7, help="(default: %(default)s)")
    second.add_argument("--output", type=Path, metavar="FILE", help="(default: standard output)")
    second.set_defaults(run=_second_opinion)

    looks = commands.add_parser("train-looks", help="train the network that looks at marks")
    looks.add_argument("--pictures", type=Path, required=True, metavar="FOLDER")
    looks.add_argument("--seed", type=_count, default=7, help="(default: %(default)s)")
    looks.add_argument("--output", type=Path, required=True, metavar="FILE")
    looks.set_defaults(run=_train_looks)

    third = commands.add_parser("third-opinion", help="inspect pictures by a network that looks at marks")
    third.add_argument("--pictures", type=Path, required=True, metavar="FOLDER")
    third.add_argument("--looks", type=Path, default=LOOKS, metavar="FILE", help="(default: looks.h5)")
    third.add_argument("--output", type=Path, metavar="FILE", help="(default: standard output)")
    third.set_defaults(run=_third_opinion)
    return parser


def _count(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0")
    return int(text)


def _draw(options: argparse.Namespace) -> None:
    draw_parts(options.output, options.parts, options.seed)
    print(f"{options.parts} pictures in {options.output}", file=sys.stderr)


def _train(options: argparse.Namespace) -> None:
    from .train import train  # scikit-learn loads slowly, and only this command needs it

    train(options.pictures).save(options.output)
    print(f"model in {options.output}", file=sys.stderr)


def _detect(options: argparse.Namespace) -> None:
    inspections = inspect_folder(options.pictures, load_model(options.model))
    _write({name: inspection.as_json() for name, inspection in inspections.items()}, options.output)


def _second_opinion(options: argparse.Namespace) -> None:
    from .second_opinion import give_second_opinion  # TensorFlow is large, and optional

    _write(give_second_opinion(options.training, options.pictures, options.seed), options.output)


def _train_looks(options: argparse.Namespace) -> None:
    from .third_opinion import save_looks, train_looks

    save_looks(train_looks(options.pictures, options.seed), options.output)
    print(f"weights in {options.output}", file=sys.stderr)


def _third_opinion(options: argparse.Namespace) -> None:
    from .third_opinion import give_third_opinion, load_looks

    _write(give_third_opinion(load_looks(options.looks), options.pictures), options.output)


def _write(inspections: Dict[str, Dict[str, Any]], output: Optional[Path]) -> None:
    """Write the inspections as JSON, and how many there are of each verdict to standard error."""
    text = json.dumps(inspections, indent=2) + "\n"
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8")
    counts = Counter(inspection["verdict"] for inspection in inspections.values())
    summary = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS)
    print(f"{len(inspections)} pictures: {summary}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
