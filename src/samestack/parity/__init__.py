"""Parity: do all environments hold the one stack, satisfy its needs, and have a valid configuration?"""
