"""Does a program still answer the same, in another environment?"""
