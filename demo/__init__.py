"""The demo catalogue of films, made from installed packages. The only place that knows what a film is."""
