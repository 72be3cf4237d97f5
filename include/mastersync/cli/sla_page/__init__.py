"""An SLA report as one HTML page."""
