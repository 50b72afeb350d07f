"""Does a program answer the same in another environment; if not, which change did it?"""
