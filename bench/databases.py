"""Copies of whole databases, so that each benchmark starts from the same rows."""

import os

import psycopg2


def copy(name, template="template1"):
    """Make the database `name` anew as `template` is now; nobody else may be connected to that."""
    server = psycopg2.connect(os.environ["DATABASE_URL"], dbname="postgres")
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    server.close()
