"""A Dockerfile of a lock, for those who build with an engine: one template a backend, and the values in it.

``entry.py`` is the way in. What is below is chosen in ``bases.py`` (``cuda.py`` for GPUs) and pinned in
``pinning.py``; ``requirement_files.py`` says what is installed, ``application.py`` what is copied,
``page.py`` fills the templates and ``saving.py`` writes the files.
"""
