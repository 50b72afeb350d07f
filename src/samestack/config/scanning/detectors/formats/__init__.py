"""The public formats of keys and tokens, as tables: what each looks like, and a page that says so."""
