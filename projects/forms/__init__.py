"""What a person may write about activities, projects, publications and policy inputs."""
