"""Renderers: a description in, a file out."""
