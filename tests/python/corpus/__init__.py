"""Malformed raw rows and files: none of them breaks a build, or is lost."""
