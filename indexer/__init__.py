"""Reports in, index folder out: read → tables → passages → vectors → commit; see `build`."""

import os

# Before numpy is loaded: on products as small as ours threads cost more than they give.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
