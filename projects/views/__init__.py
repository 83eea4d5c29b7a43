"""The pages of projects, the activity log, publications and policy inputs."""
