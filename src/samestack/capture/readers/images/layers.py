"""Environment reader for whole images: their layers laid over each other, read by the probes of any root."""

import os
from typing import Final

from samestack import __version__
from samestack.capture.cache import Cache, cache_directory
from samestack.capture.image_tree import ImageTree
from samestack.capture.memory import OBSERVATION
from samestack.capture.observation import Observation
from samestack.capture.options import Options
from samestack.capture.readers.environments.root import read_root
from samestack.capture.readers.images.main_python import main_python
from samestack.capture.readers.images.variables import variables_of
from samestack.oci.layers.merged import merged
from samestack.oci.places import Image

_CACHE: Final = "images"


def read_layers(image: Image, options: Options) -> Observation:
    """The system and every Python in an image. Images are named by their content: one is read once."""
    cache = Cache(cache_directory(os.environ, _CACHE), Observation)
    key = cache.key(__version__, str(OBSERVATION), image.descriptor.digest, f"deep={options.deep}")
    remembered = None if options.files else cache.get(key)
    if remembered is not None:
        return remembered
    observation = _read(image, options)
    if not options.files:
        cache.put(key, observation)
        cache.prune()
    return observation


def _read(image: Image, options: Options) -> Observation:
    library_path = variables_of(image.config.config).get("LD_LIBRARY_PATH", "").split(":")
    with merged(image, options.reporter) as files:
        tree = ImageTree(files)
        main = main_python(tree, image.config.config)
        return read_root(tree, options, library_path=library_path, main=main)
