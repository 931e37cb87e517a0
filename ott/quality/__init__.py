"""What runs keep for later ones: results of tests, columns seen; and alerts on it."""
