"""The nine properties of a model that rewrites a window of dates, on both engines."""

import pytest

# so that a failing claim shows its values
pytest.register_assert_rewrite("windows.claims", "windows.properties")
