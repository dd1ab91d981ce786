"""The agent: plans a turn, runs the plan, composes the reply, remembers."""
