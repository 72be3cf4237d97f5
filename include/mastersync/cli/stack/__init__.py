"""The processes of one machine: started in order, watched, stopped without a trace."""
