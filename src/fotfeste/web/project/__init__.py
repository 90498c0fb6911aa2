"""How the apps are put together: settings, addresses, the entry of the application server."""
