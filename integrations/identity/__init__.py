"""Who somebody is: passwords, codes of an app, passkeys and other people's accounts, each by a kept library."""
