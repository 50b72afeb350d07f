"""Files of SOPS with age recipients, decrypted without its program."""
