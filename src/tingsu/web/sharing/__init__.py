"""Work that is shared: taking over and the ladder, tasks, responsibility, needs, limits."""
