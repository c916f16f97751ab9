"""A pytest plugin that keeps Django out: the kit's tests must pass where it is not installed."""

import sys
from importlib.abc import MetaPathFinder


class _NoDjango(MetaPathFinder):
    def find_spec(self, fullname, path=None, target=None):
        if fullname.split(".")[0] == "django" or fullname.startswith("sct.office"):
            raise ModuleNotFoundError(f"{fullname}: kept out of the kit's tests", name=fullname)


sys.meta_path.insert(0, _NoDjango())
