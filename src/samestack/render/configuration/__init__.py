"""Configuration, for people and for programs; what is given to it is masked already."""
