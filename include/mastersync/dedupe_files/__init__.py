"""What ``mastersync dedupe`` reads and writes: CSV of any kind, and a report for a browser."""
