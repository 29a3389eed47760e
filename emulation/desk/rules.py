"""Who may bring workbooks in. Taking one out is part of reading the bloc's page."""

from emulation.accounts.rules import is_board
from emulation.core.access import add_perm

add_perm("desk.import_workbook", is_board)
add_perm("desk.place_row", is_board)
