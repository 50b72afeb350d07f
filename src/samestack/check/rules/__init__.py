"""The rules, a file each, in folders by the layer that they are about; ``catalogue.py`` lists them."""
