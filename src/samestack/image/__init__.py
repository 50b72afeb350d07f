"""The stack of a lock in a container: a Dockerfile, or the image itself, built without any engine.

An image is a pure function of its lock, its settings and its files: whoever builds it, anywhere, gets the
same digests. ``wheels/`` reads and places what is installed, ``layers/`` writes it, ``base/`` and ``debian/``
bring what lies below, ``building/`` plans and joins the layers, ``verifying/`` holds an image against its
lock, ``sizes/`` explains what is in it, ``attesting/`` says where it came from, ``dockerfile/`` writes it for
an engine and ``running/`` runs it on one.
"""
