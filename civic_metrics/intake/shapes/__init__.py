"""Sheets of other shapes than ours: registers that fill several tables, surveys, grants."""
