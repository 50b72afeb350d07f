"""Recommends products to VisionaryAI's customers from the stars that customers gave."""
