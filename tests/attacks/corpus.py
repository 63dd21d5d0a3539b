"""All attacks, by family."""

import carrying_out
import confusing
import escaping
import exhaustion
import forging
import formulas
import imports
import loans
import persistence
import reading_secrets
import wasting_time

ATTACKS = (
    *forging.ATTACKS,
    *reading_secrets.ATTACKS,
    *carrying_out.ATTACKS,
    *persistence.ATTACKS,
    *exhaustion.ATTACKS,
    *escaping.ATTACKS,
    *confusing.ATTACKS,
    *loans.ATTACKS,
    *imports.ATTACKS,
    *formulas.ATTACKS,
    *wasting_time.ATTACKS,
)
