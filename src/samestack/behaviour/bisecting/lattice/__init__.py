"""Which of many changes make the answer bad: a search in the lattice of the environments that can be built.

Between two consistent environments, A that answers well and B that does not, a hybrid has some changes
upgraded and the others not. It can be built when each upgraded change finds upgraded what it needs, so the
hybrids are the closed sets of a directed graph, and no solver is needed to walk among them.

The search, in the order of its files:

1. ``order``: changes that need each other become one; what a change needs and what needs it.
2. ``chain``: a random way from a good hybrid to a bad one, closed at each step, and its weighted middle.
3. ``narrowing``: halving such ways tells the change that was needed last for the answer to be bad. It is a
   culprit, or one of several; with what it needs it is tested alone, and the next one is looked for.
4. ``learning``: hybrids that crash tell nothing of the answer, but what may need what without declaring it;
   later ways avoid it.
5. ``sweep``: no part of what was found is bad. Every claim rests on hybrids that were run.
6. ``remainder``: with the culprits held back, is B good? If not, there are others.
7. ``flakes``: how often an answer must be seen before it counts.
8. ``verdict``: the culprits apart from the companions that they force, and whether that is proved.

``search`` drives them: it hands out trials and is told answers, and does neither input nor output.
"""
