"""Kernels: one measure a file, each a few lines of arithmetic over whole panels. `KERNELS` is the table of all."""

from sct.engine.kernels.average import average
from sct.engine.kernels.average_yearly import average_of_growths, average_yearly
from sct.engine.kernels.chained import chained
from sct.engine.kernels.contribution import contribution
from sct.engine.kernels.difference import difference
from sct.engine.kernels.growth_share import growth_share
from sct.engine.kernels.kernel import KERNELS, Kernel
from sct.engine.kernels.last import last
from sct.engine.kernels.maximum import maximum
from sct.engine.kernels.mom import mom
from sct.engine.kernels.pace import pace
from sct.engine.kernels.progress import progress
from sct.engine.kernels.roll_up import Level, areas, roll_up
from sct.engine.kernels.share import share
from sct.engine.kernels.since_december import since_december
from sct.engine.kernels.total import total
from sct.engine.kernels.yoy import yoy
from sct.engine.kernels.ytd import ytd

__all__ = [
    "KERNELS",
    "Kernel",
    "Level",
    "areas",
    "average",
    "average_of_growths",
    "average_yearly",
    "chained",
    "contribution",
    "difference",
    "growth_share",
    "last",
    "maximum",
    "mom",
    "pace",
    "progress",
    "roll_up",
    "share",
    "since_december",
    "total",
    "yoy",
    "ytd",
]
