"""The running process: settings, wiring, delivery, channels and the sandbox."""
