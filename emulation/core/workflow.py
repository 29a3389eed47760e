"""Workflow tables: which step leads from which states to which state. Pure; who may is a predicate elsewhere."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One step of a table.

    `action` is also the verb of its permission; `label` the button; `done` the past-tense verb of its event.
    `needs_note` asks for a reason; `refusal` is what a person reads who comes at the wrong time. `is_inner`: taken
    within another act only, never offered as a button.
    """

    action: str
    sources: frozenset[str]
    target: str
    label: str
    done: str
    permission: str
    refusal: str
    needs_note: bool = False
    is_inner: bool = False


@dataclass(frozen=True)
class Workflow:
    """A table of steps over the states of one kind of row."""

    name: str
    initial: str
    steps: tuple[Step, ...]

    def step(self, action: str) -> Step:
        """Return the step of that name; raises KeyError when the table has none."""
        return {step.action: step for step in self.steps}[action]

    def steps_from(self, state: str) -> tuple[Step, ...]:
        """Return the steps that may be offered in that state, in the order of the table."""
        return tuple(step for step in self.steps if state in step.sources and not step.is_inner)

    def states(self) -> frozenset[str]:
        """Return every state the table speaks of."""
        return frozenset({self.initial}) | {s for step in self.steps for s in (*step.sources, step.target)}

    def unreachable(self) -> frozenset[str]:
        """Return the states no path from the initial one leads to."""
        seen, frontier = {self.initial}, {self.initial}
        while frontier:
            frontier = {step.target for step in self.steps if step.sources & frontier} - seen
            seen |= frontier
        return self.states() - seen

    def mermaid(self) -> str:
        """Return the diagram of the table, one line a step, for the app's README."""
        lines = [f"    {s} --> {step.target}: {step.label}" for step in self.steps for s in sorted(step.sources)]
        return "\n".join(["stateDiagram-v2", f"    [*] --> {self.initial}", *lines])


def sources(*states: str) -> frozenset[str]:
    """Return the states a step may start from."""
    return frozenset(states)
