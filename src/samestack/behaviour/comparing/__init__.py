"""Are two answers the same, as far as their kind allows them to differ?"""
