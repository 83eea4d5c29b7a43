"""Ask the web process of this container whether it is well; exit 1 when it is not."""

import json
import os
import sys
import urllib.error
import urllib.request

host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
request = urllib.request.Request(
    f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/health/",
    headers={"Host": host, "X-Forwarded-Proto": "https"},
)
try:
    with urllib.request.urlopen(request, timeout=8) as answer:
        sys.exit(not json.load(answer)["database"]["ok"])
except (OSError, ValueError, KeyError) as error:
    sys.exit(f"not well: {error}")
