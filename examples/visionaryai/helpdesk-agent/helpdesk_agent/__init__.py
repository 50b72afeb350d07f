"""Answers what customers of VisionaryAI ask, from a small knowledge base."""
