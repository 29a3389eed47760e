"""The roof's top: home, bloc pages, search, guide, the bloc workbook, demo data."""
