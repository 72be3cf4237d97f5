"""The customer's page: a plain form behind a link, and the mail carrier's webhook."""
