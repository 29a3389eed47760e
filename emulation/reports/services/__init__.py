"""The only writers of the app; `build` is loaded by tasks alone, so that web processes never load WeasyPrint."""
