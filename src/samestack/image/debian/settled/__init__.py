"""What the scripts of packages would have done to a fresh root, done without executing any of them.

Each rule has a name and a reason, and stands for the scripts of named packages. What no rule speaks of is
said, not passed over: :mod:`samestack.image.debian.settled.scripts`.
"""
