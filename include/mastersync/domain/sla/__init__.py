"""What a client's SLA says that its systems should hold."""
