"""Floor 5, the carriers: what brings the finished bytes to a site under MkDocs and natively."""
