"""What an image weighs, in words that the terminal and the page share."""

from samestack.image.sizes.movement import Movement, PackageChange
from samestack.image.sizes.sizes import Duplicate, Hidden, OwnerSize, Sizes, Waste
from samestack.render.images.byte_words import byte_words, counted


def summary(sizes: Sizes) -> str:
    """The image in a sentence."""
    layers, files = counted(len(sizes.layers), "layer"), counted(sizes.files, "file")
    return f"{byte_words(sizes.moved)} in {layers}; unpacked {byte_words(sizes.unpacked)} in {files}"


def share_words(size: int, total: int) -> str:
    """A part of a whole: ``47 %``."""
    if not total:
        return ""
    return f"{100 * size / total:.0f} %" if 100 * size >= total else "<1 %"


def layers_words(owner: OwnerSize) -> str:
    """The numbers of the layers that a package is in."""
    return ", ".join(map(str, owner.layers))


def waste_words(waste: Waste) -> str:
    """How much of a kind there is, and where."""
    return f"{counted(waste.files, 'file')}, the largest {waste.example}"


def duplicate_words(duplicate: Duplicate, most: int) -> str:
    """Where the copies are; at most so many are named."""
    more = len(duplicate.paths) - most
    return ", ".join(duplicate.paths[:most]) + (f" and {more} more" if more > 0 else "")


def hidden_words(hidden: Hidden) -> str:
    """Which file it is, and what hides it."""
    return f"{hidden.path}, of layer {hidden.layer}, hidden by layer {hidden.by}"


def movement_words(movement: Movement) -> str:
    """What a change moves, in a sentence."""
    about = "" if movement.is_exact else "about "
    moved = counted(len(movement.moved), "layer")
    kept = f"{byte_words(movement.kept)} stay" if movement.kept else "nothing stays"
    if not movement.moved:
        return f"To {movement.against}: nothing is moved; {kept}."
    return f"To {movement.against}: {about}{byte_words(movement.bytes)} are moved, in {moved}; {kept}."


def change_words(change: PackageChange) -> str:
    """A package before and after."""
    if change.before and change.after:
        return f"{change.name} {change.before} -> {change.after}"
    return f"{change.name} {change.before or change.after} {'goes' if change.before else 'comes'}"
