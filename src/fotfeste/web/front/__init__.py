"""What every page shares: base templates, language, safe headers, static files, pages for errors."""
