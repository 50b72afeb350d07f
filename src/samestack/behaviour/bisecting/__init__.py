"""Which change made it answer differently: from two environments to the culprits, with proof.

The way of a bisection, in the order of its files:

1. ``request``, ``sides``: what is asked, and both environments as packages that trials can install.
2. ``changes``, ``graph``: what differs, which change needs which (``declared``, ``implications``), and how
   likely each is to blame (``program``, ``weights``).
3. ``programs``: what is run, and how that is read: by exit status, or by what was recorded
   (``recorded_probe``, ``by_recording``). ``laboratory`` is where all of it is tried; ``journals`` remember.
4. ``inquiry`` strings the steps together: ``baseline``, ``factors``, ``searching``, ``within`` the culprits
   (``transition``, ``settling``), ``proving``, ``pins``; ``bisection`` is the result, ``mending`` writes it.

``lattice`` searches and knows nothing of packages; ``trials`` makes environments, and knows of no search.
"""
