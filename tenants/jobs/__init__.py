"""Background jobs: the task decorator, the worker, periodic tasks."""
