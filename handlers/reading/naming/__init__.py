"""What has a name: departments, counties, items, and projects however they are written."""
