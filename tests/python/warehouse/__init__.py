"""Tests that run the project's compiled SQL on data of their own."""
