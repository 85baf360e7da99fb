"""The add-in: buttons, functions and marks."""
