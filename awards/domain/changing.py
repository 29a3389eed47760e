"""When the content of a nomination and the files of its dossier take changes, and from whom; pure."""

from awards.enums import NominationState as State

_BEFORE_SENDING = frozenset({State.DRAFT, State.RETURNED})
_WITH_THE_BLOC = frozenset({State.SUBMITTED, State.ENDORSED})
_WITH_THE_BOARD = frozenset({State.SENT, State.APPRAISED})


def may_edit(state: str, *, is_board: bool) -> bool:
    """Whether what is said of the achievement may be written: by the agency until it is sent, by the board longer."""
    return state in _BEFORE_SENDING | _WITH_THE_BLOC or (is_board and state in _WITH_THE_BOARD)


def may_change_award(state: str) -> bool:
    """Whether another award may be asked for: once others have spoken, theirs is another act."""
    return state in _BEFORE_SENDING


def may_attach(state: str, *, is_board: bool) -> bool:
    """Whether the dossier takes files: an urgent award's is completed after the decision, by the board (DESIGN 6).

    For the agency it ends with the appraisal, whatever that says: the answer must not tell what is not yet told.
    """
    if is_board:
        return state != State.WITHDRAWN
    return state in _BEFORE_SENDING | _WITH_THE_BLOC | {State.SENT}
