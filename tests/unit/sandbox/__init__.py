"""The sandbox behaves as Telegram does, seen over real HTTP."""
