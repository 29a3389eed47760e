"""Lists with an Excel file, by the name the pages of the roof import."""

from emulation.core.lists import ExportPage

__all__ = ["ExportPage"]
