"""D&B Direct+ as a stand-in."""
