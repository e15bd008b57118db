"""How a message leaves the house: e-mail by SMTP, text messages by GOV.UK Notify."""
