"""The repository itself: its layout, its requirements, its layers."""
