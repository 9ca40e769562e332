"""The web kit: middleware, doors, pages, lists and forms that every app's views stand on."""
