"""Values to posts: marked text, buttons and files, of no platform and in the group's language."""
