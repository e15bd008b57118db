"""How a message leaves the house: e-mail by SMTP."""
