"""Tests of the reading layer: text in, values out."""
