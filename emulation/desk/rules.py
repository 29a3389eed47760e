"""Who may bring workbooks in (taking one out is part of reading the bloc's page), and who sees many blocs at once."""

from rules import predicate

from emulation.accounts.domain.scope import Capacity
from emulation.accounts.rules import is_board
from emulation.core.access import Actor, add_perm


@predicate
def follows(actor: Actor) -> bool:
    """Whether the actor follows blocs for the council."""
    return actor.scope.capacity == Capacity.COUNCIL


add_perm("desk.import_workbook", is_board)
add_perm("desk.place_row", is_board)
# The grid of blocs by stages: the board's of the province, a council member's of the blocs that seat follows.
add_perm("desk.view_grid", is_board | follows)
