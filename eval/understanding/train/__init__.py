"""Training of the local planner's learners."""
