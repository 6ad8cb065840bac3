"""How a social card is drawn: its palette and faces, what they can print, how lines are set, and the sheet itself."""
