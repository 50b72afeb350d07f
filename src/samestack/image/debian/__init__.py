"""The lowest layers of an image, made of Debian packages: decided, locked, unpacked, never executed.

``mirror`` says where packages come from, ``index`` what there is, ``resolving`` what is taken, and ``locked``
keeps that. ``archives/`` reads packages, ``settled/`` says what their scripts would have done, ``database``
lets dpkg know of them, and ``base`` joins all that into layers.
"""
