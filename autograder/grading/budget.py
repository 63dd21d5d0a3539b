"""What a submission may still use of CPU time and wall clock; every request to a worker draws from it.

Trusted side.
"""

import time
from dataclasses import replace

from autograder.outcomes import EXPLANATIONS, StudentFailure
from autograder.sandbox.terms import Limits

USED_UP = "the submission's time is used up"


class Budget:
    """The time of one submission.

    The wall clock runs from the first request to the report: through lost workers, cells that run again,
    loans, checks and a second attempt. CPU time begins anew with each attempt, so that an attempt that a
    fault of ours ended takes none from the student; the wall clock bounds their sum.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._started = time.monotonic()
        self._cpu_of_ended = 0.0

    def begin_attempt(self) -> None:
        """Grade from the beginning: no worker has used CPU time yet."""
        self._cpu_of_ended = 0.0

    def account_for(self, cpu: float) -> None:
        """Charge the seconds of CPU of a worker that has ended."""
        self._cpu_of_ended += cpu

    @property
    def wall_left(self) -> float:
        """Seconds of wall clock that are left; negative if there are none."""
        return self.limits.submission_wall - (time.monotonic() - self._started)

    @property
    def used_up(self) -> bool:
        """Whether no further request may be made."""
        return self.wall_left <= 0 or self._cpu_of_ended > self.limits.submission_cpu

    def require(self) -> None:
        """Raise StudentFailure if the time is used up."""
        if self.used_up:
            raise StudentFailure("timeout", EXPLANATIONS["timeout"], USED_UP)

    def wall(self, most: float) -> float:
        """Seconds of wall clock for one request: `most`, or what is left."""
        return min(most, self.wall_left)

    def of_worker(self) -> Limits:
        """The limits of a fresh worker: the kernel ends it when the attempt's CPU time is used up."""
        left = self.limits.submission_cpu - self._cpu_of_ended
        return replace(self.limits, submission_cpu=max(left, 0.0))
